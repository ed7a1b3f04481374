import { and, asc, eq, gte, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { parsePartialDate } from "../../_shared/reference/partial-dates.ts";
import { matchesPerson } from "../../_shared/registers/name-search.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { currentPerson } from "../current.ts";
import type { ResidenceContext } from "../loaders.ts";
import { persons, personVersions } from "../tables.ts";
import type { CitizenFilter } from "./input.ts";
import type { CitizenConnection } from "./types.ts";

const birthCursor = z.tuple([z.string().refine((day) => parsePartialDate(day).ok), z.uuid()]);

/** A page of the persons who match, the oldest first. */
export async function searchCitizens(
  { db, access }: ResidenceContext,
  { search, bornFrom, bornTo, commune }: CitizenFilter,
  first: number,
  after: string | null,
): Promise<CitizenConnection> {
  const size = pageSize(first);
  const { dateOfBirth } = personVersions;
  const rows = await db
    .select({ id: persons.id, personalId: persons.personalId, dossier: persons.dossier, dateOfBirth })
    .from(persons)
    .innerJoin(personVersions, and(eq(personVersions.personId, persons.id), currentPerson))
    .where(
      and(
        matchesPerson(search, [persons.personalId], [personVersions.fullName]),
        bornFrom ? gte(dateOfBirth, bornFrom) : undefined,
        bornTo ? sql`${dateOfBirth} <= ${bornTo}` : undefined,
        commune ? livesIn(commune) : undefined,
        after ? beyond(decodeCursor(after, birthCursor)) : undefined,
      ),
    )
    .orderBy(asc(dateOfBirth), asc(persons.id))
    .limit(size + 1);
  for (const { personalId, dossier } of rows.slice(0, size)) access.read(personalId, dossier);
  const { nodes, pageInfo } = pageOf(rows, size, ({ dateOfBirth, id }) => [dateOfBirth, id]);
  return { nodes: nodes.map(({ id, personalId }) => ({ id, personalId })), pageInfo };
}

function livesIn(commune: string): SQL {
  return sql`exists (
    select from residencies r
      join residency_versions v on v.residency_id = r.id and v.valid_to is null
       and v.version = (select max(n.version) from residency_versions n where n.residency_id = r.id)
      join household_versions h on h.household_id = v.household_id and h.valid_to is null and h.commune_code = ${commune}
     where r.person_id = ${persons.id})`;
}

function beyond([dateOfBirth, id]: readonly [string, string]): SQL {
  return sql`(${personVersions.dateOfBirth}, ${persons.id}) > (${dateOfBirth}, ${id}::uuid)`;
}
