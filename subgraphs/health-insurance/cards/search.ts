import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { legalDayOf, parseLegalDay } from "../../_shared/reference/days.ts";
import { parseHealthCardNumber } from "../../_shared/reference/identifiers/health-card.ts";
import { matchesPerson, searchedText } from "../../_shared/registers/name-search.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { cards, cardTerms, cardVersions, careFacilities, lastDayOf } from "../tables.ts";
import type { HealthInsuranceCardFilter } from "./input.ts";
import { cardColumns, isShownTerm, versionOfTerm, withFacility } from "./loaders.ts";
import type { HealthInsuranceCardConnection } from "./types.ts";

const NO_END = "infinity";
const endCursor = z.tuple([z.string().refine((day) => day === NO_END || parseLegalDay(day).ok), z.uuid()]);

/** A page of the cards that match by the term that they show, those that end first at the beginning. */
export async function searchCards(
  ctx: HealthInsuranceContext,
  { search, objectCode, facility, endsFrom, endsTo }: HealthInsuranceCardFilter,
  first: number,
  after: string | null,
): Promise<HealthInsuranceCardConnection> {
  const size = pageSize(first);
  const lastDay = lastDayOf(cardTerms.endsOn);
  const rows = await ctx.db
    .select({ ...cardColumns, lastDay: sql<string>`${lastDay}::text` })
    .from(cardTerms)
    .innerJoin(cards, eq(cards.id, cardTerms.cardId))
    .innerJoin(cardVersions, versionOfTerm)
    .innerJoin(careFacilities, eq(careFacilities.code, cardVersions.facilityCode))
    .where(
      and(
        isShownTerm(legalDayOf(ctx.now)),
        matchesSearch(search),
        objectCode ? eq(cardVersions.objectCode, objectCode) : undefined,
        facility ? eq(cardVersions.facilityCode, facility) : undefined,
        endsFrom ? sql`${lastDay} >= ${endsFrom}` : undefined,
        endsTo ? sql`${lastDay} <= ${endsTo}` : undefined,
        after ? beyond(decodeCursor(after, endCursor)) : undefined,
      ),
    )
    .orderBy(asc(lastDay), asc(cardTerms.cardId))
    .limit(size + 1);
  const { nodes, pageInfo } = pageOf(rows, size, ({ lastDay, id }) => [lastDay, id]);
  for (const { holder, dossier } of nodes) ctx.access.read(holder, dossier);
  return { nodes: nodes.map(withFacility), pageInfo };
}

/**
 * Condition for a search as officers do it: the number of a card, of the insured or of the person, or words of a name.
 * @throws BAD_USER_INPUT for a text that is too long
 */
function matchesSearch(text: string | null | undefined): SQL | undefined {
  const insuranceNumber = insuranceNumberIn(searchedText(text)?.toUpperCase() ?? "");
  if (insuranceNumber !== undefined) return eq(cards.insuranceNumber, insuranceNumber);
  return matchesPerson(text, [cards.personalId], [cardVersions.holderName]);
}

/** The ten digits of the insured in a card number, or alone; undefined for any other text. */
export function insuranceNumberIn(text: string): string | undefined {
  return parseHealthCardNumber(text).ok ? text.slice(5) : /^\d{10}$/.test(text) ? text : undefined;
}

function beyond([lastDay, id]: readonly [string, string]): SQL {
  return sql`(${lastDayOf(cardTerms.endsOn)}, ${cardTerms.cardId}) > (${lastDay}::date, ${id}::uuid)`;
}
