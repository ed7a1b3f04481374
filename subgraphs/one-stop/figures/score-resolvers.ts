import { Arg, Ctx, Directive, Query, Resolver } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import type { OneStopContext } from "../loaders.ts";
import { ScopeInput } from "../supervision/input.ts";
import { scopeOf } from "../supervision/scope.ts";
import { periodOf, ratesOfPeriod } from "./rates.ts";
import { shownRate } from "./resolvers.ts";
import { scoreOf } from "./score.ts";
import { Score } from "./score-types.ts";

@Resolver()
export class ScoreResolver {
  @RequiresScopes("figures:read")
  @Directive("@cost(weight: 20)") // the rates, and ten criteria
  @Query(() => Score, {
    nullable: true,
    description:
      "Score of a period by Decision 766/QĐ-TTg, each point with its rate and formula; what has no data has no points (chấm điểm chất lượng phục vụ).",
  })
  async score(
    @Arg("scope", () => ScopeInput, { description: "Within the caller's own office or province (phạm vi)." })
    scope: ScopeInput,
    @Arg("from", () => DateScalar, { description: "First day (từ ngày)." }) from: string,
    @Arg("to", () => DateScalar, { description: "Last day, at most 400 days later (đến ngày)." }) to: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<Score> {
    const period = periodOf(scopeOf(ctx, scope), from as LegalDay, to as LegalDay); // the scalar has parsed them
    const { groups, ...score } = scoreOf(
      await ratesOfPeriod(ctx, period),
      ctx.loaders.desk().configuration.scoreCriteria,
    );
    const { place, agency, procedure } = period.scope;
    const id = [...Object.values(place), agency, procedure, from, to].join("/");
    return {
      ...{ ...score, id },
      groups: groups.map(({ criteria, ...group }) => ({
        ...{ ...group, id: `${id}/${group.code}` },
        criteria: criteria.map(({ figure, ...each }) => ({
          ...{ ...each, id: `${id}/${each.code}` },
          rate: figure && shownRate(figure),
        })),
      })),
    };
  }
}
