import { Field, ObjectType } from "type-graphql";
import { actFields, actResultFields } from "../../_shared/registers/act-types.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { LandActKindEnum } from "./act-kinds.ts";

@ObjectType({ description: "An act of an officer in the land register (biến động đất đai)." })
export class LandAct extends actFields(LandActKindEnum, { id: "mã biến động", kind: "loại biến động" }) {}

@ObjectType({ description: "Result of an act in the land register (kết quả đăng ký)." })
export class LandActResult extends actResultFields(LandAct, "biến động") {}

@ObjectType({ description: "A page of acts, the newest first (danh sách biến động)." })
export class LandActConnection {
  @Field(() => [LandAct], { description: "The acts (các biến động)." })
  nodes!: LandAct[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
