import DataLoader from "dataloader";
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Context } from "../../_shared/serving/context.ts";
import { acts } from "../acts/tables.ts";
import { encumbranceEnds, encumbrances } from "./tables.ts";
import type { LandEncumbrance } from "./types.ts";

export const encumbranceColumns = {
  parcelId: encumbrances.parcelId,
  id: encumbrances.id,
  kind: encumbrances.kind,
  party: encumbrances.party,
  registeredOn: acts.effectiveOn,
  ground: acts.ground,
};

export function encumbranceLoaders({ db }: Pick<Context, "db">) {
  return {
    /** Encumbrances in force by parcel, the oldest first. */
    encumbrancesByParcel: new DataLoader<string, LandEncumbrance[]>(async (codes) => {
      const rows = await db
        .select(encumbranceColumns)
        .from(encumbrances)
        .innerJoin(acts, eq(acts.id, encumbrances.id))
        .leftJoin(encumbranceEnds, eq(encumbranceEnds.encumbranceId, encumbrances.id))
        .where(and(inArray(encumbrances.parcelId, [...codes]), isNull(encumbranceEnds.encumbranceId)))
        .orderBy(asc(encumbrances.id));
      return codes.map((code) => rows.filter((row) => row.parcelId === code));
    }),
  };
}
