import DataLoader from "dataloader";
import { asc, inArray } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import { acts } from "./tables.ts";

export type ActRow = Pick<
  typeof acts.$inferSelect,
  "dossierId" | "stepId" | "kind" | "owner" | "role" | "at" | "instruction"
>;

export function workLoaders(db: Database) {
  return {
    /** Acts of people on a dossier, oldest first. */
    actsByDossier: new DataLoader<string, ActRow[]>(async (ids) => {
      const { dossierId, stepId, kind, owner, role, at, instruction } = acts;
      const rows = await db
        .select({ dossierId, stepId, kind, owner, role, at, instruction })
        .from(acts)
        .where(inArray(dossierId, [...ids]))
        .orderBy(asc(acts.id));
      return ids.map((id) => rows.filter((row) => row.dossierId === id));
    }),
  };
}
