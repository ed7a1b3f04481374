import type postgres from "postgres";

/** Removes expired drafts. A submitted draft is kept without its content. @returns the number of removed drafts */
export async function removeExpiredDrafts(sql: postgres.Sql, now: Date): Promise<number> {
  const removed = await sql`delete from drafts where dossier_id is null and expires_at < ${now} returning code`;
  return removed.length;
}
