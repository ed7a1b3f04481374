import DataLoader from "dataloader";
import { inArray } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import { requests } from "../tables.ts";

export function draftCertificateLoaders(db: Database) {
  return {
    /** Requests of dossiers, as their kinds have parsed them. */
    requestByDossier: new DataLoader<string, object>(async (ids) => {
      const rows = await db
        .select()
        .from(requests)
        .where(inArray(requests.dossierId, [...ids]));
      return ids.map(
        (id) => rows.find((row) => row.dossierId === id)?.request ?? new Error(`Dossier ${id} has no request`),
      );
    }),
  };
}
