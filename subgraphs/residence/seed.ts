import { uuidv7 } from "uuidv7";
import { families, SEEDED_COMMUNES } from "../_shared/demo/population.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import { addDays, type LegalDay, legalDayOf } from "../_shared/reference/days.ts";
import { soundOf } from "../_shared/reference/name-likeness.ts";
import type { PartialDate } from "../_shared/reference/partial-dates.ts";
import type { Relation } from "../_shared/reference/relations.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import type { Seed } from "../_shared/serving/subgraph.ts";
import { households, householdVersions, persons, personVersions, residencies, residencyVersions } from "./tables.ts";
import { temporaryResidences, temporaryResidenceVersions } from "./temporary/tables.ts";

type Family = ReturnType<typeof families>[number];

/** The day the Law on Residence 68/2020 came into force: when the seeded households were entered. */
const ENTERED_ON = "2021-07-01" as LegalDay;
const entered = { validFrom: ENTERED_ON, recordedBy: "seed", ground: "seed" };

/** The synthetic population with its households, entered once. */
async function seedResidence(tx: Tx): Promise<void> {
  const [present] = await tx.select({ id: households.id }).from(households).limit(1);
  if (present) return; // a database of before seeds were recorded
  const all = SEEDED_COMMUNES.flatMap((commune) => families(commune));
  const couples = all.flatMap(({ mother, father }) => [mother, father]);
  const members = all.flatMap(membersOf);
  await insertMany(tx, persons, couples);
  await insertMany(
    tx,
    personVersions,
    couples.map(({ id, dateOfBirth, ...facts }) => ({
      ...entered,
      ...facts,
      personId: id,
      dateOfBirth: dateOfBirth as PartialDate,
      nameSound: soundOf(facts.fullName),
    })),
  );
  await insertMany(
    tx,
    households,
    all.map(({ household }) => household),
  );
  await insertMany(
    tx,
    householdVersions,
    all.map(({ household, ...couple }) => ({
      ...entered,
      householdId: household.id,
      headPersonId: couple[household.head].id,
      addressLine: household.addressLine,
      communeList: COMMUNE_LIST,
      communeCode: household.commune,
    })),
  );
  await insertMany(tx, residencies, members);
  await insertMany(
    tx,
    residencyVersions,
    members.map(({ id, ...facts }) => ({
      ...entered,
      ...facts,
      residencyId: id,
      kind: "PERMANENT" as const,
      registeredOn: ENTERED_ON,
    })),
  );
}

function membersOf({ mother, father, household, marriageYear }: Family) {
  const other: Relation = marriageYear === undefined ? "OTHER" : household.head === "father" ? "WIFE" : "HUSBAND";
  const member = (who: "mother" | "father", personId: string) => ({
    id: uuidv7(),
    personId,
    householdId: household.id,
    relationToHead: household.head === who ? ("HEAD" as const) : other,
  });
  return [member("mother", mother.id), member("father", father.id)];
}

/** Families of which one person stays elsewhere for a term: one in this number. */
const STAYS_ELSEWHERE = 10;
const TERM_DAYS = 365;

/** Temporary residences of some of the population, whose terms end on different days of the year after the seed. */
async function seedTemporary(tx: Tx, now: Date): Promise<void> {
  const today = legalDayOf(now);
  const stays = SEEDED_COMMUNES.flatMap((commune, place) =>
    families(commune)
      .filter((_, ordinal) => ordinal % STAYS_ELSEWHERE === 3)
      .map(({ father }, ordinal) => ({
        ...{ id: uuidv7(), personId: father.id, addressLine: "Khu trọ mẫu" },
        communeCode: SEEDED_COMMUNES[(place + 1) % SEEDED_COMMUNES.length] ?? commune,
        endsOn: addDays(today, 1 + ((ordinal * 7) % TERM_DAYS)),
      })),
  );
  await insertMany(
    tx,
    temporaryResidences,
    stays.map(({ endsOn: _, ...head }) => ({ ...head, communeList: COMMUNE_LIST })),
  );
  await insertMany(
    tx,
    temporaryResidenceVersions,
    stays.map(({ id, endsOn }) => {
      const startsOn = addDays(endsOn, -TERM_DAYS);
      return { ...entered, temporaryResidenceId: id, validFrom: startsOn, startsOn, endsOn };
    }),
  );
}

/** Synthetic entries of the demo, in order. */
export const seeds: readonly Seed[] = [
  { name: "persons-and-households", apply: seedResidence },
  { name: "temporary-residences", apply: seedTemporary },
];
