import type { Agencies } from "../saga/agency-client.ts";
import { inParallel } from "./agency-answers.ts";
import type { ComparedDossier, ComparedStep } from "./comparison.ts";
import type { Finding, ResolvedFinding } from "./findings.ts";
import { factsOfGrant, redeliver } from "./redelivery.ts";
import { type Desk, ENTERED_AGAIN, recordResult, requireDossier, resume } from "./resumption.ts";

const DOSSIERS_AT_ONCE = 4;

/** Dossier with parts that an agency has lost. They wait until every dossier of the run is compared. */
export type LosingDossier = {
  id: string;
  /** Steps that a person has to mend. */
  wrong: Set<string | null>;
  /** Decided parts, which are delivered again. */
  decided: DecidedPart[];
  /** Findings of open steps, which are resumed thereafter. */
  open: Finding[];
};
/** `position` sorts parts by the day of the entry, then by the instant of the decision, then by dossier. */
type DecidedPart = { finding: Finding; dependsOn: readonly string[]; position: string };

/** The remedies of a dossier that have to wait for other dossiers; null if no part of it is lost. */
export function losingDossier({ id, steps }: ComparedDossier, findings: readonly Finding[]): LosingDossier | null {
  if (!findings.some(({ kind }) => kind === "MISSING_AT_AGENCY")) return null;
  const positions = new Map<string, string>();
  const decided = steps.flatMap((step): DecidedPart[] => {
    const finding = findings.find(({ step: key, remedy }) => key === step.key && remedy === "REDELIVER");
    if (!finding) return [];
    const { key, dependsOn } = step;
    // clocks of agencies differ, but no part comes before one that it depends on
    const before = dependsOn.map((other) => positions.get(other) ?? "");
    const position = [`${positionOf(step)} ${id}`, ...before].sort().at(-1) ?? "";
    positions.set(key, position);
    return [{ finding, dependsOn, position }];
  });
  const wrong = new Set(findings.filter(({ remedy }) => remedy === "PERSON").map(({ step }) => step));
  return { id, wrong, decided, open: findings.filter(({ remedy }) => remedy === "RESUME") };
}

/** Day of the entry and instant of the decision, as text that sorts like them. */
function positionOf({ facts, completedAt }: Pick<ComparedStep, "facts" | "completedAt">): string {
  const { on = "" } = factsOfGrant({ facts, completedAt });
  return `${on} ${completedAt ? new Date(completedAt).toISOString() : ""}`;
}

/**
 * Delivers decided parts again one after the other, in the order of the days of their entries: otherwise an agency would take a later
 * entry for a newer fact about an earlier one. Open parts follow, because the agency decides them by its entries.
 */
export async function mendLostParts(
  desk: Desk & { agencies: Agencies },
  dossiers: readonly LosingDossier[],
  found: (finding: ResolvedFinding) => void,
): Promise<void> {
  const parts = dossiers.flatMap((dossier) => dossier.decided.map((part) => ({ dossier, ...part })));
  parts.sort((a, b) => (a.position === b.position ? 0 : a.position < b.position ? -1 : 1));
  for (const { dossier, finding, dependsOn } of parts) {
    const basis = dependsOn.find((key) => dossier.wrong.has(key));
    const done: ResolvedFinding = basis
      ? { ...finding, outcome: "PERSON", note: `${basis} has to be mended first` }
      : await redelivered(desk, dossier.id, finding);
    if (done.outcome !== "RESUMED") dossier.wrong.add(done.step);
    found(done);
  }
  await inParallel(dossiers, DOSSIERS_AT_ONCE, async ({ id, open }) => {
    for (const finding of await resumed(desk, id, open)) found(finding);
  });
}

async function redelivered(
  desk: Desk & { agencies: Agencies },
  dossierId: string,
  finding: Finding,
): Promise<ResolvedFinding> {
  const dossier = await requireDossier(desk, dossierId);
  const step = dossier.steps.find(({ key }) => key === finding.step);
  if (!step) throw new Error(`Dossier ${dossier.code} has no step ${finding.step}`);
  const { outcome, note, answer } = await redeliver(desk.agencies, dossier, step);
  if (answer?.state === "GRANTED") await recordResult(desk, dossierId, step, answer, ENTERED_AGAIN);
  return { ...finding, outcome, note };
}

/** Resumes the steps of findings in one transition, also those that depend on each other. */
export async function resumed(desk: Desk, dossierId: string, open: readonly Finding[]): Promise<ResolvedFinding[]> {
  const keys = open.flatMap(({ step }) => step ?? []);
  if (open.length > 0) await resume(desk, dossierId, keys);
  return open.map((finding) => ({ ...finding, outcome: "RESUMED" }));
}
