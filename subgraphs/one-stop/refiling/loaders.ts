import DataLoader from "dataloader";
import { eq, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Database } from "../../_shared/serving/database.ts";
import { dossiers, steps } from "../tables.ts";

export function refilingLoaders(db: Database) {
  return {
    /** Code of the dossier of which a dossier refiles a part; null for others. */
    refiledFromByDossier: new DataLoader<string, string | null>(async (ids) => {
      const earlier = alias(dossiers, "earlier");
      const rows = await db
        .select({ id: dossiers.id, code: earlier.code })
        .from(dossiers)
        .innerJoin(steps, eq(steps.id, dossiers.refiledFrom))
        .innerJoin(earlier, eq(earlier.id, steps.dossierId))
        .where(inArray(dossiers.id, [...ids]));
      return ids.map((id) => rows.find((row) => row.id === id)?.code ?? null);
    }),
    /** Code of the dossier by which a part was refiled; null for others. */
    refiledAsByPart: new DataLoader<string, string | null>(async (ids) => {
      const rows = await db
        .select({ part: dossiers.refiledFrom, code: dossiers.code })
        .from(dossiers)
        .where(inArray(dossiers.refiledFrom, [...ids]));
      return ids.map((id) => rows.find(({ part }) => part === id)?.code ?? null);
    }),
  };
}
