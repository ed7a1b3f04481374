import { Field, ID, ObjectType } from "type-graphql";
import { Address } from "../../_shared/registers/address-type.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";

import type { temporaryResidences, temporaryResidenceVersions } from "./tables.ts";

type TermRow = typeof temporaryResidenceVersions.$inferSelect;

@ObjectType({
  description: "A temporary residence in force (đăng ký tạm trú), Law on Residence 68/2020, art. 27 and 28.",
})
export class TemporaryResidence {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  id!: (typeof temporaryResidences.$inferSelect)["id"];
  @Field(() => Address, { nullable: true, description: "Address (nơi tạm trú)." })
  address!: Address;
  @Field(() => DateScalar, { description: "First day of the present term (tạm trú từ ngày)." })
  startsOn!: TermRow["startsOn"];
  @Field(() => DateScalar, { description: "Last day of the present term (tạm trú đến ngày)." })
  endsOn!: TermRow["endsOn"];
  @Field(() => DateScalar, {
    description: "First day on which it may be renewed, 15 days before the last one (gia hạn từ ngày), art. 28 (3).",
  })
  renewableFrom!: TermRow["endsOn"];
}
