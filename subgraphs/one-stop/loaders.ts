import DataLoader from "dataloader";
import { asc, inArray } from "drizzle-orm";
import type { Context } from "../_shared/serving/context.ts";
import type { DossierDefinition } from "./definitions/definition.ts";
import type { DeskKeeper } from "./desk.ts";
import type { StepRow } from "./dossiers/types.ts";
import { dossiers, steps } from "./tables.ts";

export type OneStopLoaders = ReturnType<typeof oneStopLoaders>;
export type OneStopContext = Context<OneStopLoaders>;

export function oneStopLoaders({ db }: Pick<Context, "db">, keeper: DeskKeeper) {
  return {
    /** The agencies, the worker and the configuration of this process. */
    desk: () => keeper.desk(),
    /** All steps of a dossier in their order, parts or not. */
    stepsByDossier: new DataLoader<string, StepRow[]>(async (ids) => {
      const rows = await db
        .select()
        .from(steps)
        .where(inArray(steps.dossierId, [...ids]))
        .orderBy(asc(steps.ordinal));
      return ids.map((id) => rows.filter((row) => row.dossierId === id));
    }),
    /** Definitions that dossiers pin. */
    definitionByDossier: new DataLoader<string, DossierDefinition>(async (ids) => {
      const { id, definitionId, definitionVersion } = dossiers;
      const rows = await db
        .select({ id, definitionId, definitionVersion })
        .from(dossiers)
        .where(inArray(id, [...ids]));
      const { kinds } = keeper.desk();
      return ids.map((wanted) => {
        const row = rows.find((each) => each.id === wanted);
        if (!row) return new Error(`Dossier ${wanted} of a part is missing`);
        return kinds.pinned(row.definitionId, row.definitionVersion).definition;
      });
    }),
  };
}
