import { createHash } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import type { DossierKind } from "../definitions/dossier-kind.ts";
import { dossiers } from "../tables.ts";
import { uuidOfDigest } from "./stored-digest.ts";
import { duplicateKeys } from "./tables.ts";

/** Keys of the case of a request as they are stored, each once: a request may name one person twice, which its agency refuses. */
export function keysOfCase<Request>(kind: DossierKind<Request>, request: Request): string[] {
  const { id, casesOf = id } = kind;
  return [...new Set(kind.duplicateKeys?.(request))].map((key) => storedKey(`${casesOf}:${key}`));
}

/** Key of a case as it is stored. */
export function storedKey(key: string): string {
  return uuidOfDigest(createHash("sha256").update(key).digest());
}

/** Code of a dossier that holds one of these keys, if there is one. */
export async function holderOfKeys(db: Database, keys: readonly string[]): Promise<string | null> {
  if (keys.length === 0) return null;
  const [row] = await db
    .select({ code: dossiers.code })
    .from(duplicateKeys)
    .innerJoin(dossiers, eq(dossiers.id, duplicateKeys.dossierId))
    .where(inArray(duplicateKeys.key, [...keys]))
    .limit(1);
  return row?.code ?? null;
}
