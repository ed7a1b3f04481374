import { uuidv7 } from "uuidv7";
import { families, SEEDED_COMMUNES } from "../_shared/demo/population.ts";
import { type LegalDay, legalDayOf } from "../_shared/reference/days.ts";
import { type HealthCardNumber, healthCardFacts } from "../_shared/reference/identifiers/health-card.ts";
import { facilitiesOf } from "../_shared/reference/sample-facilities.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import type { Seed } from "../_shared/serving/subgraph.ts";
import { holderFacts } from "./cards/issue.ts";
import { adultCardNumber } from "./demo-cards.ts";
import { loadSampleFacilities } from "./facilities/facilities.ts";
import { cards, cardVersions } from "./tables.ts";

/** The employed are insured while they work; the others' cards run with the calendar year. */
const EMPLOYED = "DN";

/** The cards of the synthetic adults, entered once; valid from the beginning of the year of `now`. */
async function seedCards(tx: Tx, now: Date): Promise<void> {
  const [present] = await tx.select({ id: cards.id }).from(cards).limit(1);
  if (present) return; // a database of before seeds were recorded
  const insured = SEEDED_COMMUNES.flatMap((commune) => families(commune)).flatMap(({ mother, father, household }) =>
    [mother, father].map((person) => ({
      id: uuidv7(),
      personalId: person.personalId,
      number: adultCardNumber(person) as HealthCardNumber, // well formed by a test of the population
      facilityCode: facilitiesOf(household.commune)[0]?.code ?? "",
      ...holderFacts(person),
    })),
  );
  const year = legalDayOf(now).slice(0, 4);
  const from = `${year}-01-01` as LegalDay;
  await insertMany(
    tx,
    cards,
    insured.map(({ id, personalId, number }) => ({ id, personalId, number })),
  );
  await insertMany(
    tx,
    cardVersions,
    insured.map(({ id, personalId: _, number, ...facts }) => {
      const { group, benefit } = healthCardFacts(number);
      return {
        cardId: id,
        validFrom: from,
        recordedBy: "seed",
        ground: "seed",
        ...facts,
        cardValidFrom: from,
        cardValidTo: group === EMPLOYED ? null : (`${year}-12-31` as LegalDay),
        benefit,
        objectCode: group,
      };
    }),
  );
}

/** Synthetic entries of the demo, in order. */
export const seeds: readonly Seed[] = [
  { name: "care-facilities", apply: loadSampleFacilities },
  { name: "cards-of-adults", apply: seedCards },
];
