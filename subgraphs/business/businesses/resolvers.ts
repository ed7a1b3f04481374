import { eq } from "drizzle-orm";
import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { pageOfActs } from "../../_shared/registers/acts-page.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { acts } from "../acts/tables.ts";
import { BusinessActConnection } from "../acts/types.ts";
import type { LoadedLicence } from "../licences/loaders.ts";
import type { BusinessContext } from "../loaders.ts";
import { actBusinesses } from "../tables.ts";
import { Business, BusinessLine, BusinessPerson, type BusinessState, BusinessStateEnum, Licence } from "../types.ts";
import { findBusiness } from "./find.ts";
import { BusinessFilter } from "./input.ts";
import type { LoadedBusiness } from "./loaders.ts";
import { searchBusinesses } from "./search.ts";
import { stateOn } from "./state.ts";
import { businessOnDay } from "./state-on-day.ts";
import { BusinessConnection, BusinessOnDay } from "./types.ts";

@Resolver(() => Business)
export class BusinessResolver {
  @RequiresScopes("business:search")
  @Query(() => Business, {
    nullable: true,
    description: "A business by its code, in force or ended (tra cứu cơ sở kinh doanh).",
  })
  business(
    @Arg("code", () => String, { description: "Code of the business (mã số)." }) code: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<LoadedBusiness> {
    return findBusiness(ctx, code);
  }

  @RequiresScopes("business:search")
  @Directive(PAGED)
  @Query(() => BusinessConnection, {
    nullable: true,
    description: "Businesses in force that match a filter, the last registered first (tra cứu cơ sở kinh doanh).",
  })
  businesses(
    @Arg("filter", () => BusinessFilter, { description: "Conditions (điều kiện)." }) filter: BusinessFilter,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessConnection> {
    return searchBusinesses(ctx, filter, first, after ?? null);
  }

  @FieldResolver(() => BusinessStateEnum, { description: "State today (tình trạng hoạt động)." })
  state(@Root() { versionState, suspension }: LoadedBusiness, @Ctx() ctx: BusinessContext): BusinessState {
    return stateOn(legalDayOf(ctx.now), versionState, suspension);
  }

  @FieldResolver(() => String, { description: "Code of the main line of business, VSIC level 4 (mã ngành chính)." })
  async industry(@Root() business: LoadedBusiness, @Ctx() ctx: BusinessContext): Promise<string | undefined> {
    const [main] = await ctx.loaders.linesByVersion.load(business);
    return main?.code;
  }

  @FieldResolver(() => [BusinessLine], {
    nullable: true,
    description: "Lines of business, the main one first (ngành, nghề kinh doanh).",
  })
  lines(@Root() business: LoadedBusiness, @Ctx() ctx: BusinessContext): Promise<BusinessLine[]> {
    return ctx.loaders.linesByVersion.load(business);
  }

  @FieldResolver(() => [BusinessPerson], {
    nullable: true,
    description: "Owner, members, representatives or head (những người liên quan).",
  })
  async people(@Root() business: LoadedBusiness, @Ctx() ctx: BusinessContext): Promise<BusinessPerson[]> {
    const people = await ctx.loaders.peopleByVersion.load(business);
    for (const { personalId } of people) ctx.access.read(personalId);
    return people;
  }

  /** Licences of a loaded business, whose read is recorded already. */
  @FieldResolver(() => [Licence], { nullable: true })
  licences(@Root() { id }: LoadedBusiness, @Ctx() ctx: BusinessContext): Promise<LoadedLicence[]> {
    return ctx.loaders.licencesByBusiness.load(id);
  }

  @FieldResolver(() => [Business], { nullable: true, description: "Branches in force of an enterprise (chi nhánh)." })
  branches(@Root() { id }: LoadedBusiness, @Ctx() ctx: BusinessContext): Promise<LoadedBusiness[]> {
    return ctx.loaders.branchesByEnterprise.load(id);
  }

  @FieldResolver(() => Business, { nullable: true, description: "The enterprise of a branch (doanh nghiệp chủ quản)." })
  async enterprise(@Root() { parentId }: LoadedBusiness, @Ctx() ctx: BusinessContext): Promise<LoadedBusiness | null> {
    return parentId === null ? null : ctx.loaders.businessById.load(parentId);
  }

  @RequiresScopes("business:search")
  @FieldResolver(() => BusinessOnDay, {
    nullable: true,
    description: "What the register says of it as of a day; null before its registration (thông tin tại một ngày).",
  })
  asOf(
    @Root() { id }: LoadedBusiness,
    @Arg("on", () => DateScalar, { description: "The day (ngày)." }) on: LegalDay,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessOnDay | null> {
    return businessOnDay(ctx, id, on);
  }

  @RequiresScopes("business:search")
  @Directive(PAGED)
  @FieldResolver(() => BusinessActConnection, {
    nullable: true,
    description: "Who changed what, when and on what ground, the newest first (lịch sử đăng ký).",
  })
  acts(
    @Root() { id }: LoadedBusiness,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActConnection> {
    return pageOfActs({ db: ctx.db, acts, links: actBusinesses }, eq(actBusinesses.businessId, id), first, after);
  }
}
