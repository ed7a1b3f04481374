import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { coverageOn } from "./coverage.ts";
import { CoveredPersonInput } from "./input.ts";
import { HealthInsuranceCoverage } from "./types.ts";

@Resolver()
export class HealthInsuranceCoverageResolver {
  @RequiresScopes("health-insurance:coverage")
  @Query(() => HealthInsuranceCoverage, {
    nullable: true,
    description: "Coverage of a person on a day, for a hospital's question (tra cứu giá trị sử dụng thẻ tại một ngày).",
  })
  healthInsuranceCoverage(
    @Arg("person", () => CoveredPersonInput, { description: "The person (người được tra cứu)." })
    person: CoveredPersonInput,
    @Arg("on", () => DateScalar, { description: "The day (ngày)." }) on: LegalDay,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HealthInsuranceCoverage> {
    return coverageOn(ctx, person, on);
  }
}
