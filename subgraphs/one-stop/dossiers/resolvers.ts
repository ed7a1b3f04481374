import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root, Subscription } from "type-graphql";
import { officeName } from "../../_shared/reference/offices.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { VndScalar } from "../../_shared/serving/scalars.ts";
import { Agency, agencyOf } from "../agencies/types.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import { visibleDependencies } from "../definitions/steps.ts";
import type { OneStopContext } from "../loaders.ts";
import { PAGED } from "../paging/pages.ts";
import { NATIONAL_STATUS } from "../saga/state.ts";
import { changesOf } from "./changes.ts";
import { dueRules } from "./due-explanation.ts";
import { DossierOrderEnum } from "./enums.ts";
import { historyOf } from "./history.ts";
import { DossierFilter } from "./input.ts";
import { type DossierOrder, dossierByCode, isOverdue, listDossiers } from "./list.ts";
import { PartResult } from "./result-types.ts";
import { seenByCaller } from "./rights.ts";
import {
  Applicant,
  Bundle,
  Delivery,
  Dossier,
  DossierConnection,
  DossierPart,
  type DossierRow,
  DossierSubject,
  DueRule,
  ExistingDossier,
  HistoryConnection,
  HistoryEntry,
  type HistoryRow,
  Office,
  PartRefused,
  type StepRow,
  SupplementRequestItem,
  Waiting,
} from "./types.ts";
import { awaitedStep, isUnanswered, nameOfStep, waitingText } from "./waiting.ts";

@Resolver(() => Dossier)
export class DossierResolver {
  @RequiresScopes("dossier:read")
  @Query(() => Dossier, {
    nullable: true,
    description: "One dossier by its code; NOT_FOUND where it is none of the caller's (tra cứu hồ sơ).",
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
      "The dossier as it is now and after everything that happens to it; ends when it is none of the caller's any more (theo dõi hồ sơ).",
    subscribe: ({ args, context }) => changesOf(String(args.code), args.after ?? null, context as OneStopContext),
  })
  async dossierChanged(
    @Arg("code", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) code: string,
    @Arg("after", () => ID, {
      nullable: true,
      description:
        "Id of the last event seen: what happened since comes first. The header Last-Event-ID says the same (mã sự kiện cuối).",
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
    @Arg("filter", () => DossierFilter, { nullable: true, description: "Narrows the list (bộ lọc)." })
    filter: DossierFilter | null,
    @Arg("orderBy", () => DossierOrderEnum, {
      nullable: true,
      description: "First due first unless said otherwise (thứ tự).",
    })
    orderBy: DossierOrder | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierConnection> {
    const question = { filter: filter ?? {}, order: orderBy ?? ("DUE_AT_ASC" as const), first, after: after ?? null };
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
    description: "The appointment has passed and the dossier is not completed (quá hạn).",
  })
  overdue(@Root() { dueAt, state }: DossierRow, @Ctx() ctx: OneStopContext): boolean {
    return isOverdue({ dueAt, state }, ctx.now);
  }

  @FieldResolver(() => Office, { description: "Where it was received (nơi tiếp nhận)." })
  office(@Root() { office }: DossierRow): Office {
    return { code: office, name: officeName(office) };
  }

  @FieldResolver(() => Bundle, { nullable: true, description: "The combined procedure (thủ tục liên thông)." })
  bundle(@Root() { procedureCode, procedureName }: DossierRow): Bundle {
    return { code: procedureCode, name: procedureName };
  }

  @FieldResolver(() => DossierSubject, {
    nullable: true,
    description: "Person whom the dossier is about (người được giải quyết).",
  })
  subject(@Root() { subjectName, applicantPersonalId, code }: DossierRow, @Ctx() ctx: OneStopContext) {
    ctx.access.read(applicantPersonalId ?? code, code);
    return subjectName === null ? null : { fullName: subjectName };
  }

  @FieldResolver(() => [DueRule], { description: "Rules that made the due date, in their order (căn cứ tính hạn)." })
  async dueAtExplanation(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): Promise<DueRule[]> {
    return dueRules(await ctx.loaders.definitionByDossier.load(dossier.id), dossier);
  }

  @FieldResolver(() => VndScalar, { description: "Sum of the fees of all parts (tổng phí, lệ phí)." })
  async feesVnd(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext): Promise<number> {
    const definition = await ctx.loaders.definitionByDossier.load(id);
    const keys = (await ctx.loaders.stepsByDossier.load(id)).map(({ key }) => key);
    return definition.steps.reduce((sum, { key, feeVnd }) => (keys.includes(key) ? sum + feeVnd : sum), 0);
  }

  @FieldResolver(() => Applicant, { nullable: true, description: "Who handed it in (người nộp)." })
  applicant(@Root() { applicantName, applicantPersonalId, code }: DossierRow, @Ctx() ctx: OneStopContext): Applicant {
    ctx.access.read(applicantPersonalId ?? code, code);
    return { fullName: applicantName };
  }

  @Directive("@listSize(assumedSize: 4)")
  @FieldResolver(() => [DossierPart], { description: "Its procedures, each at its agency (các phần việc)." })
  async parts(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext): Promise<DossierPart[]> {
    return (await ctx.loaders.stepsByDossier.load(id)).filter((step) => step.part);
  }

  @Directive(PAGED)
  @FieldResolver(() => HistoryConnection, { description: "What happened, oldest first (lịch sử xử lý)." })
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

@Resolver(() => DossierConnection)
export class DossierConnectionResolver {
  @FieldResolver(() => Int, { description: "How many there are in all (tổng số)." })
  totalCount(@Root() { total }: { total(): Promise<number> }): Promise<number> {
    return total();
  }
}

@Resolver(() => PartRefused)
export class PartRefusedResolver {
  @FieldResolver(() => ExistingDossier, {
    nullable: true,
    description: "The dossier that asked for the same before, if the caller may see it (hồ sơ đã có).",
  })
  async existingDossier(
    @Root() { existingDossier: code }: NonNullable<StepRow["refusal"]>,
    @Ctx() ctx: OneStopContext,
  ): Promise<ExistingDossier | null> {
    if (!code) return null;
    const seen = await seenByCaller(ctx.db, ctx.caller, [code]);
    return seen.has(code) ? { code } : null;
  }
}

@Resolver(() => SupplementRequestItem)
export class SupplementItemResolver {
  @FieldResolver(() => String, { description: "The same as description (nội dung)." })
  text(@Root() { description }: SupplementRequestItem): string {
    return description;
  }
}

function waitingOf(definition: DossierDefinition, step: StepRow): Waiting {
  return {
    agency: agencyOf(step.agency),
    step: nameOfStep(definition, step),
    since: step.firstSentAt,
    attempts: step.attempts,
    nextAttemptAt: step.work ? step.nextAttemptAt : null,
    unanswered: isUnanswered(step),
    text: waitingText(definition, step),
  };
}

@Resolver(() => DossierPart)
export class DossierPartResolver {
  @FieldResolver(() => Agency, { description: "Who decides it (cơ quan giải quyết)." })
  agency(@Root() { agency }: StepRow): Agency {
    return agencyOf(agency);
  }

  @Directive("@listSize(assumedSize: 3)")
  @FieldResolver(() => [DossierPart], { description: "The parts it waits for (phụ thuộc)." })
  async dependsOn(@Root() step: StepRow, @Ctx() ctx: OneStopContext): Promise<DossierPart[]> {
    const siblings = await ctx.loaders.stepsByDossier.load(step.dossierId);
    const keys = visibleDependencies(await ctx.loaders.definitionByDossier.load(step.dossierId), step.key);
    return siblings.filter((sibling) => keys.includes(sibling.key));
  }

  @FieldResolver(() => Waiting, {
    nullable: true,
    description: "The open step that a blocked or unanswered part waits for (việc đang chờ).",
  })
  async waitingFor(@Root() step: StepRow, @Ctx() ctx: OneStopContext): Promise<Waiting | null> {
    const definition = await ctx.loaders.definitionByDossier.load(step.dossierId);
    const siblings = await ctx.loaders.stepsByDossier.load(step.dossierId);
    const awaited = isUnanswered(step) ? step : awaitedStep(definition, siblings, step);
    return awaited && waitingOf(definition, awaited);
  }

  @FieldResolver(() => Delivery, { description: "How the transport stands (tình trạng chuyển)." })
  async delivery(@Root() step: StepRow, @Ctx() ctx: OneStopContext): Promise<Delivery> {
    const definition = await ctx.loaders.definitionByDossier.load(step.dossierId);
    const awaited = awaitedStep(definition, await ctx.loaders.stepsByDossier.load(step.dossierId), step);
    // A step without a part of its own shows its delivery in the parts that it blocks.
    const { attempts, work, nextAttemptAt } = awaited && !awaited.part ? awaited : step;
    return { state: step.delivery, attempts, nextAttemptAt: work ? nextAttemptAt : null };
  }

  @FieldResolver(() => PartResult, { nullable: true, description: "The register's entry, once granted (kết quả)." })
  result(@Root() { resultType, resultId }: StepRow): object | null {
    if (!resultType || !resultId) return null;
    return { __typename: resultType, id: resultId };
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
}
