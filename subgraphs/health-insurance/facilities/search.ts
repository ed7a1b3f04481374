import { and, asc, eq, like, or, type SQL, sql } from "drizzle-orm";
import { foldName } from "../../_shared/reference/person-names.ts";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import { wordsOf } from "../../_shared/registers/name-search.ts";
import type { Database } from "../../_shared/serving/database.ts";
import { careFacilities, communes } from "../tables.ts";
import type { CareFacility } from "../types.ts";

type FacilitySearch = { search: string | null; commune: string | null; province: string | null };

/** Matching facilities, by name. Every word must occur in the name; digits are the beginning of a code. */
export async function searchFacilities(
  db: Database,
  { search, commune, province }: FacilitySearch,
  most: number,
): Promise<CareFacility[]> {
  const rows = await db
    .select({ code: careFacilities.code, name: careFacilities.name, communeCode: careFacilities.communeCode })
    .from(careFacilities)
    .innerJoin(
      communes,
      and(eq(communes.list, careFacilities.communeList), eq(communes.code, careFacilities.communeCode)),
    )
    .where(
      and(
        commune ? eq(careFacilities.communeCode, commune) : undefined,
        province ? eq(communes.province, province) : undefined,
        ...typedWords(search ?? "").map(named),
      ),
    )
    .orderBy(asc(careFacilities.name), asc(careFacilities.code))
    .limit(most);
  return rows.map(({ communeCode, ...facility }) => ({ ...facility, commune: communeOf(communeCode) }));
}

function named(word: string): SQL | undefined {
  const folded = sql`array_to_string(${wordsOf(careFacilities.name)}, ' ')`;
  return or(sql`${folded} like ${`%${word}%`}`, like(careFacilities.code, `${word}%`));
}

/** Limit of eight words: further words would hardly change the result. */
function typedWords(search: string): string[] {
  return foldName(search)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .slice(0, 8);
}
