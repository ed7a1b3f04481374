import { and, eq, ne, or, sql } from "drizzle-orm";
import type { ComparedFact, Likeness } from "../_shared/parts/likeness.ts";
import { soundOf } from "../_shared/reference/name-likeness.ts";
import { lockLikenessKeys } from "../_shared/registers/likeness-lock.ts";
import { areLikePersons, type ComparedPerson, mayBeTwins } from "../_shared/registers/person-likeness.ts";
import { isOneOf } from "../_shared/registers/personal-numbers.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { currentHousehold, currentPerson, livesThere } from "./current.ts";
import { RESIDENT_LIKENESS_RULES } from "./resident-likeness-rules.ts";
import { households, householdVersions, persons, personVersions, residencies, residencyVersions } from "./tables.ts";

/** Person of a part and the household to join. `comparedDossiers` are those whose children an officer of civil status has already compared. */
export type NewResident = ComparedPerson & {
  id: string;
  household: { id: string; addressLine: string };
  isOfMultipleBirth: boolean;
  comparedDossiers: readonly string[];
};

type Resident = ComparedPerson & { id: string; dossier: string | null; householdId: string; addressLine: string };

/** Registered residents who may be the same person, each with the first rule that applies. */
export async function residentsLike(tx: Tx, here: NewResident): Promise<Likeness[]> {
  const sound = soundOf(here.fullName);
  const keys = [here.household.id, ...here.parents, `${sound}|${here.dateOfBirth}`];
  const [, found] = await Promise.all([lockLikenessKeys(tx, keys), candidates(tx, here, sound)]);
  return found.flatMap((there) => likenessTo(here, there) ?? []);
}

function likenessTo(here: NewResident, there: Resident): Likeness | null {
  if (here.isOfMultipleBirth && mayBeTwins(here, there)) return null;
  if (there.dossier !== null && here.comparedDossiers.includes(there.dossier)) return null;
  const isOfHousehold = there.householdId === here.household.id;
  const found = RESIDENT_LIKENESS_RULES.find(
    (rule) => (rule.place === "ANYWHERE" || isOfHousehold) && areLikePersons(rule, here, there),
  );
  if (!found) return null;
  const { rule, text, textEn } = found;
  const { id, dossier } = there;
  return { id, type: "Residency", rule, text, textEn, dossier, facts: facts(here, there) };
}

/** Residents of the household, of a common parent, or of the same name by sound and the same date of birth. */
async function candidates(tx: Tx, { id, household, ...here }: NewResident, sound: string): Promise<Resident[]> {
  const { dateOfBirth, motherPersonalId, fatherPersonalId, nameSound } = personVersions;
  const ofSameBirth = and(eq(dateOfBirth, here.dateOfBirth), eq(nameSound, sound));
  const ofParents = or(isOneOf(motherPersonalId, here.parents), isOneOf(fatherPersonalId, here.parents));
  const ids = sql`
    select ${residencies.personId} from ${residencies}
      join ${residencyVersions} on ${residencyVersions.residencyId} = ${residencies.id}
     where ${residencyVersions.householdId} = ${household.id}
    union select ${personVersions.personId} from ${personVersions} where ${or(ofParents, ofSameBirth)}`;
  const rows = await tx
    .select({
      id: residencies.id,
      dossier: residencies.dossier,
      householdId: residencyVersions.householdId,
      addressLine: householdVersions.addressLine,
      fullName: personVersions.fullName,
      dateOfBirth: personVersions.dateOfBirth,
      mother: personVersions.motherPersonalId,
      father: personVersions.fatherPersonalId,
    })
    .from(persons)
    .innerJoin(personVersions, and(eq(personVersions.personId, persons.id), currentPerson))
    .innerJoin(residencies, eq(residencies.personId, persons.id))
    .innerJoin(residencyVersions, and(eq(residencyVersions.residencyId, residencies.id), livesThere))
    .innerJoin(households, eq(households.id, residencyVersions.householdId))
    .innerJoin(householdVersions, and(eq(householdVersions.householdId, households.id), currentHousehold))
    .where(and(ne(persons.id, id), sql`${persons.id} in (${ids})`));
  return rows.map(({ mother, father, ...row }) => ({
    ...row,
    parents: [mother, father].filter((number) => number !== null),
  }));
}

function facts(here: NewResident, there: Resident): ComparedFact[] {
  const rows: [string, string, string, string][] = [
    ["child.fullName", "Họ, chữ đệm, tên", here.fullName, there.fullName],
    ["child.dateOfBirth", "Ngày sinh", here.dateOfBirth, there.dateOfBirth],
    ["parents", "Số định danh của cha mẹ", here.parents.join(", "), there.parents.join(", ")],
    ["residence.address.line", "Địa chỉ thường trú", here.household.addressLine, there.addressLine],
  ];
  return rows.map(([field, label, ours, theirs]) => ({ field, label, here: ours || null, there: theirs || null }));
}
