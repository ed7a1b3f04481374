import { and, asc, eq, gt, inArray, type SQL } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Origin, TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { currentPerson, householdInForce, livesThere } from "../current.ts";
import { households, householdVersions, persons, personVersions, residencies, residencyVersions } from "../tables.ts";
import { enterPersons, examinePersons, guardiansOf } from "./enter-persons.ts";
import {
  byHeadAndNumber,
  HOUSEHOLD_COLUMNS,
  type HouseholdRow,
  type MemberRow,
  readHousehold,
} from "./household-record.ts";
import { withStoredId } from "./person-record.ts";
import { personColumns } from "./stored-persons.ts";

/** Households in force, each with its members and their permanent residences. */
export const householdRecords: TransferKind<HouseholdRow> = {
  name: "HOUSEHOLD",
  columns: HOUSEHOLD_COLUMNS,
  keyColumns: ["code"],
  citizensOf: ({ members }) => members.map(({ personalId }) => personalId),
  async page(tx, after, size) {
    const heads = await tx
      .select()
      .from(households)
      .where(after === null ? undefined : gt(households.code, after))
      .orderBy(asc(households.code))
      .limit(size);
    const ids = heads.map(({ id }) => id);
    const next = heads.length < size ? null : (heads.at(-1)?.code ?? null);
    return { rows: ids.length === 0 ? [] : await storedHouseholds(tx, inArray(households.id, ids)), next };
  },
  importing: {
    changed: ["persons.*", "person_versions.*", "households.*", "residencies.*", "residency_versions.*"],
    read: readHousehold,
    keyOf: ({ code }) => code,
    stored: (tx, keys) => storedHouseholds(tx, inArray(households.code, [...keys])),
    completed: completedHousehold,
    examine: (tx, candidates) =>
      examinePersons(
        tx,
        candidates.flatMap(({ row, problems }) =>
          row.members.map(({ relationToHead: _, registeredOn: __, ...person }, place) => ({
            ...{ person, path: ["members", place], problems },
          })),
        ),
        true,
      ),
    enter: enterHouseholds,
  },
};

function completedHousehold(row: HouseholdRow, stored: HouseholdRow): HouseholdRow {
  const byNumber = new Map(stored.members.map((member) => [member.personalId, member]));
  return { ...row, members: row.members.map((member) => withStoredId(member, byNumber.get(member.personalId))) };
}

async function storedHouseholds(tx: Tx, where: SQL): Promise<HouseholdRow[]> {
  const homes = await tx
    .select({
      ...{ id: households.id, code: households.code, addressLine: householdVersions.addressLine },
      ...{ commune: householdVersions.communeCode, enteredOn: householdVersions.validFrom },
    })
    .from(households)
    .innerJoin(householdVersions, and(eq(householdVersions.householdId, households.id), householdInForce))
    .where(where)
    .orderBy(asc(households.code));
  if (homes.length === 0) return [];
  const members = await tx
    .select({
      ...{ ...personColumns, householdId: residencyVersions.householdId },
      ...{ relationToHead: residencyVersions.relationToHead, registeredOn: residencyVersions.registeredOn },
    })
    .from(residencyVersions)
    .innerJoin(residencies, and(eq(residencies.id, residencyVersions.residencyId), livesThere))
    .innerJoin(persons, eq(persons.id, residencies.personId))
    .innerJoin(personVersions, and(eq(personVersions.personId, persons.id), currentPerson))
    .where(
      inArray(
        residencyVersions.householdId,
        homes.map(({ id }) => id),
      ),
    );
  const byHome = new Map<string, MemberRow[]>(homes.map(({ id }) => [id, []]));
  for (const { householdId, ...member } of members) byHome.get(householdId)?.push(member);
  return homes.map(({ id, ...home }) => ({ ...home, members: (byHome.get(id) ?? []).sort(byHeadAndNumber) }));
}

async function enterHouseholds(tx: Tx, rows: readonly HouseholdRow[], origin: Origin): Promise<void> {
  const homes = rows.map((row) => ({ ...row, id: uuidv7() }));
  const stays = homes.flatMap(({ id: householdId, members }) =>
    members.map(({ relationToHead, registeredOn, ...person }) => ({
      ...{ id: uuidv7(), householdId, person, relationToHead, registeredOn },
    })),
  );
  const ids = await enterPersons(
    tx,
    stays.map(({ person, registeredOn }) => ({ person, on: registeredOn })),
    origin,
  );
  await insertMany(
    tx,
    households,
    homes.map(({ id, code }) => ({ id, code })),
  );
  await insertMany(
    tx,
    householdVersions,
    homes.flatMap(({ id: householdId, addressLine, commune: communeCode, enteredOn, members: [head] }) =>
      head
        ? {
            ...{ ...origin, householdId, validFrom: enteredOn, headPersonId: idIn(ids, head) },
            ...{ addressLine, communeList: COMMUNE_LIST, communeCode },
          }
        : [],
    ),
  );
  await insertMany(
    tx,
    residencies,
    stays.map(({ id, person }) => ({ id, personId: idIn(ids, person), guardians: guardiansOf(person) })),
  );
  await insertMany(
    tx,
    residencyVersions,
    stays.map(({ id: residencyId, householdId, relationToHead, registeredOn }) => ({
      ...{ ...origin, residencyId, householdId, relationToHead, registeredOn },
      ...{ validFrom: registeredOn, kind: "PERMANENT" as const },
    })),
  );
}

function idIn(ids: ReadonlyMap<string, string>, { personalId }: { personalId: string }): string {
  const id = ids.get(personalId);
  if (id === undefined) throw new Error("A member of an imported household was not entered");
  return id;
}
