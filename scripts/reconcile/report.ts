import type { Counts } from "../../subgraphs/one-stop/reconciliation/finding-counts.ts";
import {
  FINDING_KINDS,
  type FindingKind,
  type Outcome,
  type ResolvedFinding,
} from "../../subgraphs/one-stop/reconciliation/findings.ts";
import type { Progress, Reconciled } from "../../subgraphs/one-stop/reconciliation/run-reconciliation.ts";

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  RESUMED: "resumed",
  PLANNED: "left (dry run)",
  UNANSWERED: "not answered",
  PERSON: "A PERSON MUST LOOK",
};

/** One finding on one line. */
export function findingLine({
  kind,
  outcome,
  dossier,
  step,
  agency,
  part,
  atOneStop,
  atAgency,
  note,
}: ResolvedFinding): string {
  const where = [dossier ?? "no dossier", step ?? "", agency ?? ""].filter(Boolean).join(" ");
  const states = `here ${atOneStop ?? "unknown"}${agency ? `, there ${atAgency ?? "unknown"}` : ""}`;
  return `${kind}  ${where}  ${states}  ${OUTCOMES[outcome]}: ${note}${part ? `  (part ${part})` : ""}`;
}

/** Progress and rate. Another run can begin at `upTo` (--since). */
export function progressLine({ dossiers, total, steps, received, upTo }: Progress, seconds: number): string {
  const share = total === 0 ? 100 : Math.min(100, Math.floor((dossiers / total) * 100));
  const rate = Math.round(dossiers / Math.max(seconds, 0.001));
  const listed = received > 0 ? `, ${received} parts listed by agencies` : "";
  const until = upTo ? `, up to ${upTo.toISOString()}` : "";
  return `${dossiers} of ${total} dossiers (${share} %), ${steps} steps${until}, ${rate} dossiers/s${listed}`;
}

/** Final table, and the agencies that did not respond. */
export function summaryLines(counts: Counts, done: Reconciled, seconds: number): string[] {
  const kinds = (Object.keys(FINDING_KINDS) as FindingKind[]).filter((kind) => sum(counts[kind]) > 0);
  const header = ["", "found", "resumed", "left", "not answered", "for a person"];
  const rows = kinds.map((kind) => {
    const { RESUMED, PLANNED, UNANSWERED, PERSON } = counts[kind];
    return [kind, sum(counts[kind]), RESUMED, PLANNED, UNANSWERED, PERSON].map(String);
  });
  const silence = done.unresponsive.map(
    ({ agency, reason, parts }) => `${agency} did not answer (${reason}): ${parts} parts could not be compared`,
  );
  return [
    "",
    `Compared ${progressLine(done, seconds)} in ${seconds.toFixed(1)} s`,
    ...(kinds.length === 0 ? ["Nothing differs."] : table([header, ...rows])),
    ...kinds.map((kind) => `  ${kind}: ${FINDING_KINDS[kind]}`),
    ...silence,
  ];
}

function sum(outcomes: Record<Outcome, number>): number {
  return Object.values(outcomes).reduce((total, n) => total + n, 0);
}

function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}
