import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import type { Paces } from "../saga/backoff.ts";
import { type LiveDossier, loadDossier, type StoredStep } from "../saga/dossier.ts";
import { writeTransition } from "../saga/store.ts";
import { transition } from "../saga/transition.ts";
import type { DossierStore } from "./dossiers.ts";

export type Desk = DossierStore & { paces: Paces; now: () => Date };

/** What a citizen reads in the history of the dossier. */
export const ENTERED_AGAIN = "Cơ quan đã ghi lại kết quả vào sổ sau khi khôi phục dữ liệu";
export const REFERENCE_RENEWED = "Đã cập nhật kết quả theo sổ của cơ quan sau khi đối soát";

/** Has open steps worked on at once, and draws conclusions nobody drew; the desk's workers do the rest. */
export async function resume(desk: Desk, dossierId: string, steps: readonly string[]): Promise<LiveDossier> {
  for (;;) {
    const dossier = await existing(desk, dossierId);
    const now = desk.now();
    const options = { now, chance: 0, paces: desk.paces, actor: "ONE_STOP", leaseFollowUps: false };
    const next = transition(dossier, [{ kind: "RESUMED", steps }], null, options);
    if (next.steps.length === 0 && next.history.length === 0) return dossier;
    const written = await writeTransition(desk.sql, dossier, next, now, 0);
    if (written) return written.dossier; // otherwise a worker was faster: look again
  }
}

/** Takes over the register entry that the agency names for a granted step, and says so in the history. */
export async function recordResult(
  { sql, now }: Desk,
  dossierId: string,
  step: Pick<StoredStep, "id" | "key" | "agency">,
  { result }: StoredAnswer,
  note: string,
): Promise<void> {
  await sql.begin(async (tx) => {
    // the dossier before its steps, as every writer; a worker that knows the step from before has to look again
    await tx`update dossiers set revision = revision + 1 where id = ${dossierId}`;
    await tx`
      update steps set result_type = ${result?.type ?? null}, result_id = ${result?.id ?? null}
       where id = ${step.id} and state = 'GRANTED'`;
    await tx`
      insert into history (dossier_id, at, step_key, state, actor, note)
      values (${dossierId}, ${now()}, ${step.key}, 'GRANTED', ${step.agency}, ${note})`;
  });
}

/** @throws if the dossier is gone: the desk never deletes one */
export async function existing({ sql, kinds }: DossierStore, dossierId: string): Promise<LiveDossier> {
  const dossier = await loadDossier(sql, kinds, dossierId);
  if (!dossier) throw new Error(`Dossier ${dossierId} has gone while it was compared`);
  return dossier;
}
