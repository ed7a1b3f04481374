import DataLoader from "dataloader";
import { asc, inArray } from "drizzle-orm";
import type { Context } from "../../_shared/serving/context.ts";
import { actParcels } from "../tables.ts";

export function actLoaders({ db }: Pick<Context, "db">) {
  return {
    /** Codes of the parcels that each act concerns. */
    parcelCodesByAct: new DataLoader<string, string[]>(async (ids) => {
      const rows = await db
        .select()
        .from(actParcels)
        .where(inArray(actParcels.actId, [...ids]))
        .orderBy(asc(actParcels.parcelId));
      return ids.map((id) => rows.filter(({ actId }) => actId === id).map(({ parcelId }) => parcelId));
    }),
  };
}
