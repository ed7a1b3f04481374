import { Field, InputType } from "type-graphql";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import { PartialDateScalar } from "../../_shared/serving/scalars.ts";

@InputType({
  description: "The person of whom a hospital asks: number, name and date of birth agree (người được tra cứu).",
})
export class CoveredPersonInput {
  @Field(() => String, {
    description: "Personal number, insurance number or card number (số định danh, mã số bảo hiểm, mã thẻ).",
  })
  number!: string;
  @Field(() => String, { description: "Full name as on the card (họ và tên)." })
  fullName!: string;
  @Field(() => PartialDateScalar, { description: "Date of birth as on the card (ngày sinh)." })
  dateOfBirth!: PartialDate;
}
