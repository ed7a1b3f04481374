import { and, desc, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { parseLegalDay } from "../../_shared/reference/days.ts";
import { matchesPerson } from "../../_shared/registers/name-search.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { numberParts } from "../books/entry-number.ts";
import { bookNumbers } from "../books/tables.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { visibleMarriages } from "../rights.ts";
import type { MarriageFilter } from "./input.ts";
import {
  currentMarriage,
  endOfMarriage,
  marriageColumns,
  marriageRegistrationOf,
  numberOfMarriage,
} from "./loaders.ts";
import { shownMarriage } from "./references.ts";
import { marriageEnds, marriages, marriageVersions } from "./tables.ts";
import type { MarriageRegistrationConnection } from "./types.ts";

const dayCursor = z.tuple([z.string().refine((day) => parseLegalDay(day).ok), z.uuid()]);

/** A page of the marriages that match, the last registered first. */
export async function searchMarriages(
  ctx: CivilStatusContext,
  { search, office, number, registeredFrom, registeredTo }: MarriageFilter,
  first: number,
  after: string | null,
): Promise<MarriageRegistrationConnection> {
  const size = pageSize(first);
  const given = number ? numberParts(number) : null;
  const rows = await ctx.db
    .select(marriageColumns)
    .from(marriages)
    .innerJoin(bookNumbers, numberOfMarriage)
    .innerJoin(marriageVersions, currentMarriage)
    .leftJoin(marriageEnds, endOfMarriage)
    .where(
      and(
        visibleMarriages(ctx.caller),
        matchesPerson(
          search,
          [marriages.husbandKey, marriages.wifeKey],
          [marriageVersions.husbandName, marriageVersions.wifeName],
        ),
        office ? eq(bookNumbers.commune, office) : undefined,
        given ? and(eq(bookNumbers.book, "MARRIAGE"), eq(bookNumbers.year, given.year)) : undefined,
        given ? eq(bookNumbers.number, given.number) : undefined,
        registeredFrom ? gte(marriages.registeredOn, registeredFrom) : undefined,
        registeredTo ? lte(marriages.registeredOn, registeredTo) : undefined,
        after ? beyond(decodeCursor(after, dayCursor)) : undefined,
      ),
    )
    .orderBy(desc(marriages.registeredOn), desc(marriages.id))
    .limit(size + 1);
  const page = pageOf(rows.map(marriageRegistrationOf), size, ({ registeredOn, id }) => [registeredOn, id]);
  for (const marriage of page.nodes) shownMarriage(marriage, ctx);
  return page;
}

function beyond([registeredOn, id]: readonly [string, string]): SQL {
  return sql`(${marriages.registeredOn}, ${marriages.id}) < (${registeredOn}::date, ${id}::uuid)`;
}
