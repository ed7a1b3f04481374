import { eq, inArray } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import { dossiers, duplicateKeys } from "../tables.ts";
import type { Application } from "./application.ts";

/** Keys of an application's case as they are stored. */
export function keysOfCase(kindId: string, application: Application): string[] {
  return application.duplicateKeys.map((key) => `${kindId}:${key}`);
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
