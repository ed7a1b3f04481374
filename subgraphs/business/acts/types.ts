import { Field, ObjectType } from "type-graphql";
import { actFields, actResultFields } from "../../_shared/registers/act-types.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { BusinessActKindEnum } from "./act-kinds.ts";

@ObjectType({ description: "An act of an officer in the business register (lần đăng ký, thay đổi)." })
export class BusinessAct extends actFields(BusinessActKindEnum, { id: "mã", kind: "loại" }) {}

@ObjectType({ description: "Result of an act in the business register (kết quả đăng ký)." })
export class BusinessActResult extends actResultFields(BusinessAct, "kết quả") {}

@ObjectType({ description: "A page of acts, the newest first (lịch sử đăng ký)." })
export class BusinessActConnection {
  @Field(() => [BusinessAct], { description: "The acts (các lần đăng ký)." })
  nodes!: BusinessAct[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
