import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import type { LandContext } from "../loaders.ts";
import { liveParcels, parcelVersions } from "../tables.ts";
import type { LandParcelFilter } from "./input.ts";
import { parcelColumns, parcelOf } from "./loaders.ts";
import type { LandParcelConnection } from "./types.ts";

const placeCursor = z.tuple([z.int32().min(0), z.int32().min(0)]);

/** A page of the parcels in force of a commune, by sheet and number. */
export async function searchParcels(
  { db }: LandContext,
  { commune, sheetNumber, parcelNumber }: LandParcelFilter,
  first: number,
  after: string | null,
): Promise<LandParcelConnection> {
  const size = pageSize(first);
  const { sheetNo, parcelNo } = liveParcels;
  const rows = await db
    .select(parcelColumns)
    .from(liveParcels)
    .innerJoin(
      parcelVersions,
      and(eq(parcelVersions.parcelId, liveParcels.parcelId), eq(parcelVersions.version, liveParcels.version)),
    )
    .where(
      and(
        eq(liveParcels.communeCode, commune),
        sheetNumber == null ? undefined : eq(sheetNo, sheetNumber),
        parcelNumber == null ? undefined : eq(parcelNo, parcelNumber),
        after ? beyond(decodeCursor(after, placeCursor)) : undefined,
      ),
    )
    .orderBy(asc(sheetNo), asc(parcelNo))
    .limit(size + 1);
  return pageOf(rows.map(parcelOf), size, ({ sheetNumber, parcelNumber }) => [sheetNumber, parcelNumber]);
}

function beyond([sheet, number]: readonly [number, number]): SQL {
  return sql`(${liveParcels.sheetNo}, ${liveParcels.parcelNo}) > (${sheet}, ${number})`;
}
