import { createHash } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import { dossiers } from "../tables.ts";
import type { Application } from "./application.ts";
import { duplicateKeys } from "./tables.ts";

/** Keys of an application's case as they are stored. */
export function keysOfCase(kindId: string, application: Application): string[] {
  return application.duplicateKeys.map((key) => storedKey(`${kindId}:${key}`));
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
