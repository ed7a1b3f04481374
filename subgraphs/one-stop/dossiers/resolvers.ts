import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Directive, FieldResolver, ID, Info, Int, Query, Resolver, Root, Subscription } from "type-graphql";
import { officeName } from "../../_shared/reference/offices.ts";
import { Commune, communeOf } from "../../_shared/registers/commune-type.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { VndScalar } from "../../_shared/serving/scalars.ts";
import type { OneStopContext } from "../loaders.ts";
import { asksForTotal } from "../paging/counting.ts";
import { NATIONAL_STATUS } from "../saga/state.ts";
import type { HistoryRow } from "../saga/stored-history.ts";
import { changesOf } from "./changes.ts";
import { dossierByCode, isOverdue, listDossiers } from "./dossier-list.ts";
import type { DossierOrder } from "./dossier-pages.ts";
import { dossierDueLines } from "./due-explanation.ts";
import { DossierOrderEnum } from "./enums.ts";
import { historyOf } from "./history.ts";
import { DossierFilter } from "./input.ts";
import { reportSilentAgencies } from "./silent-agencies.ts";
import {
  Bundle,
  Dossier,
  DossierConnection,
  DossierPart,
  type DossierRow,
  DossierSubject,
  DueRule,
  HistoryConnection,
  HistoryEntry,
  Office,
} from "./types.ts";
import { nameOfStep } from "./waiting.ts";

@Resolver(() => Dossier)
export class DossierResolver {
  @RequiresScopes("dossier:read")
  @Query(() => Dossier, {
    nullable: true,
    description: "One dossier by its code; NOT_FOUND if it is not within the caller's reach (tra cứu hồ sơ).",
  })
  async dossier(
    @Arg("code", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) code: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<Dossier> {
    const found = await dossierByCode(ctx.db, ctx.caller, code);
    if (!found) throw notFound("dossier");
    ctx.access.read(found.applicantPersonalId ?? code, code);
    return found;
  }

  @RequiresScopes("dossier:read")
  @Subscription(() => Dossier, {
    nullable: true,
    description:
      "The dossier now and after each change; the stream ends when the dossier leaves the caller's reach (theo dõi hồ sơ).",
    subscribe: ({ args, context }) => changesOf(String(args.code), args.after ?? null, context as OneStopContext),
  })
  async dossierChanged(
    @Arg("code", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) code: string,
    @Arg("after", () => ID, {
      nullable: true,
      description:
        "Id of the last event received: later events are sent first. Same as the header Last-Event-ID (mã sự kiện cuối).",
    })
    _after: string | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<Dossier> {
    return this.dossier(code, ctx);
  }

  @RequiresScopes("dossier:read")
  @Directive(PAGED)
  @Query(() => DossierConnection, {
    nullable: true,
    description: "The dossiers within the caller's reach, in pages (danh sách hồ sơ).",
  })
  async dossiers(
    @Arg("filter", () => DossierFilter, { nullable: true, description: "Filter (bộ lọc)." })
    filter: DossierFilter | null,
    @Arg("orderBy", () => DossierOrderEnum, {
      nullable: true,
      description: "Order; the first due first by default (thứ tự).",
    })
    orderBy: DossierOrder | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<DossierConnection> {
    const order = orderBy ?? ("DUE_AT_ASC" as const);
    const question = { filter: filter ?? {}, order, first, after: after ?? null, asksForTotal: asksForTotal(info) };
    const page = await listDossiers(ctx.db, ctx.caller, question, ctx.now);
    for (const { applicantPersonalId, code } of page.nodes) ctx.access.read(applicantPersonalId ?? code);
    return page;
  }

  @FieldResolver(() => Int, {
    description: "Status code of the national portal (mã trạng thái quốc gia), Circular 03/2025/TT-VPCP.",
  })
  nationalStatus(@Root() { state }: DossierRow): number {
    return NATIONAL_STATUS[state];
  }

  @FieldResolver(() => Boolean, {
    description:
      "The appointment has passed and the dossier is not completed. What was late before papers were asked for stays late meanwhile (quá hạn).",
  })
  overdue(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): boolean {
    return isOverdue(dossier, ctx.now);
  }

  @FieldResolver(() => Office, { description: "Office that received it (nơi tiếp nhận)." })
  office(@Root() { office }: DossierRow): Office {
    return { code: office, name: officeName(office) };
  }

  @FieldResolver(() => Bundle, { nullable: true, description: "The combined procedure (thủ tục liên thông)." })
  bundle(@Root() dossier: DossierRow, @Ctx() { loaders }: OneStopContext): Bundle {
    const { procedureCode: code, procedureName, definitionId, definitionVersion } = dossier;
    return {
      code,
      name: procedureName ?? loaders.desk().kinds.pinned(definitionId, definitionVersion).definition.name,
    };
  }

  @FieldResolver(() => DossierSubject, {
    nullable: true,
    description: "Person whom the dossier is about (người được giải quyết).",
  })
  subject(@Root() { subjectName, applicantPersonalId, code }: DossierRow, @Ctx() ctx: OneStopContext) {
    ctx.access.read(applicantPersonalId ?? code, code);
    return subjectName === null ? null : { fullName: subjectName };
  }

  @FieldResolver(() => [DueRule], {
    description: "Rules and days that made the due date, in their order (căn cứ tính hạn).",
  })
  async dueAtExplanation(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): Promise<DueRule[]> {
    return dossierDueLines(dossier, ctx);
  }

  @FieldResolver(() => VndScalar, {
    description: "Sum of the fees of all parts, for the channel of the submission (tổng phí, lệ phí).",
  })
  async feesVnd(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext): Promise<number> {
    return (await ctx.loaders.paymentByDossier.load(id))?.amountVnd ?? 0;
  }

  @Directive("@listSize(assumedSize: 4)")
  @FieldResolver(() => [DossierPart], {
    description: "Parts: the procedures of the dossier, each decided by one agency (các phần việc).",
  })
  async parts(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext): Promise<DossierPart[]> {
    const steps = await ctx.loaders.stepsByDossier.load(id);
    reportSilentAgencies(ctx, steps);
    return steps.filter((step) => step.part);
  }

  @Directive(PAGED)
  @FieldResolver(() => HistoryConnection, { description: "History, oldest entry first (lịch sử xử lý)." })
  history(
    @Root() dossier: DossierRow,
    @Arg("first", () => Int, { defaultValue: 50, description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<HistoryConnection> {
    return historyOf(ctx.db, dossier.id, first, after ?? null);
  }
}

@Resolver(() => Office)
export class OfficeResolver {
  @FieldResolver(() => Commune, {
    description: "Commune, ward or special zone that it belongs to (xã, phường, đặc khu).",
  })
  commune(@Root() { code }: Office): Commune {
    return communeOf(code);
  }
}

@Resolver(() => DossierConnection)
export class DossierConnectionResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: "Number of all entries; null above 10,000: see `totalCountAtLeast` (tổng số).",
  })
  async totalCount(@Root() { total }: Pick<DossierConnection, "total">): Promise<number | null> {
    return (await total()).totalCount;
  }

  @FieldResolver(() => Int, {
    description: "Number of all entries up to 10,000; 10,000 where there are more (tổng số tối thiểu).",
  })
  async totalCountAtLeast(@Root() { total }: Pick<DossierConnection, "total">): Promise<number> {
    return (await total()).totalCountAtLeast;
  }
}

@Resolver(() => HistoryEntry)
export class HistoryEntryResolver {
  @FieldResolver(() => DossierPart, { nullable: true })
  async part(@Root() { dossierId, stepKey }: HistoryRow, @Ctx() ctx: OneStopContext): Promise<DossierPart | null> {
    if (!stepKey) return null;
    const steps = await ctx.loaders.stepsByDossier.load(dossierId);
    return steps.find((step) => step.part && step.key === stepKey) ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Name of the step concerned, which need not be a part, in Vietnamese; null for the whole dossier (việc).",
  })
  async step(@Root() { dossierId, stepKey }: HistoryRow, @Ctx() ctx: OneStopContext): Promise<string | null> {
    const found = (await ctx.loaders.stepsByDossier.load(dossierId)).find(({ key }) => key === stepKey);
    return found ? nameOfStep(await ctx.loaders.definitionByDossier.load(dossierId), found) : null;
  }
}
