import { desc, eq, lte, or, type SQL, sql } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { termColumns, versionOfTerm, withFacility } from "../cards/loaders.ts";
import { insuranceNumberIn } from "../cards/search.ts";
import { percentOf } from "../groups/groups.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { cards, cardTerms, cardVersions, careFacilities, lastDayOf } from "../tables.ts";
import type { CoveredPersonInput } from "./input.ts";
import type { HealthInsuranceCoverage } from "./types.ts";

/**
 * Coverage of a person on a day, as the register knows it now, by one statement.
 *
 * @throws NOT_FOUND for a person without a card, or of another name or date of birth: a number alone does not tell whose it is
 */
export async function coverageOn(
  ctx: HealthInsuranceContext,
  person: CoveredPersonInput,
  on: LegalDay,
): Promise<HealthInsuranceCoverage> {
  const found = await lastTermBefore(ctx, person.number, on);
  if (!found || !isOf(found, person)) throw notFound("health-insurance card");
  const { id, holder, dossier, isCovered, term } = found;
  ctx.access.read(holder, dossier);
  const answer = { id: `${id}@${on}`, on, isCovered };
  if (!isCovered) return { ...answer, ...NO_TERM };
  return { ...answer, ...withFacility(term), percent: percentOf(term.benefit) };
}

const NO_TERM = {
  ...{ number: null, objectCode: null, benefit: null, percent: null },
  ...{ validFrom: null, validTo: null, facility: null },
};

type Found = NonNullable<Awaited<ReturnType<typeof lastTermBefore>>>;

/** The last term of a card that has begun on a day; if none has, the first one, which does not cover it. */
async function lastTermBefore({ db }: HealthInsuranceContext, number: string, on: LegalDay) {
  const hasBegun = lte(cardTerms.startsOn, on);
  const { facility, ...columns } = termColumns;
  const [found] = await db
    .select({
      ...{ id: cards.id, holder: cards.personalId, dossier: cards.dossier },
      ...{ holderName: cardVersions.holderName, holderDateOfBirth: cardVersions.holderDateOfBirth },
      isCovered: sql<boolean>`${hasBegun} and ${lastDayOf(cardTerms.endsOn)} >= ${on}`,
      ...{ ...columns, facility },
    })
    .from(cards)
    .innerJoin(cardTerms, eq(cardTerms.cardId, cards.id))
    .innerJoin(cardVersions, versionOfTerm)
    .innerJoin(careFacilities, eq(careFacilities.code, cardVersions.facilityCode))
    .where(hasNumber(number))
    .orderBy(desc(hasBegun), sql`case when ${hasBegun} then ${cardTerms.startsOn} end desc`, cardTerms.startsOn)
    .limit(1);
  if (!found) return undefined;
  const { id, holder, dossier, holderName, holderDateOfBirth, isCovered, ...term } = found;
  return { id, holder, dossier, holderName, holderDateOfBirth, isCovered, term };
}

/** Condition for the card of a personal number, an insurance number or a card number. */
function hasNumber(number: string): SQL | undefined {
  const wanted = number.trim().toUpperCase();
  return or(eq(cards.personalId, wanted), eq(cards.insuranceNumber, insuranceNumberIn(wanted) ?? wanted));
}

/** True if the card names this person; cards of before the register kept names say nothing against it. */
function isOf({ holderName, holderDateOfBirth }: Found, { fullName, dateOfBirth }: CoveredPersonInput): boolean {
  if (holderName !== null && !sameName(holderName, fullName)) return false;
  return holderDateOfBirth === null || holderDateOfBirth === dateOfBirth;
}
