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
import { CivilBirthInput } from "../new-births/input.ts";
import { registerBirth } from "../new-births/register-birth.ts";
import { BirthRegistration } from "../types.ts";
import { birthOnDay } from "./as-of.ts";
import { correctBirth } from "./correct-birth.ts";
import { BirthCorrectionInput, BirthFilter, RecognitionInput } from "./input.ts";
import { recognizeParent } from "./recognize-parent.ts";
import { searchBirths } from "./search.ts";
import { BirthFacts, BirthRegistrationConnection } from "./types.ts";

@Resolver(() => BirthRegistration)
export class BirthActResolver {
  @RequiresScopes("civil-status:search")
  @FieldResolver(() => BirthFacts, {
    nullable: true,
    description: "Facts that held at the end of a day; null before its registration (nội dung tại một ngày).",
  })
  asOf(
    @Root() { id }: BirthRegistration,
    @Arg("on", () => DateScalar, { description: "The day (ngày)." }) on: LegalDay,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<BirthFacts | null> {
    return birthOnDay(ctx, id, on);
  }

  @RequiresScopes("civil-status:search")
  @Directive(PAGED)
  @FieldResolver(() => CivilStatusActConnection, {
    nullable: true,
    description: "Acts of registrars on the entry, the newest first (lịch sử).",
  })
  acts(
    @Root() { id }: BirthRegistration,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActConnection> {
    return actsOfEntry(ctx, id, first, after ?? null);
  }

  @RequiresScopes("civil-status:search")
  @Directive(PAGED)
  @Query(() => BirthRegistrationConnection, {
    nullable: true,
    description: "Births that match a filter, the last entered first (tra cứu khai sinh).",
  })
  births(
    @Arg("filter", () => BirthFilter, { description: "Conditions (điều kiện)." }) filter: BirthFilter,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<BirthRegistrationConnection> {
    return searchBirths(ctx, filter, first, after ?? null);
  }

  @RequiresScopes("civil-status:register")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Registers a birth in the book of the officer's office (đăng ký khai sinh).",
  })
  async registerBirth(
    @Arg("input", () => CivilBirthInput, { description: "The birth (nội dung)." }) input: CivilBirthInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await registerBirth(ctx, input, idempotencyKey));
  }

  @RequiresScopes("civil-status:register")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Changes the facts of a birth; those of before stay readable (thay đổi, cải chính khai sinh).",
  })
  async correctBirth(
    @Arg("input", () => BirthCorrectionInput, { description: "The change (nội dung)." }) input: BirthCorrectionInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await correctBirth(ctx, input, idempotencyKey));
  }

  @RequiresScopes("civil-status:register")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Registers a parent whom a birth does not name yet (đăng ký nhận cha, mẹ, con).",
  })
  async recognizeParent(
    @Arg("input", () => RecognitionInput, { description: "The recognition (nội dung)." }) input: RecognitionInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await recognizeParent(ctx, input, idempotencyKey));
  }
}
