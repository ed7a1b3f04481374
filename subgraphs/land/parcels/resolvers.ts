import { eq } from "drizzle-orm";
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { pageOfActs } from "../../_shared/registers/acts-page.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { acts } from "../acts/tables.ts";
import { LandActConnection } from "../acts/types.ts";
import type { LoadedCertificate } from "../certificates/loaders.ts";
import { LandEncumbrance } from "../encumbrances/types.ts";
import type { LandContext } from "../loaders.ts";
import { LandObligation } from "../obligations/types.ts";
import { actParcels } from "../tables.ts";
import { LandCertificate, LandParcel } from "../types.ts";
import { LandParcelFilter } from "./input.ts";
import { searchParcels } from "./search.ts";
import { parcelOnDay } from "./state-on-day.ts";
import { LandParcelConnection, LandParcelOnDay } from "./types.ts";

@Resolver(() => LandParcel)
export class LandParcelResolver {
  @RequiresScopes("land:search")
  @Query(() => LandParcel, {
    nullable: true,
    description: "A parcel by its code, in force or ended (tra cứu thửa đất).",
  })
  async landParcel(
    @Arg("code", () => ID, { description: "Code of the parcel (mã thửa đất)." }) code: string,
    @Ctx() ctx: LandContext,
  ): Promise<LandParcel> {
    const parcel = await ctx.loaders.parcelsByCode.load(code);
    if (!parcel) throw notFound("land parcel");
    return parcel;
  }

  @RequiresScopes("land:search")
  @Directive(PAGED)
  @Query(() => LandParcelConnection, {
    nullable: true,
    description: "Parcels in force of a commune, by map sheet and number (tra cứu thửa đất).",
  })
  landParcels(
    @Arg("filter", () => LandParcelFilter, { description: "Conditions (điều kiện)." }) filter: LandParcelFilter,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: LandContext,
  ): Promise<LandParcelConnection> {
    return searchParcels(ctx, filter, first, after ?? null);
  }

  @FieldResolver(() => LandCertificate, {
    nullable: true,
    description: "The certificate in force; null if there is none (giấy chứng nhận).",
  })
  certificate(@Root() parcel: LandParcel, @Ctx() ctx: LandContext): Promise<LoadedCertificate | null> {
    return ctx.loaders.certificateByParcel.load(parcel.id);
  }

  @FieldResolver(() => [LandEncumbrance], {
    nullable: true,
    description: "Mortgages, disputes and blocks in force, the oldest first (hạn chế về quyền).",
  })
  encumbrances(@Root() { id }: LandParcel, @Ctx() ctx: LandContext): Promise<LandEncumbrance[]> {
    return ctx.loaders.encumbrancesByParcel.load(id);
  }

  @FieldResolver(() => [LandObligation], {
    nullable: true,
    description: "Financial obligations, the oldest first; a citizen sees the own ones (nghĩa vụ tài chính).",
  })
  async obligations(@Root() { id }: LandParcel, @Ctx() ctx: LandContext): Promise<LandObligation[]> {
    const obligations = await ctx.loaders.obligationsByParcel.load(id);
    for (const { debtor } of obligations) ctx.access.read(debtor);
    return obligations;
  }

  @RequiresScopes("land:search")
  @FieldResolver(() => [LandParcel], {
    nullable: true,
    description: "Parcels of which it was made by a split or merge (thửa đất gốc).",
  })
  parents(@Root() { id }: LandParcel, @Ctx() ctx: LandContext): Promise<LandParcel[]> {
    return ctx.loaders.parentsByParcel.load(id);
  }

  @RequiresScopes("land:search")
  @FieldResolver(() => [LandParcel], {
    nullable: true,
    description: "Parcels that were made of it by a split or merge (thửa đất hình thành).",
  })
  children(@Root() { id }: LandParcel, @Ctx() ctx: LandContext): Promise<LandParcel[]> {
    return ctx.loaders.childrenByParcel.load(id);
  }

  @RequiresScopes("land:search")
  @FieldResolver(() => LandParcelOnDay, {
    nullable: true,
    description: "What the register says of it as of a day; null before its registration (thông tin tại một ngày).",
  })
  asOf(
    @Root() { id }: LandParcel,
    @Arg("on", () => DateScalar, { description: "The day (ngày)." }) on: LegalDay,
    @Ctx() ctx: LandContext,
  ): Promise<LandParcelOnDay | null> {
    return parcelOnDay(ctx, id, on);
  }

  @RequiresScopes("land:search")
  @Directive(PAGED)
  @FieldResolver(() => LandActConnection, {
    nullable: true,
    description: "Who changed what, when and on what ground, the newest first (lịch sử biến động).",
  })
  acts(
    @Root() { id }: LandParcel,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: LandContext,
  ): Promise<LandActConnection> {
    return pageOfActs({ db: ctx.db, acts, links: actParcels }, eq(actParcels.parcelId, id), first, after);
  }
}
