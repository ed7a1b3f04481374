import { and, asc, count, eq, gt, like } from "drizzle-orm";
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import * as z from "zod";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { foldName } from "../../_shared/reference/person-names.ts";
import { Agency, agencyOf } from "../../_shared/registers/agency-type.ts";
import { decodeCursor, PAGED, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import type { Database } from "../../_shared/serving/database.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { ClientJsonScalar, DateScalar } from "../../_shared/serving/scalars.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import { AgencyCodeEnum, ChannelEnum } from "../dossiers/enums.ts";
import { DossierPart, type StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { type ProcedureVersion, procedureAt, procedureOf, procedureOn } from "./catalogue.ts";
import { procedureForm } from "./forms/forms.ts";
import { paperOf } from "./papers.ts";
import { procedures } from "./tables.ts";
import {
  Procedure,
  ProcedureConnection,
  ProcedureFee,
  ProcedureResult,
  type ProcedureRow,
  ProcessingTime,
  RequiredPaper,
} from "./types.ts";

const procedureCursor = z.tuple([z.string().regex(/^[\w.]{1,40}$/)]);
type ProcedureQuestion = { search: string | null; agency: AgencyCode | null; first: number; after: string | null };

/** Page of the catalogue by code. `search` matches anywhere in code or name, regardless of diacritics and case. */
async function listProcedures(db: Database, { search, agency, first, after }: ProcedureQuestion) {
  const size = pageSize(first);
  const words = search ? foldName(search).replace(/[\\%_]/g, "\\$&") : null;
  const wanted = and(
    words ? like(procedures.search, `%${words}%`) : undefined,
    agency ? eq(procedures.agency, agency) : undefined,
  );
  const from = after ? gt(procedures.code, decodeCursor(after, procedureCursor)[0]) : undefined;
  const [rows, [total]] = await Promise.all([
    db
      .select()
      .from(procedures)
      .where(and(wanted, from))
      .orderBy(asc(procedures.code))
      .limit(size + 1),
    db.select({ all: count() }).from(procedures).where(wanted),
  ]);
  return { ...pageOf(rows, size, (row) => [row.code]), totalCount: total?.all ?? 0 };
}

/** Version of a procedure in the graph: the value itself, or the newest version of a row of the catalogue. */
function versionOf(root: ProcedureRow | ProcedureVersion): ProcedureVersion | null {
  return "validFrom" in root ? root : procedureOf(root.code);
}

@Resolver(() => Procedure)
export class ProcedureResolver {
  @Directive(PAGED)
  @Query(() => ProcedureConnection, {
    description: "The catalogue of procedures, public (danh mục thủ tục hành chính).",
  })
  procedures(
    @Arg("search", () => String, { nullable: true, description: "Part of code or name (từ khóa)." }) search:
      | string
      | null,
    @Arg("agency", () => AgencyCodeEnum, {
      nullable: true,
      description: "Agency that decides; all agencies by default (cơ quan).",
    })
    agency: AgencyCode | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<ProcedureConnection> {
    return listProcedures(ctx.db, { search: search ?? null, agency: agency ?? null, first, after: after ?? null });
  }

  @Query(() => Procedure, {
    nullable: true,
    description:
      "A procedure as in force on a day, public; for a repealed one, the last version with its successor (thủ tục hành chính).",
  })
  procedure(
    @Arg("code", () => ID, { description: "Code d.dddddd (mã thủ tục)." }) code: string,
    @Arg("on", () => DateScalar, { nullable: true, description: "The day; today by default (ngày)." })
    on: LegalDay | null,
    @Ctx() ctx: OneStopContext,
  ): ProcedureVersion {
    const found = procedureOn(code, on ?? legalDayOf(ctx.now));
    if (!found) throw notFound("procedure");
    return found;
  }

  @FieldResolver(() => ID, {
    description: "Code and first day in force: versions of a procedure are different objects (định danh phiên bản).",
  })
  id(@Root() root: ProcedureRow): string {
    const from = versionOf(root)?.validFrom;
    return from ? `${root.code}/${from}` : root.code;
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: "First day in force; null where the catalogue publishes none (ngày có hiệu lực).",
  })
  validFrom(@Root() root: ProcedureRow): string | null {
    return versionOf(root)?.validFrom ?? null;
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: "Last day in force; null while no end is set (ngày hết hiệu lực).",
  })
  validTo(@Root() root: ProcedureRow): string | null {
    return versionOf(root)?.validTo ?? null;
  }

  @FieldResolver(() => Procedure, {
    nullable: true,
    description: "The procedure that replaces it (thủ tục thay thế).",
  })
  successor(@Root() root: ProcedureRow): Procedure | null {
    const code = versionOf(root)?.successor;
    return code ? procedureOf(code) : null;
  }

  @Directive("@listSize(assumedSize: 6)")
  @FieldResolver(() => [ProcedureFee], { description: "Fees as published (phí, lệ phí)." })
  fees(@Root() root: ProcedureRow): ProcedureFee[] {
    return versionOf(root)?.fees ?? [];
  }

  @FieldResolver(() => ClientJsonScalar, {
    description:
      "JSON Schema (draft 2020-12) of the form that a dossier answers in `form`, with Vietnamese titles (mẫu tờ khai).",
  })
  formSchema(@Root() { code }: ProcedureRow): unknown {
    return procedureForm(code).schema;
  }

  @FieldResolver(() => Agency, { description: "Agency that decides it (cơ quan giải quyết)." })
  agency(@Root() { agency }: ProcedureRow): Agency {
    return agencyOf(agency);
  }

  @FieldResolver(() => [String], { description: "Levels of government that decide it (cấp thực hiện)." })
  levels(@Root() { facts }: ProcedureRow): string[] {
    return facts.levels;
  }

  @FieldResolver(() => ProcessingTime, { description: "Term of the procedure (thời hạn giải quyết)." })
  processingTime(@Root() { facts }: ProcedureRow): ProcessingTime {
    return facts.processingTime;
  }

  @FieldResolver(() => String, { nullable: true, description: "Note on the fees (phí, lệ phí)." })
  feeNote(@Root() { facts }: ProcedureRow): string | null {
    return facts.feeNote;
  }

  @FieldResolver(() => [ChannelEnum], { description: "Channels of submission (cách thức thực hiện)." })
  channels(@Root() { facts }: ProcedureRow): ProcedureRow["facts"]["channels"] {
    return facts.channels;
  }

  @FieldResolver(() => [RequiredPaper], {
    nullable: true,
    description: "Null where the catalogue publishes none, which forbids no paper (thành phần hồ sơ).",
  })
  requiredPapers(@Root() root: ProcedureRow): RequiredPaper[] | null {
    const codes = versionOf(root)?.requiredPapers ?? null;
    return codes?.map((code) => ({ code, name: paperOf(code)?.name ?? code })) ?? null;
  }

  @FieldResolver(() => [ProcedureResult], { description: "Results of the procedure (kết quả thực hiện)." })
  results(@Root() { facts }: ProcedureRow): ProcedureResult[] {
    return facts.results;
  }

  @FieldResolver(() => [String], { description: "Decisions that published it (căn cứ pháp lý)." })
  legalBasis(@Root() { facts }: ProcedureRow): string[] {
    return facts.legalBasis;
  }
}

@Resolver(() => DossierPart)
export class PartProcedureResolver {
  @FieldResolver(() => Procedure, {
    nullable: true,
    description: "The procedure, in the version of the day of receipt (thủ tục hành chính).",
  })
  async procedure(@Root() { procedure, dossierId }: StepRow, @Ctx() ctx: OneStopContext): Promise<Procedure | null> {
    const { receivedAt, procedureCode } = await ctx.loaders.dossierById.load(dossierId);
    // a stage that no catalogue lists is one of the dossier's procedure
    return procedureAt(procedure, receivedAt) ?? procedureAt(procedureCode, receivedAt);
  }
}
