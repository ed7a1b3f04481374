import { Field, ObjectType } from "type-graphql";
import { actFields, actResultFields } from "../../_shared/registers/act-types.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { CivilStatusActKindEnum } from "./act-kinds.ts";

@ObjectType({ description: "An act of a registrar in the civil status register (việc hộ tịch)." })
export class CivilStatusAct extends actFields(CivilStatusActKindEnum, {
  id: "mã việc hộ tịch",
  kind: "loại",
}) {}

@ObjectType({ description: "Result of an act in the civil status register (kết quả)." })
export class CivilStatusActResult extends actResultFields(CivilStatusAct, "việc") {}

@ObjectType({ description: "A page of acts, the newest first (danh sách việc hộ tịch)." })
export class CivilStatusActConnection {
  @Field(() => [CivilStatusAct], { description: "The acts (các việc hộ tịch)." })
  nodes!: CivilStatusAct[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
