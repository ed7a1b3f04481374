import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { actsOfHousehold } from "../acts/history.ts";
import { ResidenceActConnection } from "../acts/types.ts";
import type { ResidenceContext } from "../loaders.ts";
import { Household } from "../types.ts";
import { householdByCode, householdsOfCommune } from "./search.ts";
import { householdOnDay } from "./state-on-day.ts";
import { HouseholdConnection, HouseholdOnDay } from "./types.ts";

@Resolver(() => Household)
export class HouseholdSearchResolver {
  @RequiresScopes("residence:search")
  @Query(() => Household, { nullable: true, description: "A household by its code, in force or ended (tra cứu hộ)." })
  household(
    @Arg("code", () => ID, { description: "Code of the household (mã hộ)." }) code: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<Household> {
    return householdByCode(ctx, code);
  }

  @RequiresScopes("residence:search")
  @Directive(PAGED)
  @Query(() => HouseholdConnection, {
    nullable: true,
    description: "Households in force of a commune, by code (tra cứu hộ).",
  })
  households(
    @Arg("commune", () => ID, { description: "Code of the commune (mã đơn vị hành chính cấp xã)." }) commune: string,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: ResidenceContext,
  ): Promise<HouseholdConnection> {
    return householdsOfCommune(ctx, commune, first, after ?? null);
  }

  @RequiresScopes("residence:search")
  @FieldResolver(() => HouseholdOnDay, {
    nullable: true,
    description: "What the register says of it as of a day; null before its entry (thông tin tại một ngày).",
  })
  asOf(
    @Root() { id }: Household,
    @Arg("on", () => DateScalar, { description: "The day (ngày)." }) on: LegalDay,
    @Ctx() ctx: ResidenceContext,
  ): Promise<HouseholdOnDay | null> {
    return householdOnDay(ctx, id, on);
  }

  @RequiresScopes("residence:search")
  @Directive(PAGED)
  @FieldResolver(() => ResidenceActConnection, {
    nullable: true,
    description: "Who changed what, when and on what ground, the newest first (lịch sử biến động).",
  })
  acts(
    @Root() { id }: Household,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidenceActConnection> {
    return actsOfHousehold(ctx, id, first, after ?? null);
  }
}
