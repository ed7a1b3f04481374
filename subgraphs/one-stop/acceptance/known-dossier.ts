import { and, eq } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import { dossiers } from "../tables.ts";
import { uuidOfDigest } from "./stored-digest.ts";

export type KnownDossier = { kind: "KNOWN"; id: string; code: string; sameBody: boolean };

/** Digest of a submission's body (`bodyHash`) as a dossier stores it. */
export function storedHash(hash: string): string {
  return uuidOfDigest(Buffer.from(hash, "base64url"));
}

/** Dossier that this owner opened with this key, if there is one. */
export async function knownByKey(db: Database, owner: string, key: string, hash: string): Promise<KnownDossier | null> {
  const [row] = await db
    .select({ id: dossiers.id, code: dossiers.code, bodyHash: dossiers.bodyHash })
    .from(dossiers)
    .where(and(eq(dossiers.owner, owner), eq(dossiers.idempotencyKey, key)));
  return row ? { kind: "KNOWN", id: row.id, code: row.code, sameBody: row.bodyHash === storedHash(hash) } : null;
}
