import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";
import { COMMUNE_LIST, commune } from "../../_shared/reference/communes.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Candidate, Origin, TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { likenessKeys, storedLikenessKeys } from "../birth-likeness-keys.ts";
import { personsOfVersion } from "../births.ts";
import { birthOrderTaken, noticeAlreadyUsed } from "../errors.ts";
import { motherKey } from "../mother-key.ts";
import { birthCounters, birthNumbers, births, birthVersions, citizenNumbers } from "../tables.ts";
import { BIRTH_COLUMNS, type BirthRow, readBirth } from "./birth-record.ts";
import { isAt, keyOf, placeOf } from "./book-place.ts";
import { lastNumbers } from "./enter-acts.ts";
import { citizenHasBirth } from "./errors.ts";

/** Births with the facts in force. */
export const birthRecords: TransferKind<BirthRow> = {
  name: "BIRTH",
  columns: BIRTH_COLUMNS,
  keyColumns: ["number", "office"],
  citizensOf: ({ personalId, citizenId }) => [personalId ?? citizenId ?? ""].filter(Boolean),
  async page(tx, after, size) {
    const heads = await tx
      .select({ id: births.id })
      .from(births)
      .where(after === null ? undefined : gt(births.id, after))
      .orderBy(asc(births.id))
      .limit(size);
    const ids = heads.map(({ id }) => id);
    return { rows: await storedBirths(tx, ids), next: ids.length < size ? null : (ids.at(-1) ?? null) };
  },
  importing: {
    changed: ["births.*", "birth_versions.*", "birth_numbers.*", "citizen_numbers.*"],
    read: readBirth,
    keyOf,
    async stored(tx, keys) {
      const places = await tx.select({ id: birthNumbers.birthId }).from(birthNumbers).where(isAt(birthNumbers, keys));
      return storedBirths(
        tx,
        places.map(({ id }) => id),
      );
    },
    completed: (row, { citizenId, personalId }) => ({
      ...{ ...row, citizenId: row.citizenId ?? citizenId, personalId: row.personalId ?? personalId },
    }),
    examine: examineBirths,
    enter: enterBirths,
  },
};

/** Births as files have them, by their ids: a statement for known ids reads their rows alone. */
async function storedBirths(tx: Tx, ids: string[]): Promise<BirthRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({
      birth: births,
      version: birthVersions,
      place: birthNumbers,
      own: citizenNumbers,
      persons: personsOfVersion(),
    })
    .from(birthNumbers)
    .innerJoin(births, eq(births.id, birthNumbers.birthId))
    .innerJoin(
      birthVersions,
      and(eq(birthVersions.birthId, births.id), latestVersion(birthVersions.version, birthVersions.birthId, births.id)),
    )
    .leftJoin(citizenNumbers, eq(citizenNumbers.citizenId, births.citizenId))
    .where(inArray(births.id, ids))
    .orderBy(asc(births.id));
  return rows.map(({ birth, version, place, own, persons }) => ({
    ...{ number: `${place.number}/${place.year}`, office: place.commune, registeredOn: birth.registeredOn },
    ...{ personalId: own?.personalId ?? version.personalId, citizenId: birth.citizenId },
    ...{ fullName: version.fullName, sex: version.sex, dateOfBirth: version.dateOfBirth },
    ...{ ethnicity: version.ethnicity, nationality: version.nationality },
    ...{ birthNotice: birth.birthNotice, birthOrder: birth.birthOrder, multipleOf: birth.multipleOf },
    ...{ birthCommune: version.birthCommune, birthCountry: version.birthCountry, homeCommune: version.homeCommune },
    facilityName: persons.facilityName ?? version.birthFacility,
    ...{ mother: persons.mother, father: persons.father, declarant: persons.declarant },
    withoutNotice: persons.withoutNotice,
  }));
}

/** Adds a problem for a citizen with another birth, a used notice, and a child that the mother bore before at that place. */
async function examineBirths(tx: Tx, candidates: readonly Candidate<BirthRow>[]): Promise<void> {
  const rows = candidates.map(({ row }) => row);
  const taken = await knownCitizens(tx, rows);
  const notices = await knownBirths(tx, births.birthNotice, listed(rows.map(({ birthNotice }) => birthNotice)));
  const siblings = await knownBirths(tx, births.motherKey, listed(rows.map(motherKey)));
  const bySibling = new Map(siblings.map((each) => [siblingKey(each.motherKey, each), each]));
  const byNotice = new Map(notices.map((each) => [each.birthNotice, each]));
  for (const { row, problems } of candidates) {
    const notice = row.birthNotice === null ? undefined : byNotice.get(row.birthNotice);
    const sibling = bySibling.get(siblingKey(motherKey(row), row));
    if (taken.has(row.citizenId ?? "") || taken.has(row.personalId ?? ""))
      problems.add(["personalId"], citizenHasBirth());
    else if (notice) problems.add(["birthNotice"], noticeAlreadyUsed(notice.dossier));
    else if (sibling) problems.add(["birthOrder"], birthOrderTaken(sibling.dossier));
  }
}

const listed = (values: (string | null)[]) => values.filter((value) => value !== null);

/** Births with one of these values. A statement for each column, since no index answers a condition on several of them. */
async function knownBirths(tx: Tx, column: AnyPgColumn, values: string[]) {
  if (values.length === 0) return [];
  return tx
    .select({
      ...{ birthNotice: births.birthNotice, motherKey: births.motherKey, dateOfBirth: births.dateOfBirth },
      ...{ birthOrder: births.birthOrder, dossier: births.dossier },
    })
    .from(births)
    .where(inArray(column, values));
}

/** Ids and personal numbers of the citizens of these records who have a birth in the register. */
async function knownCitizens(tx: Tx, rows: readonly BirthRow[]): Promise<Set<string>> {
  const ids = listed(rows.map(({ citizenId }) => citizenId));
  const numbers = listed(rows.map(({ personalId }) => personalId));
  const byId =
    ids.length === 0
      ? []
      : await tx.select({ key: births.citizenId }).from(births).where(inArray(births.citizenId, ids));
  const byNumber =
    numbers.length === 0
      ? []
      : await tx
          .select({ key: citizenNumbers.personalId })
          .from(citizenNumbers)
          .where(inArray(citizenNumbers.personalId, numbers));
  return new Set([...byId, ...byNumber].map(({ key }) => key));
}

function siblingKey(mother: string | null, { dateOfBirth, birthOrder }: Pick<BirthRow, "dateOfBirth" | "birthOrder">) {
  return `${mother}|${dateOfBirth}|${birthOrder}`;
}

async function enterBirths(tx: Tx, rows: readonly BirthRow[], origin: Origin): Promise<void> {
  const made = rows.map((row) => ({ ...row, id: uuidv7(), citizenId: row.citizenId ?? uuidv7() }));
  await insertMany(tx, births, made.map(headOf));
  await insertMany(
    tx,
    birthVersions,
    made.map((row) => ({ ...origin, ...versionOf(row) })),
  );
  await insertMany(
    tx,
    citizenNumbers,
    made.flatMap(({ citizenId, personalId }) => (personalId === null ? [] : { citizenId, personalId })),
  );
  await insertMany(
    tx,
    birthNumbers,
    made.map((row) => ({ communeList: COMMUNE_LIST, ...placeOf(keyOf(row)), birthId: row.id })),
  );
  await insertMany(
    tx,
    birthCounters,
    lastNumbers(made).map((counter) => ({ communeList: COMMUNE_LIST, ...counter })),
    sql`on conflict (commune_list, commune, year) do update set last = greatest(birth_counters.last, excluded.last)`,
  );
}

type NewBirth = BirthRow & { id: string; citizenId: string };

function headOf(row: NewBirth): typeof births.$inferInsert {
  const { id, citizenId, registeredOn, birthNotice, dateOfBirth, birthOrder, multipleOf, office } = row;
  const { fullName, sex, mother, father } = row;
  const child = { fullName, sex, dateOfBirth, birthNotice };
  const multipleBirth = multipleOf === null ? null : { order: birthOrder, of: multipleOf };
  return {
    ...{ id, citizenId, registeredOn, birthNotice, dateOfBirth, birthOrder, multipleOf },
    motherKey: motherKey(row) ?? `none|${id}`,
    likenessKeys: storedLikenessKeys(likenessKeys({ child, multipleBirth, mother, father })),
    ...{ office, officeProvince: commune(office)?.province ?? null },
    guardians: [mother, father].flatMap((parent) => parent?.personalId ?? []),
  };
}

function versionOf(row: NewBirth) {
  const { id, registeredOn, fullName, sex, dateOfBirth, ethnicity, nationality, personalId } = row;
  const { birthCommune, birthCountry, homeCommune, mother, father, declarant, withoutNotice, facilityName } = row;
  return {
    ...{ birthId: id, validFrom: registeredOn, fullName, sex, dateOfBirth, ethnicity, nationality, personalId },
    ...{ communeList: COMMUNE_LIST, birthCommune, birthCountry, homeCommune },
    persons: { mother, father, declarant, withoutNotice, ...(facilityName && { facilityName }) },
  };
}
