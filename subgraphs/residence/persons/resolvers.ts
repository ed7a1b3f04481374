import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { actsOfPerson } from "../acts/history.ts";
import { ResidenceActConnection } from "../acts/types.ts";
import type { ResidenceContext } from "../loaders.ts";
import { residenceHistory, residenceOnDay } from "../residencies/history.ts";
import { ResidencePeriod, ResidencePeriodConnection } from "../residencies/types.ts";
import { Citizen } from "../types.ts";
import { CitizenFilter } from "./input.ts";
import { searchCitizens } from "./search.ts";
import { CitizenConnection } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenSearchResolver {
  @RequiresScopes("residence:search")
  @Directive(PAGED)
  @Query(() => CitizenConnection, {
    nullable: true,
    description: "Citizens of the population register who match a filter, the oldest first (tra cứu công dân).",
  })
  citizens(
    @Arg("filter", () => CitizenFilter, { description: "Conditions (điều kiện)." }) filter: CitizenFilter,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: ResidenceContext,
  ): Promise<CitizenConnection> {
    return searchCitizens(ctx, filter, first, after ?? null);
  }

  @RequiresScopes("residence:search")
  @Directive(PAGED)
  @FieldResolver(() => ResidencePeriodConnection, {
    nullable: true,
    description: "Permanent residences, former ones included, the newest first (quá trình thường trú).",
  })
  residenceHistory(
    @Root() citizen: Citizen,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidencePeriodConnection> {
    return residenceHistory(ctx, citizen, first, after ?? null);
  }

  @RequiresScopes("residence:search")
  @FieldResolver(() => ResidencePeriod, {
    nullable: true,
    description: "Permanent residence at the end of a day; null if there was none (nơi thường trú tại một ngày).",
  })
  residenceAsOf(
    @Root() citizen: Citizen,
    @Arg("on", () => DateScalar, { description: "The day (ngày)." }) on: LegalDay,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidencePeriod | null> {
    return residenceOnDay(ctx, citizen, on);
  }

  @RequiresScopes("residence:search")
  @Directive(PAGED)
  @FieldResolver(() => ResidenceActConnection, {
    nullable: true,
    description: "Acts of officers that concern the citizen, the newest first (lịch sử biến động cư trú).",
  })
  residenceActs(
    @Root() citizen: Citizen,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidenceActConnection> {
    return actsOfPerson(ctx, citizen, first, after ?? null);
  }
}
