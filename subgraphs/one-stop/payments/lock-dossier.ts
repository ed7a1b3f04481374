import type postgres from "postgres";

/** Locks a dossier for the transaction. Every writer of payments locks the dossier first, which prevents deadlocks. */
export async function lockDossier(tx: postgres.Sql, dossierId: string): Promise<void> {
  await tx`select 1 from dossiers where id = ${dossierId} for update`;
}
