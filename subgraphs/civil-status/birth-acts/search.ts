import { and, eq, gte, lt, lte } from "drizzle-orm";
import * as z from "zod";
import { matchesPerson } from "../../_shared/registers/name-search.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { lastBirths } from "../birth-loaders.ts";
import { numberParts } from "../books/entry-number.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { shown } from "../references.ts";
import { birthNumbers, births, birthVersions, citizenNumbers } from "../tables.ts";
import type { BirthFilter } from "./input.ts";
import type { BirthRegistrationConnection } from "./types.ts";

const idCursor = z.tuple([z.uuid()]);

/** A page of the births that match, the last entered first: the ids of entries are in the order of time. */
export async function searchBirths(
  ctx: CivilStatusContext,
  filter: BirthFilter,
  first: number,
  after: string | null,
): Promise<BirthRegistrationConnection> {
  const size = pageSize(first);
  const { registeredFrom, registeredTo } = filter;
  const given = filter.number ? numberParts(filter.number) : null;
  const found = await lastBirths(
    ctx,
    and(
      matchesPerson(filter.search, [citizenNumbers.personalId], [birthVersions.fullName]),
      filter.office ? eq(birthNumbers.commune, filter.office) : undefined,
      given ? and(eq(birthNumbers.year, given.year), eq(birthNumbers.number, given.number)) : undefined,
      registeredFrom ? gte(births.registeredOn, registeredFrom) : undefined,
      registeredTo ? lte(births.registeredOn, registeredTo) : undefined,
      after ? lt(births.id, decodeCursor(after, idCursor)[0]) : undefined,
    ),
    size + 1,
  );
  const page = pageOf(found, size, ({ id }) => [id]);
  for (const birth of page.nodes) shown(birth, ctx);
  return page;
}
