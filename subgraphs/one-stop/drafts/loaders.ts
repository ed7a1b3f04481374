import DataLoader from "dataloader";
import { inArray } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import { drafts } from "./tables.ts";

export function draftLoaders(db: Database) {
  return {
    /** Codes of the drafts that dossiers were submitted from. */
    draftByDossier: new DataLoader<string, string | null>(async (ids) => {
      const rows = await db
        .select({ id: drafts.dossierId, code: drafts.code })
        .from(drafts)
        .where(inArray(drafts.dossierId, [...ids]));
      return ids.map((id) => rows.find((row) => row.id === id)?.code ?? null);
    }),
  };
}
