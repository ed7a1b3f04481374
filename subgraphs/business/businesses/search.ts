import { and, desc, eq, gte, lte, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { parseLegalDay } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { parseBusinessCode } from "../../_shared/reference/identifiers/tax-code.ts";
import { haveWords, searchedText } from "../../_shared/registers/name-search.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { licences } from "../licences/tables.ts";
import type { BusinessContext } from "../loaders.ts";
import { businesses, businessLines, businessPeople, businessVersions, liveBusinesses } from "../tables.ts";
import type { BusinessFilter } from "./input.ts";
import { businessColumns, businessOf, versionInForce } from "./loaders.ts";
import type { BusinessConnection } from "./types.ts";

const dayCursor = z.tuple([z.string().refine((day) => parseLegalDay(day).ok), z.uuid()]);

/** Personal numbers of the people of a business in force, for the access log. */
export const peopleNumbers = sql<string[]>`(
  select coalesce(json_agg(${businessPeople.personalId}), '[]') from ${businessPeople}
   where ${businessPeople.businessId} = ${liveBusinesses.businessId} and ${businessPeople.version} = ${liveBusinesses.version})`;

/** A page of the businesses in force that match, the last registered first. */
export async function searchBusinesses(
  ctx: BusinessContext,
  { search, commune, kind, industry, registeredFrom, registeredTo }: BusinessFilter,
  first: number,
  after: string | null,
): Promise<BusinessConnection> {
  const size = pageSize(first);
  const { registeredOn, businessId } = liveBusinesses;
  const rows = await ctx.db
    .select({ ...businessColumns, people: peopleNumbers })
    .from(liveBusinesses)
    .innerJoin(businessVersions, versionInForce)
    .innerJoin(businesses, eq(businesses.id, businessId))
    .where(
      and(
        matchesSearch(search),
        commune ? eq(liveBusinesses.communeCode, commune) : undefined,
        kind ? eq(liveBusinesses.kind, kind) : undefined,
        industry ? hasLine(industry) : undefined,
        registeredFrom ? gte(registeredOn, registeredFrom) : undefined,
        registeredTo ? lte(registeredOn, registeredTo) : undefined,
        after ? beyond(decodeCursor(after, dayCursor)) : undefined,
      ),
    )
    .orderBy(desc(registeredOn), desc(businessId))
    .limit(size + 1);
  for (const { people } of rows.slice(0, size)) for (const person of people) ctx.access.read(person);
  return pageOf(
    rows.map(({ people: _, ...row }) => businessOf(row)),
    size,
    ({ registeredOn, id }) => [registeredOn, id],
  );
}

/**
 * Condition for a search as officers do it: the code of a business, a person's number, the number of a licence, or words of a name
 * without regard to diacritics.
 * @throws BAD_USER_INPUT for a text that is too long
 */
function matchesSearch(text: string | null | undefined): SQL | undefined {
  const wanted = searchedText(text);
  if (wanted === undefined) return undefined;
  const code = parseBusinessCode(wanted.toUpperCase());
  const personalId = parsePersonalId(wanted);
  if (personalId.ok) return or(eq(businesses.code, wanted), hasPerson(eq(businessPeople.personalId, wanted)));
  if (code.ok) return eq(businesses.code, code.value);
  return or(
    haveWords(businessVersions.nameWords, wanted),
    hasPerson(haveWords(businessPeople.nameWords, wanted)),
    sql`${liveBusinesses.businessId} in (select ${licences.businessId} from ${licences} where ${licences.number} = ${wanted})`,
  );
}

/** An uncorrelated list of ids, so that the index of people is used. */
function hasPerson(person: SQL): SQL {
  return sql`(${liveBusinesses.businessId}, ${liveBusinesses.version}) in (
    select ${businessPeople.businessId}, ${businessPeople.version} from ${businessPeople} where ${person})`;
}

function hasLine(code: string): SQL {
  return sql`exists (select from ${businessLines} where ${businessLines.businessId} = ${liveBusinesses.businessId}
    and ${businessLines.version} = ${liveBusinesses.version} and ${businessLines.code} = ${code})`;
}

function beyond([day, id]: readonly [string, string]): SQL {
  return sql`(${liveBusinesses.registeredOn}, ${liveBusinesses.businessId}) < (${day}::date, ${id}::uuid)`;
}
