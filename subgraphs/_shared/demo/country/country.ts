import { allCommunes, type Commune } from "../../reference/communes.ts";
import { addressLineOf, DEFAULT_COMMUNE } from "../population-places.ts";
import { makeHousehold } from "./country-households.ts";
import { countryId, countryRandom } from "./country-ids.ts";
import { personalNumbers } from "./country-numbers.ts";
import { type MakePerson, personMaker } from "./country-persons.ts";
import type { Country, CountryCommune, CountryHousehold } from "./types.ts";

/** Citizens of a commune that is entered at once; what bounds the memory. */
const PER_COMMUNE = 2_500;
const FEWEST_COMMUNES = 5;
/** Household codes and addresses of the demo have smaller ordinals. */
const FIRST_ORDINAL = 100_000;

/** The communes of an invented country, one after the other. The same options make the same country. */
export function* countryCommunes(country: Country): Generator<CountryCommune> {
  const communes = communesOf(country);
  const numbers = personalNumbers();
  let persons = 0;
  let households = 0;
  for (const [place, commune] of communes.entries()) {
    const person = personMaker(country, commune, numbers, () => persons++);
    const made = householdsOf(
      { country, commune, person },
      shareOf(country.citizens, place, communes.length),
      households,
    );
    households += made.length;
    yield { country, commune, households: made };
  }
}

/** The default commune, and others over all provinces: as many as the citizens need. */
function communesOf({ citizens }: Country): Commune[] {
  const all = allCommunes();
  const wanted = Math.min(all.length, Math.max(FEWEST_COMMUNES, Math.ceil(citizens / PER_COMMUNE)));
  const others = all.filter(({ code }) => code !== DEFAULT_COMMUNE);
  const spread = Array.from({ length: wanted - 1 }, (_, n) => others[Math.floor((n * others.length) / (wanted - 1))]);
  return [all.find(({ code }) => code === DEFAULT_COMMUNE), ...spread].filter((each) => each !== undefined);
}

function shareOf(citizens: number, place: number, communes: number): number {
  return Math.floor((citizens * (place + 1)) / communes) - Math.floor((citizens * place) / communes);
}

type Making = { country: Country; commune: Commune; person: MakePerson };

/** Households with `citizens` living members together. `first`: number of the first one in the country. */
function householdsOf({ country, commune, person }: Making, citizens: number, first: number): CountryHousehold[] {
  const made: CountryHousehold[] = [];
  for (let room = citizens; room > 0; ) {
    const number = first + made.length;
    const random = countryRandom(country, "HOUSEHOLD", number);
    const facts = makeHousehold({ commune, year: country.year, room, person, random });
    const ordinal = FIRST_ORDINAL + made.length;
    made.push({
      ...{ number, ...facts },
      id: countryId(country, "HOUSEHOLD", number, facts.enteredOn),
      code: `${commune.code}${ordinal}`,
      addressLine: addressLineOf(commune, ordinal),
    });
    room -= facts.members.length;
  }
  return made;
}
