import { Field, ID, Int, ObjectType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { CareFacility } from "../types.ts";

@ObjectType({ description: "Coverage of a person on a day, for a hospital (tình trạng bảo hiểm y tế tại một ngày)." })
export class HealthInsuranceCoverage {
  @Field(() => ID, { description: "Card and day of the question (mã tra cứu)." })
  id!: string;
  @Field(() => DateScalar, { description: "The day (ngày)." })
  on!: LegalDay;
  @Field(() => Boolean, { description: "True if a card is valid on the day (thẻ có giá trị sử dụng)." })
  isCovered!: boolean;
  @Field(() => String, { nullable: true, description: "Number of the card that is valid (mã thẻ)." })
  number!: string | null;
  @Field(() => String, { nullable: true, description: "Group of the insured (mã đối tượng)." })
  objectCode!: string | null;
  @Field(() => Int, { nullable: true, description: "Benefit level (mức hưởng), art. 22." })
  benefit!: number | null;
  @Field(() => Int, { nullable: true, description: "Share of the cost that the fund pays, in percent (tỷ lệ hưởng)." })
  percent!: number | null;
  @Field(() => DateScalar, { nullable: true, description: "First day of the term (giá trị từ)." })
  validFrom!: LegalDay | null;
  @Field(() => DateScalar, { nullable: true, description: "Last day; null if it has no set end (giá trị đến)." })
  validTo!: LegalDay | null;
  @Field(() => CareFacility, { nullable: true, description: "Facility of first care (nơi đăng ký KCB ban đầu)." })
  facility!: CareFacility | null;
}
