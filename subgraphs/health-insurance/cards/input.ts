import { Field, ID, InputType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";

@InputType({ description: "Filter of the register of cards; all conditions hold together (bộ lọc thẻ bảo hiểm y tế)." })
export class HealthInsuranceCardFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "Card number, insurance number or personal number, or words of the name with or without diacritics (từ khóa).",
  })
  search?: string | null;
  @Field(() => String, { nullable: true, description: "Code of the group of the insured (mã đối tượng)." })
  objectCode?: string | null;
  @Field(() => ID, { nullable: true, description: "Code of the facility of first care (nơi đăng ký KCB ban đầu)." })
  facility?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "Ends on this day or later (hết hạn từ ngày)." })
  endsFrom?: LegalDay | null;
  @Field(() => DateScalar, { nullable: true, description: "Ends on this day or earlier (hết hạn đến ngày)." })
  endsTo?: LegalDay | null;
}
