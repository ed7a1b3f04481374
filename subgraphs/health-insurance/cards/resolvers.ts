import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { Citizen, HealthInsuranceCard } from "../types.ts";
import { cardHistory, cardOnDay } from "./history.ts";
import { HealthInsuranceCardFilter } from "./input.ts";
import type { HeldCard } from "./loaders.ts";
import { searchCards } from "./search.ts";
import {
  HealthInsuranceCardConnection,
  HealthInsuranceCardVersion,
  HealthInsuranceCardVersionConnection,
} from "./types.ts";

/** The card is checked, and the reading recorded, where it is loaded. */
@Resolver(() => HealthInsuranceCard)
export class HealthInsuranceCardResolver {
  @RequiresScopes("health-insurance:search")
  @Directive(PAGED)
  @Query(() => HealthInsuranceCardConnection, {
    nullable: true,
    description: "Cards that match a filter, those that end first at the beginning (tra cứu thẻ bảo hiểm y tế).",
  })
  healthInsuranceCards(
    @Arg("filter", () => HealthInsuranceCardFilter, { description: "Conditions (điều kiện)." })
    filter: HealthInsuranceCardFilter,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HealthInsuranceCardConnection> {
    return searchCards(ctx, filter, first, after ?? null);
  }

  @FieldResolver(() => Citizen, { nullable: true })
  insured(@Root() { holder }: HeldCard): Citizen {
    return { personalId: holder };
  }

  @RequiresScopes("health-insurance:search")
  @FieldResolver(() => HealthInsuranceCardVersion, {
    nullable: true,
    description: "What the register said of it as of a day; null before its entry (thông tin thẻ tại một ngày).",
  })
  asOf(
    @Root() { id }: HeldCard,
    @Arg("on", () => DateScalar, { description: "The day (ngày)." }) on: LegalDay,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HealthInsuranceCardVersion | null> {
    return cardOnDay(ctx, id, on);
  }

  @RequiresScopes("health-insurance:search")
  @Directive(PAGED)
  @FieldResolver(() => HealthInsuranceCardVersionConnection, {
    nullable: true,
    description: "Who changed what, when and on what ground, the newest first (quá trình thẻ).",
  })
  history(
    @Root() { id }: HeldCard,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HealthInsuranceCardVersionConnection> {
    return cardHistory(ctx, id, first, after ?? null);
  }
}
