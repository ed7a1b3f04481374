import { createHash } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import type { DossierKind } from "../definitions/dossier-kind.ts";
import { dossiers } from "../tables.ts";
import { duplicateKeys } from "./tables.ts";

/** Keys of the case of a request as they are stored. */
export function keysOfCase<Request>(kind: DossierKind<Request>, request: Request): string[] {
  return (kind.duplicateKeys?.(request) ?? []).map((key) => storedKey(`${kind.id}:${key}`));
}

/** The first half of the key's SHA-256 digest as a UUID, which needs a third of the text's bytes in the table and in its index. */
export function storedKey(key: string): string {
  const digits = createHash("sha256").update(key).digest("hex");
  return digits.slice(0, 32).replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
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
