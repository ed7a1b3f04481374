import { Arg, Ctx, Directive, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { answerOf } from "../acts/answer.ts";
import { BusinessActResult } from "../acts/types.ts";
import type { LoadedBusiness } from "../businesses/loaders.ts";
import type { BusinessContext } from "../loaders.ts";
import { Business, Licence, type LicenceState, LicenceStateEnum } from "../types.ts";
import { expiringLicences } from "./expiring.ts";
import { ExpiringLicenceFilter, LicenceInput, LicenceRenewalInput, LicenceRevocationInput } from "./input.ts";
import { issueLicence, renewLicence, revokeLicence } from "./licence-acts.ts";
import type { LoadedLicence } from "./loaders.ts";
import { licenceStateOn } from "./state.ts";
import { LicenceConnection } from "./types.ts";

@Resolver(() => Licence)
export class LicenceResolver {
  @RequiresScopes("business:search")
  @Query(() => Licence, {
    nullable: true,
    description: "A licence by its number, in force or not (tra cứu giấy phép).",
  })
  async licence(
    @Arg("number", () => String, { description: "Number of the licence (số giấy phép)." }) number: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<LoadedLicence> {
    const licence = await ctx.loaders.licenceByNumber.load(number);
    if (!licence) throw notFound("licence");
    for (const person of await ctx.loaders.peopleByBusiness.load(licence.businessId)) ctx.access.read(person);
    return licence;
  }

  @RequiresScopes("business:search")
  @Directive(PAGED)
  @Query(() => LicenceConnection, {
    nullable: true,
    description:
      "Licences in force whose renewal is to be requested, the most urgent first (giấy phép sắp đến hạn gia hạn).",
  })
  expiringLicences(
    @Arg("filter", () => ExpiringLicenceFilter, { description: "Conditions (điều kiện)." })
    filter: ExpiringLicenceFilter,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: BusinessContext,
  ): Promise<LicenceConnection> {
    return expiringLicences(ctx, filter, first, after ?? null);
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: "Day on which a reminder of the present term was entered; null before (ngày nhắc gia hạn).",
  })
  remindedOn(@Root() { licenceId, expiresOn }: LoadedLicence, @Ctx() ctx: BusinessContext): Promise<LegalDay | null> {
    return ctx.loaders.reminderDay.load({ licenceId, expiresOn });
  }

  @FieldResolver(() => LicenceStateEnum, { description: "State today (tình trạng)." })
  state(@Root() licence: LoadedLicence, @Ctx() ctx: BusinessContext): LicenceState {
    return licenceStateOn(legalDayOf(ctx.now), licence);
  }

  @FieldResolver(() => Business, { nullable: true, description: "The business (cơ sở kinh doanh)." })
  business(@Root() { businessId }: LoadedLicence, @Ctx() ctx: BusinessContext): Promise<LoadedBusiness | null> {
    return ctx.loaders.businessById.load(businessId);
  }

  @RequiresScopes("business:license")
  @Mutation(() => BusinessActResult, {
    nullable: true,
    description: "Enters a licence that an authority has issued to a business in force (cấp giấy phép).",
  })
  async issueLicence(
    @Arg("input", () => LicenceInput, { description: "The licence (nội dung)." }) input: LicenceInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActResult> {
    return answerOf(await issueLicence(ctx, input, idempotencyKey));
  }

  @RequiresScopes("business:license")
  @Mutation(() => BusinessActResult, {
    nullable: true,
    description: "Gives a licence in force a new term under the same number (gia hạn giấy phép).",
  })
  async renewLicence(
    @Arg("input", () => LicenceRenewalInput, { description: "The renewal (nội dung)." }) input: LicenceRenewalInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActResult> {
    return answerOf(await renewLicence(ctx, input, idempotencyKey));
  }

  @RequiresScopes("business:license")
  @Mutation(() => BusinessActResult, { nullable: true, description: "Revokes a licence (thu hồi giấy phép)." })
  async revokeLicence(
    @Arg("input", () => LicenceRevocationInput, { description: "The licence (nội dung)." })
    input: LicenceRevocationInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActResult> {
    return answerOf(await revokeLicence(ctx, input, idempotencyKey));
  }
}
