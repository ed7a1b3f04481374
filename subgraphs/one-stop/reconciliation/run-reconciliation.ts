import type { AgencyCode } from "../../agency-registry.ts";
import type { Agencies } from "../saga/agency-client.ts";
import { type Inquiry, inParallel, inquiry } from "./agency-answers.ts";
import { applyRemedies, type Remedied } from "./apply-remedies.ts";
import { type Answers, type ComparedDossier, differences } from "./comparison.ts";
import { countDossiers, dossiersAfter, dossiersByIds, idsOf, type Range } from "./dossiers.ts";
import type { Finding, ResolvedFinding } from "./findings.ts";
import { findLostDossiers } from "./lost-dossiers.ts";
import { type LosingDossier, mendLostParts } from "./lost-parts.ts";
import type { Desk } from "./resumption.ts";

const DOSSIERS_IN_A_BATCH = 200;
const DOSSIERS_AT_ONCE = 4;
const MAX_COMPARISONS = 3;

export type Reconciliation = Desk & { agencies: Agencies };
export type Progress = {
  dossiers: number;
  /** Number of dossiers in the range at the start. */
  total: number;
  steps: number;
  /** Parts that the agencies listed. */
  received: number;
  /** All dossiers recorded before this instant are compared and their remedies applied: another run can start here. */
  upTo: Date | null;
};
export type UnresponsiveAgency = { agency: AgencyCode; reason: string; parts: number };
export type Reconciled = Progress & { unresponsive: UnresponsiveAgency[] };
export type Options = Range & { dryRun: boolean };
export type Listener = { found(finding: ResolvedFinding): void; progressed(progress: Progress): void };

/**
 * Compares every dossier of a range with its agencies' answers, reports the differences and applies the remedies. It reads
 * only the desk's own database, because the agencies are other institutions, and may run beside workers.
 */
export async function reconcile(
  reconciliation: Reconciliation,
  options: Options,
  listener: Listener,
): Promise<Reconciled> {
  const asking = inquiry(reconciliation.agencies);
  const progress: Progress = {
    dossiers: 0,
    total: await countDossiers(reconciliation.sql, options),
    steps: 0,
    received: 0,
    upTo: null,
  };
  let { after } = idsOf(options);
  let upTo = progress.upTo;
  const losing: LosingDossier[] = [];
  for (;;) {
    const batch = await dossiersAfter(reconciliation, options, after, DOSSIERS_IN_A_BATCH);
    const last = batch.at(-1);
    if (!last) break;
    const compared = await compareUntilStable(reconciliation, asking, batch);
    await inParallel(compared, DOSSIERS_AT_ONCE, async ({ dossier, findings, answers }) => {
      const done: Remedied = options.dryRun
        ? { resolved: findings.map(planned), losing: null }
        : await applyRemedies(reconciliation, dossier, findings, answers);
      if (done.losing) losing.push(done.losing);
      for (const finding of done.resolved) listener.found(finding);
    });
    after = last.id;
    progress.dossiers += batch.length;
    progress.steps += batch.reduce((sum, { steps }) => sum + steps.length, 0);
    upTo = last.recordedAt;
    if (losing.length === 0) progress.upTo = upTo;
    listener.progressed(progress);
  }
  await mendLostParts(reconciliation, losing, listener.found);
  progress.upTo = upTo;
  if (options.dossier === undefined) {
    const listed = (parts: number) => {
      progress.received += parts;
      listener.progressed(progress);
    };
    const where = { range: options, dryRun: options.dryRun };
    await findLostDossiers(reconciliation, asking, where, { found: listener.found, listed });
  }
  const unresponsive = [...asking.unresponsive].map(([agency, { reason, parts }]) => ({ agency, reason, parts }));
  return { ...progress, unresponsive };
}

function planned(finding: Finding): ResolvedFinding {
  return { ...finding, outcome: finding.remedy === "PERSON" ? "PERSON" : "PLANNED" };
}

type Compared = { dossier: ComparedDossier; findings: Finding[]; answers: Answers };

/** Differences. A dossier that a worker changed while the agencies were asked is compared a second time. */
async function compareUntilStable(
  reconciliation: Reconciliation,
  asking: Inquiry,
  batch: readonly ComparedDossier[],
): Promise<Compared[]> {
  const found: Compared[] = [];
  let looking = batch;
  for (let look = 1; looking.length > 0; look++) {
    const answers = await asking.statuses(looking);
    const differing = looking
      .map((dossier) => ({ dossier, findings: differences(dossier, answers), answers }))
      .filter(({ findings }) => findings.length > 0);
    const newest = await dossiersByIds(
      reconciliation,
      differing.map(({ dossier }) => dossier.id),
    );
    const moved = newest.filter(({ id, revision }) =>
      differing.some(({ dossier }) => dossier.id === id && dossier.revision !== revision),
    );
    const again = look < MAX_COMPARISONS ? moved : [];
    found.push(...differing.filter(({ dossier }) => !again.some(({ id }) => id === dossier.id)));
    looking = again;
  }
  return found;
}
