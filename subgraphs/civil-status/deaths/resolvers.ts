import { Arg, Ctx, Directive, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { answerOf } from "../acts/answer.ts";
import { actsOfEntry } from "../acts/history.ts";
import { CivilStatusActConnection, CivilStatusActResult } from "../acts/types.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { searchedDeath } from "../rights.ts";
import { Citizen } from "../types.ts";
import { correctDeath } from "./correct-death.ts";
import { CivilDeathInput, DeathCorrectionInput, DeathFilter } from "./input.ts";
import { deathOnDay, shownDeath } from "./references.ts";
import { registerDeath } from "./register-death.ts";
import { searchDeaths } from "./search.ts";
import { DeathFacts, DeathRegistration, DeathRegistrationConnection } from "./types.ts";

@Resolver(() => DeathRegistration)
export class DeathRegistrationResolver {
  @RequiresScopes("civil-status:search")
  @FieldResolver(() => DeathFacts, {
    nullable: true,
    description: "Facts that held at the end of a day; null before its registration (nội dung tại một ngày).",
  })
  asOf(
    @Root() { id }: DeathRegistration,
    @Arg("on", () => DateScalar, { description: "The day (ngày)." }) on: LegalDay,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<DeathFacts | null> {
    return deathOnDay(ctx, id, on);
  }

  @RequiresScopes("civil-status:search")
  @Directive(PAGED)
  @FieldResolver(() => CivilStatusActConnection, {
    nullable: true,
    description: "Who changed what, when and on what ground, the newest first (lịch sử).",
  })
  acts(
    @Root() { id }: DeathRegistration,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActConnection> {
    return actsOfEntry(ctx, id, first, after ?? null);
  }

  @RequiresScopes("civil-status:search")
  @Directive(PAGED)
  @Query(() => DeathRegistrationConnection, {
    nullable: true,
    description: "Deaths that match a filter, the last registered first (tra cứu khai tử).",
  })
  deaths(
    @Arg("filter", () => DeathFilter, { description: "Conditions (điều kiện)." }) filter: DeathFilter,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<DeathRegistrationConnection> {
    return searchDeaths(ctx, filter, first, after ?? null);
  }

  @RequiresScopes("civil-status:register")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Registers a death in the book of the officer's office (đăng ký khai tử).",
  })
  async registerDeath(
    @Arg("input", () => CivilDeathInput, { description: "The death (nội dung)." }) input: CivilDeathInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await registerDeath(ctx, input, idempotencyKey));
  }

  @RequiresScopes("civil-status:register")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Changes the facts of a death; those of before stay readable (thay đổi, cải chính khai tử).",
  })
  async correctDeath(
    @Arg("input", () => DeathCorrectionInput, { description: "The change (nội dung)." }) input: DeathCorrectionInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await correctDeath(ctx, input, idempotencyKey));
  }
}

@Resolver(() => Citizen)
export class CitizenDeathResolver {
  @RequiresScopes("death:read")
  @FieldResolver(() => DeathRegistration, {
    nullable: true,
    description: "The registration of the citizen's death; null if there is none (đăng ký khai tử).",
  })
  async death(@Root() { personalId }: Citizen, @Ctx() ctx: CivilStatusContext): Promise<DeathRegistration | null> {
    if (!personalId) return null;
    const death = await ctx.loaders.deathByPersonalId.load(personalId);
    return shownDeath(searchedDeath(ctx.caller, personalId, death), ctx);
  }
}
