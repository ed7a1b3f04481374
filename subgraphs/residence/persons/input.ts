import { Field, ID, InputType } from "type-graphql";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import { PartialDateScalar } from "../../_shared/serving/scalars.ts";

@InputType({ description: "Filter of the population register; all conditions hold together (bộ lọc công dân)." })
export class CitizenFilter {
  @Field(() => String, {
    nullable: true,
    description: "Personal number, or words of the name with or without diacritics (từ khóa).",
  })
  search?: string | null;
  @Field(() => PartialDateScalar, { nullable: true, description: "Born on this day or later (sinh từ ngày)." })
  bornFrom?: PartialDate | null;
  @Field(() => PartialDateScalar, { nullable: true, description: "Born on this day or earlier (sinh đến ngày)." })
  bornTo?: PartialDate | null;
  @Field(() => ID, { nullable: true, description: "Code of the commune of the permanent residence (nơi thường trú)." })
  commune?: string | null;
}
