import type postgres from "postgres";

/** Attachments that the gateway has stored. */
export type Attachments = {
  /** @throws UNAVAILABLE while the store does not respond */
  has(id: string): Promise<boolean>;
  /** Removes orphans: attachments without a dossier a day after their last upload. @returns their number */
  removeOrphans(sql: postgres.Sql, now: number): Promise<number>;
};

/** Age after which an attachment without a dossier is an orphan. */
export const ORPHAN_MS = 86_400_000;

/** Digest in an attachment's id; undefined if the id is malformed. */
export function digestOf(id: string): string | undefined {
  return /^sha256:([0-9a-f]{64})$/.exec(id)?.[1];
}

/** The given digests that no dossier uses. */
export async function unusedDigests(sql: postgres.Sql, digests: readonly string[]): Promise<string[]> {
  const ids = digests.map((digest) => `sha256:${digest}`);
  const used = await sql<{ attachment: string }[]>`
    select distinct attachment from dossier_attachments where attachment = any(${ids})`;
  const known = new Set(used.map(({ attachment }) => attachment));
  return digests.filter((digest) => !known.has(`sha256:${digest}`));
}
