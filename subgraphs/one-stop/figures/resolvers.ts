import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { DossierConnection } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { ScopeInput } from "../supervision/input.ts";
import { scopeOf } from "../supervision/scope.ts";
import { dossiersBehind } from "./dossiers-behind.ts";
import type { RateFigure } from "./rate-figure.ts";
import type { RateCode } from "./rate-rules.ts";
import { periodOf, ratesOfPeriod } from "./rates.ts";
import { Rate, RateCodeEnum } from "./types.ts";

const SCOPE = "Within the caller's own office or province (phạm vi).";

/** Rate for clients, with the figure behind it for its list. */
type ShownRate = Rate & { figure: RateFigure };

@Resolver()
export class RatesResolver {
  @RequiresScopes("figures:read")
  @Directive("@cost(weight: 10)") // sums the counts of every day of the period
  @Directive("@listSize(assumedSize: 7)")
  @Query(() => [Rate], {
    nullable: true,
    description:
      "Rates of the service's quality in a period, each with numerator, denominator, definition and the dossiers behind it (các chỉ số chất lượng).",
  })
  async rates(
    @Arg("scope", () => ScopeInput, { description: SCOPE }) scope: ScopeInput,
    @Arg("from", () => DateScalar, { description: "First day (từ ngày)." }) from: string,
    @Arg("to", () => DateScalar, { description: "Last day, at most 400 days later (đến ngày)." }) to: string,
    @Arg("codes", () => [RateCodeEnum], {
      nullable: true,
      description: "These rates alone; all by default (mã chỉ số).",
    })
    codes: RateCode[] | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<Rate[]> {
    const period = periodOf(scopeOf(ctx, scope), from as LegalDay, to as LegalDay); // the scalar has parsed them
    const rates = await ratesOfPeriod(ctx, period);
    return rates.filter(({ rule }) => !codes || codes.includes(rule.code)).map(shownRate);
  }
}

export function shownRate(figure: RateFigure): ShownRate {
  const { rule, numerator, denominator, points, isCurrent, of } = figure;
  const { code, name, nameEn, definition, definitionEn } = rule;
  const { place, agency, procedure } = of.scope;
  return {
    id: [code, ...Object.values(place), agency, procedure, of.from, of.end].join("/"),
    ...{ code, name, nameEn, definition, definitionEn, numerator, denominator, points, isCurrent, figure },
    percent: denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 100,
  };
}

@Resolver(() => Rate)
export class RateResolver {
  @Directive(PAGED)
  @FieldResolver(() => DossierConnection, {
    description:
      "The dossiers behind the rate, the newest first; `totalCount` is the denominator without `met` (các hồ sơ được tính).",
  })
  async dossiers(
    @Root() { figure }: ShownRate,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Arg("met", () => Boolean, {
      nullable: true,
      description: "True: those of the numerator alone; false: those that do not meet the rate (đạt hay không đạt).",
    })
    met: boolean | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierConnection> {
    const page = await dossiersBehind(ctx, figure, { first, after: after ?? null, met: met ?? null });
    for (const { applicantPersonalId, code } of page.nodes) ctx.access.read(applicantPersonalId ?? code);
    return page;
  }
}
