import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import type { LiveRules } from "../clock-rules/rules-log.ts";
import type { BackoffPolicies } from "../saga/backoff.ts";
import { type LiveDossier, loadDossier, type StoredStep } from "../saga/dossier.ts";
import { writeTransition } from "../saga/store.ts";
import { packEntries } from "../saga/stored-history.ts";
import { transition } from "../saga/transition.ts";
import type { DossierStore } from "./dossiers.ts";

export type Desk = DossierStore & { backoff: BackoffPolicies; rules: LiveRules; now: () => Date };

/** Notes in the history of the dossier, which the citizen reads. */
export const ENTERED_AGAIN = "Cơ quan đã ghi lại kết quả vào sổ sau khi khôi phục dữ liệu";
export const REFERENCE_RENEWED = "Đã cập nhật kết quả theo sổ của cơ quan sau khi đối soát";

/** Makes open steps due at once and updates dependants and dossier; the desk's workers do the rest. */
export async function resume(desk: Desk, dossierId: string, steps: readonly string[]): Promise<LiveDossier> {
  for (;;) {
    const dossier = await requireDossier(desk, dossierId);
    await desk.rules.reach(dossier.rulesRevision);
    const now = desk.now();
    const options = {
      now,
      jitter: 0,
      backoff: desk.backoff,
      actor: "ONE_STOP",
      leaseFollowUps: false,
      rules: desk.rules,
    };
    const next = transition(dossier, [{ kind: "RESUMED", steps }], null, options);
    if (next.steps.length === 0 && next.history.length === 0) return dossier;
    const written = await writeTransition(desk.sql, dossier, next, now, 0);
    if (written) return written.dossier; // otherwise a worker was faster: load the dossier again
  }
}

/** Stores the register entry that the agency names for a granted step, with an entry in the history. */
export async function recordResult(
  { sql, now }: Pick<Desk, "sql" | "now">,
  dossierId: string,
  step: Pick<StoredStep, "id" | "key" | "agency">,
  { result }: StoredAnswer,
  note: string,
): Promise<void> {
  await sql.begin(async (tx) => {
    // lock order as in every writer: dossier before steps; the new revision makes workers load the dossier again
    await tx`update dossiers set revision = revision + 1 where id = ${dossierId}`;
    await tx`
      update steps set result_type = ${result?.type ?? null}, result_id = ${result?.id ?? null}
       where id = ${step.id} and state = 'GRANTED'`;
    await tx`
      insert into history (dossier_id, at, entries)
      values (${dossierId}, ${now()}, ${packEntries([{ stepKey: step.key, state: "GRANTED", actor: step.agency, note }])})`;
  });
}

/** @throws if the dossier is missing, although the desk never deletes one */
export async function requireDossier({ sql, kinds }: DossierStore, dossierId: string): Promise<LiveDossier> {
  const dossier = await loadDossier(sql, kinds, dossierId);
  if (!dossier) throw new Error(`Dossier ${dossierId} has gone while it was compared`);
  return dossier;
}
