import type { Commune } from "../../reference/communes.ts";
import { addDays, type LegalDay } from "../../reference/days.ts";
import type { Relation } from "../../reference/relations.ts";
import { ethnicityIn } from "../population-names.ts";
import { dayIn, type SeededRandom } from "../population-random.ts";
import type { MakePerson } from "./country-persons.ts";
import type { CountryHousehold, CountryMember, CountryPerson } from "./types.ts";

/** Member of a household to be, with the first day on which the person may have been entered there. */
type FamilyMember = Omit<CountryMember, "registeredOn"> & { since?: LegalDay };
/** People of a household and their marriages. */
type Family = Pick<CountryHousehold, "marriages"> & { members: FamilyMember[]; late: FamilyMember | null };
/** Facts of a household that follow from its family. */
export type HouseholdFacts = Pick<CountryHousehold, "enteredOn" | "members" | "late" | "marriages">;

type Making = { commune: Commune; year: number; room: number; person: MakePerson; random: SeededRandom };

/** The Law on Residence 68/2020 came into force in July 2021: households are entered then or later. */
const FIRST_ENTRY = "2021-07-01" as LegalDay;
const CHILDREN_UP_TO = 18;
/** Oldest age of a mother at a birth. */
const OLDEST_MOTHER = 44;

/** A household with at most `room` living members. */
export function makeHousehold(making: Making): HouseholdFacts {
  const { members, late, marriages } = makeFamily(making);
  const married = marriages.at(-1);
  const enteredOn = late || !married ? FIRST_ENTRY : later(FIRST_ENTRY, homeDay(married));
  const entered = ({ since = enteredOn, ...each }: FamilyMember) => ({
    ...each,
    registeredOn: later(enteredOn, since),
  });
  return { enteredOn, members: members.map(entered), late: late && entered(late), marriages };
}

/** A person alone, a couple with children, three generations, or a widow or widower. */
function makeFamily(making: Making): Family {
  const { room, random } = making;
  const kind = random.below(100);
  if (room === 1 || kind < 22) return kind < 11 ? alone(making) : bereaved(making);
  return kind < 32 && room >= 3 ? threeGenerations(making) : coupleWithChildren(making, {});
}

function alone({ commune, year, person, random }: Making): Family {
  const sex = random.below(2) === 0 ? "FEMALE" : "MALE";
  const ethnicity = ethnicityIn(commune.province, random);
  const head = person({ sex, year: year - 21 - random.below(25), ethnicity }, random);
  return { members: [{ person: head, relation: "HEAD" }], late: null, marriages: [] };
}

/** A widow or widower, who heads the household since the spouse has died. */
function bereaved(making: Making): Family {
  const { late, survivor, marriages } = elders(making, making.year - 62 - making.random.below(25));
  const relation: Relation = late.sex === "MALE" ? "HUSBAND" : "WIFE";
  return { members: [{ person: survivor, relation: "HEAD" }], late: { person: late, relation }, marriages };
}

/** A couple of whom one died after the household was entered. */
function elders({ commune, year, person, random }: Making, wifeYear: number, isWidow = random.below(3) > 0) {
  const ethnicity = ethnicityIn(commune.province, random);
  const diedOn = dayIn(2022 + random.below(Math.max(1, year - 2022)), random) as LegalDay;
  const husband = person(
    { sex: "MALE", year: wifeYear - 1 - random.below(6), ethnicity, ...(isWidow && { diedOn }) },
    random,
  );
  const wife = person({ sex: "FEMALE", year: wifeYear, ethnicity, ...(!isWidow && { diedOn }) }, random);
  const marriedOn = dayIn(wifeYear + 20 + random.below(6), random) as LegalDay;
  const [late, survivor] = isWidow ? [husband, wife] : [wife, husband];
  return { late, survivor, marriages: [{ husband, wife, marriedOn }] };
}

/** A couple with children and the husband's mother, a widow. */
function threeGenerations(making: Making): Family {
  const wifeYear = making.year - 58 - making.random.below(20);
  const { late, survivor, marriages } = elders(making, wifeYear, true);
  const family = coupleWithChildren({ ...making, room: making.room - 1 }, { mother: survivor, father: late });
  return {
    members: [...family.members, { person: survivor, relation: "MOTHER" }],
    late: { person: late, relation: "FATHER" },
    marriages: [...marriages, ...family.marriages],
  };
}

type Parents = { mother?: CountryPerson; father?: CountryPerson };

/** A couple with at most three children. `parents` are those of the husband, who then heads the household. */
function coupleWithChildren(making: Making, parents: Parents): Family {
  const { commune, year, person, random } = making;
  const youngest = parents.mother ? Number(parents.mother.dateOfBirth.slice(0, 4)) + 26 : year - 60;
  const husbandYear = Math.min(year - 22, youngest + random.below(parents.mother ? 8 : 39));
  const wifeYear = Math.min(year - 20, husbandYear + random.below(7) - 1);
  const ethnicity = parents.father?.ethnicity ?? ethnicityIn(commune.province, random);
  const inLaw = random.below(10) === 0 ? ethnicityIn(commune.province, random) : ethnicity;
  const husband = person({ sex: "MALE", year: husbandYear, ethnicity, ...parents }, random);
  const wife = person({ sex: "FEMALE", year: wifeYear, ethnicity: inLaw }, random);
  // groom at least 20, bride at least 18 (Law on Marriage and Family 2014, art. 8), plus one year for any day of birth
  const allowed = Math.max(husbandYear + 21, wifeYear + 19);
  const marriedIn = Math.min(year - 1, allowed + random.below(8));
  const children = childrenOf({ husband, wife, marriedIn }, making);
  const isHeadedByWife = !parents.mother && random.below(7) === 3;
  const marriage = { husband, wife, marriedOn: dayIn(marriedIn, random) as LegalDay };
  const since = homeDay(marriage);
  const couple: FamilyMember[] = isHeadedByWife
    ? [
        { person: wife, relation: "HEAD" },
        { person: husband, relation: "HUSBAND", since },
      ]
    : [
        { person: husband, relation: "HEAD" },
        { person: wife, relation: "WIFE", since },
      ];
  const born = children.map((child) => ({ person: child, relation: "CHILD" as const, since: child.bornRegisteredOn }));
  return { members: [...couple, ...born], late: null, marriages: [marriage] };
}

type Couple = { husband: CountryPerson; wife: CountryPerson; marriedIn: number };

/** Children who are not of age, born after the marriage in different years. */
function childrenOf({ husband, wife, marriedIn }: Couple, { year, room, person, random }: Making): CountryPerson[] {
  const wanted = Math.min(room - 2, random.pick([0, 1, 1, 2, 2, 2, 3] as const));
  const from = Math.max(marriedIn + 1, year - CHILDREN_UP_TO);
  const to = Math.min(year - 1, Number(wife.dateOfBirth.slice(0, 4)) + OLDEST_MOTHER);
  const children: CountryPerson[] = [];
  for (let born = from + random.below(3); born <= to && children.length < wanted; born += 2 + random.below(3)) {
    const sex = random.below(100) < 52 ? "MALE" : "FEMALE";
    const { ethnicity } = husband;
    children.push(person({ sex, year: born, ethnicity, mother: wife, father: husband }, random));
  }
  return children;
}

/** Day on which a couple has a common home. */
const homeDay = ({ marriedOn }: { marriedOn: LegalDay }) => addDays(marriedOn, 14);

const later = (a: LegalDay, b: LegalDay) => (a > b ? a : b);
