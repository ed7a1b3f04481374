import DataLoader from "dataloader";
import { and, asc, eq, inArray } from "drizzle-orm";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { parcelAncestry, parcels, parcelVersions } from "../tables.ts";
import type { LandParcel } from "../types.ts";

export const parcelColumns = {
  id: parcelVersions.parcelId,
  areaM2: parcelVersions.areaM2,
  communeCode: parcelVersions.communeCode,
  sheetNumber: parcelVersions.sheetNo,
  parcelNumber: parcelVersions.parcelNo,
  purpose: parcelVersions.purpose,
  termEndsOn: parcelVersions.termEndsOn,
  state: parcelVersions.state,
};
type ParcelRow = Omit<LandParcel, "commune"> & { communeCode: string };

export function parcelOf({ communeCode, ...parcel }: ParcelRow): LandParcel {
  return { ...parcel, commune: communeOf(communeCode) };
}

export function parcelLoaders({ db }: Pick<Context, "db">) {
  const latest = latestVersion(parcelVersions.version, parcelVersions.parcelId, parcels.id);
  /** Relatives in one direction: `of` is the column of the known parcel, `relative` the column of those searched. */
  const relatives = (of: "childId" | "parentId", relative: "childId" | "parentId") =>
    new DataLoader<string, LandParcel[]>(async (codes) => {
      const rows = await db
        .select({ of: parcelAncestry[of], ...parcelColumns })
        .from(parcelAncestry)
        .innerJoin(parcels, eq(parcels.id, parcelAncestry[relative]))
        .innerJoin(parcelVersions, and(eq(parcelVersions.parcelId, parcels.id), latest))
        .where(inArray(parcelAncestry[of], [...codes]))
        .orderBy(asc(parcels.id));
      return codes.map((code) => rows.filter((row) => row.of === code).map(({ of: _, ...row }) => parcelOf(row)));
    });
  return {
    /** Parcels by code, in force or ended, in their last state. */
    parcelsByCode: new DataLoader<string, LandParcel | null>(async (codes) => {
      const rows = await db
        .select(parcelColumns)
        .from(parcels)
        .innerJoin(parcelVersions, and(eq(parcelVersions.parcelId, parcels.id), latest))
        .where(inArray(parcels.id, [...codes]));
      const byCode = new Map(rows.map((row) => [row.id, parcelOf(row)]));
      return codes.map((code) => byCode.get(code) ?? null);
    }),
    /** Parcels of which a parcel was made. */
    parentsByParcel: relatives("childId", "parentId"),
    /** Parcels that were made of a parcel. */
    childrenByParcel: relatives("parentId", "childId"),
  };
}
