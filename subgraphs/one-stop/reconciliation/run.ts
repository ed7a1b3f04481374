import type { AgencyCode } from "../../agency-registry.ts";
import type { Agencies } from "../saga/agencies.ts";
import { type Inquiry, inParallel, inquiry } from "./answers.ts";
import { type Answers, type ComparedDossier, differences } from "./comparison.ts";
import { countDossiers, dossiersAfter, dossiersByIds, idsOf, type Range } from "./dossiers.ts";
import type { Finding, Settled } from "./findings.ts";
import { findLostDossiers } from "./lost-dossiers.ts";
import type { Desk } from "./resumption.ts";
import { settle } from "./settling.ts";

const DOSSIERS_IN_A_BATCH = 200;
const DOSSIERS_SETTLED_AT_ONCE = 4;
const LOOKS = 3;

export type Reconciliation = Desk & { agencies: Agencies };
export type Progress = {
  dossiers: number;
  /** Of the range, as counted at the beginning. */
  total: number;
  steps: number;
  /** Parts that the agencies listed. */
  received: number;
  /** All dossiers recorded before this are done: where another run can begin. */
  upTo: Date | null;
};
export type Silence = { agency: AgencyCode; reason: string; parts: number };
export type Reconciled = Progress & { silent: Silence[] };
export type Options = Range & { dryRun: boolean };
export type Listener = { found(finding: Settled): void; progressed(progress: Progress): void };

/**
 * Compares every dossier of a range with what its agencies answer, tells what differs and resumes what can be. It reads
 * the desk's own database alone: the agencies are other institutions and are asked. Beside running workers it is safe.
 */
export async function reconcile(on: Reconciliation, options: Options, tell: Listener): Promise<Reconciled> {
  const asking = inquiry(on.agencies);
  const progress: Progress = {
    dossiers: 0,
    total: await countDossiers(on.sql, options),
    steps: 0,
    received: 0,
    upTo: null,
  };
  let { after } = idsOf(options);
  for (;;) {
    const batch = await dossiersAfter(on, options, after, DOSSIERS_IN_A_BATCH);
    const last = batch.at(-1);
    if (!last) break;
    const compared = await compareCarefully(on, asking, batch);
    await inParallel(compared, DOSSIERS_SETTLED_AT_ONCE, async ({ dossier, findings, answers }) => {
      const done = options.dryRun ? findings.map(planned) : await settle(on, dossier, findings, answers);
      for (const finding of done) tell.found(finding);
    });
    after = last.id;
    progress.dossiers += batch.length;
    progress.steps += batch.reduce((sum, { steps }) => sum + steps.length, 0);
    progress.upTo = last.recordedAt;
    tell.progressed(progress);
  }
  if (options.dossier === undefined) {
    const listed = (parts: number) => {
      progress.received += parts;
      tell.progressed(progress);
    };
    const where = { range: options, dryRun: options.dryRun };
    await findLostDossiers(on, asking, where, { found: tell.found, listed });
  }
  const silent = [...asking.silent].map(([agency, { reason, parts }]) => ({ agency, reason, parts }));
  return { ...progress, silent };
}

function planned(finding: Finding): Settled {
  return { ...finding, outcome: finding.remedy === "PERSON" ? "PERSON" : "PLANNED" };
}

type Compared = { dossier: ComparedDossier; findings: Finding[]; answers: Answers };

/** What differs, and still does at a second look if a worker changed the dossier while the agencies were asked. */
async function compareCarefully(
  on: Reconciliation,
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
      on,
      differing.map(({ dossier }) => dossier.id),
    );
    const moved = newest.filter(({ id, revision }) =>
      differing.some(({ dossier }) => dossier.id === id && dossier.revision !== revision),
    );
    const again = look < LOOKS ? moved : [];
    found.push(...differing.filter(({ dossier }) => !again.some(({ id }) => id === dossier.id)));
    looking = again;
  }
  return found;
}
