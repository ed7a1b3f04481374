import { Field, ObjectType } from "type-graphql";
import { actFields, actResultFields } from "../../_shared/registers/act-types.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { ResidenceActKindEnum } from "./act-kinds.ts";

@ObjectType({ description: "An act of an officer in the register of residence (biến động cư trú)." })
export class ResidenceAct extends actFields(ResidenceActKindEnum, {
  id: "mã biến động",
  kind: "loại biến động",
}) {}

@ObjectType({ description: "Result of an act in the register of residence (kết quả đăng ký)." })
export class ResidenceActResult extends actResultFields(ResidenceAct, "biến động") {}

@ObjectType({ description: "A page of acts, the newest first (danh sách biến động)." })
export class ResidenceActConnection {
  @Field(() => [ResidenceAct], { description: "The acts (các biến động)." })
  nodes!: ResidenceAct[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
