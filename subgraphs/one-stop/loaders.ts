import DataLoader from "dataloader";
import { asc, inArray } from "drizzle-orm";
import type { Context } from "../_shared/serving/context.ts";
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
    /** The definition that a dossier pinned. */
    bundleByDossier: new DataLoader<string, { bundleId: string; bundleVersion: number }>(async (ids) => {
      const { id, bundleId, bundleVersion } = dossiers;
      const rows = await db
        .select({ id, bundleId, bundleVersion })
        .from(dossiers)
        .where(inArray(id, [...ids]));
      return ids.map(
        (wanted) => rows.find((row) => row.id === wanted) ?? new Error("The dossier of a part is missing"),
      );
    }),
  };
}
