import { asc, gt, inArray } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import { within } from "../../_shared/transfer/columns.ts";
import type { TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { dossiers, steps } from "../tables.ts";

type PartRow = { agency: string; procedure: string; state: string; completedAt: Date | null };
/** A dossier as files have it, without the request. */
type DossierRow = {
  code: string;
  office: string;
  channel: string;
  procedure: string;
  state: string;
  outcome: string | null;
  receivedAt: Date;
  dueAt: Date;
  completedAt: Date | null;
  applicantName: string;
  applicantPersonalId: string | null;
  subjectName: string | null;
  parts: PartRow[];
};

/** Dossiers with the states of their parts. They are only exported: what the saga still has to do is no fact that a file could state. */
const dossierRecords: TransferKind<DossierRow> = {
  name: "DOSSIER",
  columns: {
    ...{ code: "Mã hồ sơ", office: "Nơi tiếp nhận (mã xã)", channel: "Kênh nộp", procedure: "Mã thủ tục" },
    ...{ state: "Trạng thái", outcome: "Kết quả", receivedAt: "Tiếp nhận lúc", dueAt: "Hẹn trả lúc" },
    ...{ completedAt: "Hoàn thành lúc", applicantName: "Người nộp", subjectName: "Đối tượng của hồ sơ" },
    applicantPersonalId: "Số định danh của người nộp",
    ...within("parts[].", "Phần việc", {
      ...{ agency: "Cơ quan", procedure: "Thủ tục", state: "Trạng thái", completedAt: "Hoàn thành lúc" },
    }),
  },
  keyColumns: ["code"],
  citizensOf: ({ applicantPersonalId }) => (applicantPersonalId === null ? [] : [applicantPersonalId]),
  async page(tx, after, size) {
    const rows = await tx
      .select({
        ...{ id: dossiers.id, code: dossiers.code, office: dossiers.office, channel: dossiers.channel },
        ...{ procedure: dossiers.procedureCode, state: dossiers.state, outcome: dossiers.outcome },
        ...{ receivedAt: dossiers.receivedAt, dueAt: dossiers.dueAt, completedAt: dossiers.completedAt },
        ...{ applicantName: dossiers.applicantName, applicantPersonalId: dossiers.applicantPersonalId },
        subjectName: dossiers.subjectName,
      })
      .from(dossiers)
      .where(after === null ? undefined : gt(dossiers.code, after))
      .orderBy(asc(dossiers.code))
      .limit(size);
    const parts = await partsOf(
      tx,
      rows.map(({ id }) => id),
    );
    const whole = rows.map(({ id, ...dossier }) => ({ ...dossier, parts: parts.get(id) ?? [] }));
    return { rows: whole, next: rows.length < size ? null : (rows.at(-1)?.code ?? null) };
  },
};

async function partsOf(tx: Tx, ids: string[]): Promise<Map<string, PartRow[]>> {
  const byDossier = new Map<string, PartRow[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return byDossier;
  const rows = await tx.select().from(steps).where(inArray(steps.dossierId, ids)).orderBy(asc(steps.ordinal));
  for (const { dossierId, part, agency, procedure, state, completedAt } of rows)
    if (part) byDossier.get(dossierId)?.push({ agency, procedure, state, completedAt });
  return byDossier;
}

/** Kinds of records that the desk exports. */
export const transfers: readonly TransferKind[] = [dossierRecords];
