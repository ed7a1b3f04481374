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
import { correctMarriage } from "./correct-marriage.ts";
import { endMarriage } from "./end-marriage.ts";
import { CivilMarriageInput, MarriageCorrectionInput, MarriageEndInput, MarriageFilter } from "./input.ts";
import { marriageOnDay } from "./references.ts";
import { registerMarriage } from "./register-marriage.ts";
import { searchMarriages } from "./search.ts";
import { MarriageFacts, MarriageRegistration, MarriageRegistrationConnection } from "./types.ts";

@Resolver(() => MarriageRegistration)
export class MarriageRegistrationResolver {
  @RequiresScopes("civil-status:search")
  @FieldResolver(() => MarriageFacts, {
    nullable: true,
    description: "Facts that held at the end of a day; null before its registration (nội dung tại một ngày).",
  })
  asOf(
    @Root() { id }: MarriageRegistration,
    @Arg("on", () => DateScalar, { description: "The day (ngày)." }) on: LegalDay,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<MarriageFacts | null> {
    return marriageOnDay(ctx, id, on);
  }

  @RequiresScopes("civil-status:search")
  @Directive(PAGED)
  @FieldResolver(() => CivilStatusActConnection, {
    nullable: true,
    description: "Who changed what, when and on what ground, the newest first (lịch sử).",
  })
  acts(
    @Root() { id }: MarriageRegistration,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActConnection> {
    return actsOfEntry(ctx, id, first, after ?? null);
  }

  @RequiresScopes("civil-status:search")
  @Directive(PAGED)
  @Query(() => MarriageRegistrationConnection, {
    nullable: true,
    description: "Marriages that match a filter, the last registered first (tra cứu kết hôn).",
  })
  marriages(
    @Arg("filter", () => MarriageFilter, { description: "Conditions (điều kiện)." }) filter: MarriageFilter,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<MarriageRegistrationConnection> {
    return searchMarriages(ctx, filter, first, after ?? null);
  }

  @RequiresScopes("civil-status:register")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Registers a marriage in the book of the officer's office (đăng ký kết hôn).",
  })
  async registerMarriage(
    @Arg("input", () => CivilMarriageInput, { description: "The marriage (nội dung)." }) input: CivilMarriageInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await registerMarriage(ctx, input, idempotencyKey));
  }

  @RequiresScopes("civil-status:register")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Notes the end of a marriage that a court has decided (ghi chú ly hôn, hủy kết hôn).",
  })
  async endMarriage(
    @Arg("input", () => MarriageEndInput, { description: "The end (nội dung)." }) input: MarriageEndInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await endMarriage(ctx, input, idempotencyKey));
  }

  @RequiresScopes("civil-status:register")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Changes the facts of a marriage; those of before stay readable (thay đổi, cải chính kết hôn).",
  })
  async correctMarriage(
    @Arg("input", () => MarriageCorrectionInput, { description: "The change (nội dung)." })
    input: MarriageCorrectionInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await correctMarriage(ctx, input, idempotencyKey));
  }
}
