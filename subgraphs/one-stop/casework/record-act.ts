import type postgres from "postgres";
import { recordChangeInSql } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { numbersOf } from "../../_shared/registers/personal-numbers.ts";

/** Records a person's change of a dossier for all its parties, in the transaction that makes it. */
export async function recordAct(
  tx: postgres.Sql,
  caller: Caller,
  { id, code }: { id: string; code: string },
  changed: "Dossier" | "DossierPart" | "Payment",
): Promise<void> {
  const [row] = await tx<{ parties: string }[]>`select parties from dossiers where id = ${id}`;
  await recordChangeInSql(tx, { ...caller, purpose: code }, numbersOf(row?.parties ?? ""), [changed]);
}
