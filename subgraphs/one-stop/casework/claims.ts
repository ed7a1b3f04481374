import type postgres from "postgres";
import type { StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { loadDossier } from "../saga/dossier.ts";
import { type Holding, holdingsAfter } from "../time-ledger/holdings.ts";
import { packHoldings } from "../time-ledger/stored-holdings.ts";
import { recordAct } from "./record-act.ts";

/**
 * Gives an open part to an officer, or takes it back with null. The dossier's holder changes in the same transaction.
 *
 * @param from officer whose part it may be so far: the caller, unless a leader gives it to another officer
 * @returns false if another officer has the part or it is not open
 */
export async function changeClaim(
  ctx: OneStopContext,
  { id, dossierId }: StepRow,
  officer: Holding["officer"],
  from: string | null = ctx.caller.subject,
): Promise<boolean> {
  const { sql } = ctx.database;
  const { configuration, kinds } = ctx.loaders.desk();
  for (;;) {
    const dossier = await loadDossier(sql, kinds, dossierId);
    const part = dossier?.steps.find((step) => step.id === id);
    const isOpen = part?.state === "PROCESSING" || part?.state === "SUPPLEMENT_NEEDED";
    if (!dossier || !part || !isOpen || (part.claimedBy !== null && part.claimedBy !== from)) return false;
    if (part.claimedBy === (officer?.id ?? null)) return true;
    const claim = { claimedBy: officer?.id ?? null, claimedName: officer?.name ?? null };
    const steps = dossier.steps.map((step) => (step.id === id ? { ...step, ...claim } : step));
    const holdings = holdingsAfter(dossier.holdings, { state: dossier.state, steps }, ctx.now);
    const isWritten = await sql.begin(async (transaction) => {
      const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
      const written = await tx`
        with d as (
          update dossiers set revision = revision + 1, holdings = ${packHoldings(holdings)}
           where id = ${dossierId} and revision = ${dossier.revision} returning id
        )
        update steps set claimed_by = ${claim.claimedBy}, claimed_name = ${claim.claimedName}
          from d where steps.id = ${id} and steps.dossier_id = d.id returning steps.id`;
      if (written.length > 0) await recordAct(tx, ctx.caller, dossier, "DossierPart");
      return written.length > 0;
    });
    if (!isWritten) continue;
    await configuration.failpoints("after-commit", "CLAIM");
    return true;
  }
}
