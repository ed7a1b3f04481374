import { countryId } from "../_shared/demo/country/country-ids.ts";
import { type CountryCommune, type CountryPerson, personsOf } from "../_shared/demo/country/types.ts";
import type { LegalDay } from "../_shared/reference/days.ts";
import {
  childCardLastDay,
  type HealthCardNumber,
  healthCardFacts,
} from "../_shared/reference/identifiers/health-card.ts";
import { latestDay, type PartialDate } from "../_shared/reference/partial-dates.ts";
import { facilitiesOf } from "../_shared/reference/sample-facilities.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { childCard, holderFacts } from "./cards/issue.ts";
import { adultGroup, countryCardNumber } from "./demo-cards.ts";
import { loadSampleFacilities } from "./facilities/facilities.ts";
import { cards, cardVersions } from "./tables.ts";

const ADULT = 18;

/** Enters the cards of the living persons of a commune of an invented country; the dead had theirs in earlier years. */
export async function enterCountry(tx: Tx, place: CountryCommune): Promise<void> {
  await loadSampleFacilities(tx);
  const { country, commune } = place;
  const facilityCode = facilitiesOf(commune.code)[0]?.code ?? "";
  const issued = personsOf(place)
    .filter(({ diedOn }) => diedOn === null)
    .map((person) => {
      const { group, ...term } = cardOf(person, country.year);
      const number = countryCardNumber(group, person.personalId, person.number) as HealthCardNumber; // made up in that shape
      return { person, number, term, id: countryId(country, "CARD", person.number, term.cardValidFrom) };
    });
  await insertMany(
    tx,
    cards,
    issued.map(({ id, number, person: { personalId, mother, father } }) => ({
      ...{ id, number, personalId },
      guardians: [mother, father].flatMap((each) => each?.personalId ?? []),
    })),
  );
  await insertMany(
    tx,
    cardVersions,
    issued.map(({ id, number, person, term }) => ({
      ...{ cardId: id, validFrom: term.cardValidFrom, recordedBy: "seed", ground: "seed", facilityCode, ...term },
      ...{ benefit: healthCardFacts(number).benefit, objectCode: healthCardFacts(number).group },
      ...holderFacts(person),
    })),
  );
}

/** Group and term of a card: a child's until its last day, a worker's without an end, all others' for the calendar year. */
function cardOf(person: CountryPerson, year: number) {
  const born = person.dateOfBirth as PartialDate; // made up in that shape
  const from = `${year}-01-01` as LegalDay;
  const lastDay = childCardLastDay(latestDay(born));
  if (lastDay >= from) {
    const { cardValidFrom, cardValidTo } = childCard(latestDay(born), lastDay);
    return { group: "TE1", cardValidFrom, cardValidTo };
  }
  const group = adultGroup(person, year - Number(born.slice(0, 4)) >= ADULT);
  const cardValidTo = group === "DN4" ? null : (`${year}-12-31` as LegalDay);
  return { group, cardValidFrom: from, cardValidTo };
}
