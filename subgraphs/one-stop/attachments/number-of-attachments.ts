import type { OneStopContext } from "../loaders.ts";

/** Largest number of papers of a submission, and of attachments of a dossier with its answers to supplements. */
export const MOST_ATTACHMENTS = 100;

/** Number of a dossier's attachments together with further ones. */
export async function numberOfAttachments(
  { database: { sql } }: OneStopContext,
  dossierId: string,
  further: readonly string[],
): Promise<number> {
  const [row] = await sql<{ all: number }[]>`
    select count(*)::int as all from (
      select attachment from dossier_attachments where dossier_id = ${dossierId}
      union select jsonb_array_elements_text(${sql.json([...further])}::jsonb)) as each`;
  return row?.all ?? 0;
}
