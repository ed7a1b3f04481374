import { and, desc, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { parseLegalDay } from "../../_shared/reference/days.ts";
import { matchesPerson } from "../../_shared/registers/name-search.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { numberParts } from "../books/entry-number.ts";
import { bookNumbers } from "../books/tables.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { visibleDeaths } from "../rights.ts";
import type { DeathFilter } from "./input.ts";
import { currentDeath, deathColumns, deathRegistrationOf, numberOfDeath } from "./loaders.ts";
import { shownDeath } from "./references.ts";
import { deaths, deathVersions } from "./tables.ts";
import type { DeathRegistrationConnection } from "./types.ts";

const dayCursor = z.tuple([z.string().refine((day) => parseLegalDay(day).ok), z.uuid()]);

/** A page of the deaths that match, the last registered first. */
export async function searchDeaths(
  ctx: CivilStatusContext,
  { search, office, number, registeredFrom, registeredTo }: DeathFilter,
  first: number,
  after: string | null,
): Promise<DeathRegistrationConnection> {
  const size = pageSize(first);
  const given = number ? numberParts(number) : null;
  const rows = await ctx.db
    .select(deathColumns)
    .from(deaths)
    .innerJoin(bookNumbers, numberOfDeath)
    .innerJoin(deathVersions, currentDeath)
    .where(
      and(
        visibleDeaths(ctx.caller),
        matchesPerson(search, [deaths.deceasedKey], [deathVersions.fullName]),
        office ? eq(bookNumbers.commune, office) : undefined,
        given ? and(eq(bookNumbers.book, "DEATH"), eq(bookNumbers.year, given.year)) : undefined,
        given ? eq(bookNumbers.number, given.number) : undefined,
        registeredFrom ? gte(deaths.registeredOn, registeredFrom) : undefined,
        registeredTo ? lte(deaths.registeredOn, registeredTo) : undefined,
        after ? beyond(decodeCursor(after, dayCursor)) : undefined,
      ),
    )
    .orderBy(desc(deaths.registeredOn), desc(deaths.id))
    .limit(size + 1);
  const page = pageOf(rows.map(deathRegistrationOf), size, ({ registeredOn, id }) => [registeredOn, id]);
  for (const death of page.nodes) shownDeath(death, ctx);
  return page;
}

function beyond([registeredOn, id]: readonly [string, string]): SQL {
  return sql`(${deaths.registeredOn}, ${deaths.id}) < (${registeredOn}::date, ${id}::uuid)`;
}
