import { and, asc, eq, gt, inArray, or } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import * as z from "zod";
import { commune } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { within } from "../../_shared/transfer/columns.ts";
import { optionalText, readFields, text } from "../../_shared/transfer/record-fields.ts";
import type { Origin, TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { bookNumbers } from "../books/tables.ts";
import { deathAlreadyRegistered } from "../deaths/errors.ts";
import { type DeathDetails, type DeathFacts, readDeath } from "../deaths/read-death.ts";
import { deathOf, deceasedKey } from "../deaths/register-death.ts";
import { deaths, deathVersions } from "../deaths/tables.ts";
import { bookHasGap } from "../errors.ts";
import { currentSpouses, marriageEnds } from "../marriages/tables.ts";
import { demandAsRegistered } from "../persons/as-registered.ts";
import { lockPersons } from "../persons/lock-persons.ts";
import { personKey } from "../persons/person-key.ts";
import type { RegistrationKind } from "../persons/registration-kinds.ts";
import { type BookPlace, isAt, keyOf, readPlace } from "./book-place.ts";
import { enterActs, enterNumbers } from "./enter-acts.ts";
import { bookIsClosed } from "./errors.ts";
import {
  addressFields,
  DECLARANT_COLUMNS,
  declarantFields,
  personColumns,
  personFields,
  REGISTRATION_COLUMNS,
  registrationFields,
} from "./recorded-fields.ts";

/** A death as files have it. */
type DeathRow = BookPlace & DeathDetails & Pick<DeathFacts, "sex" | "diedOn"> & { kind: RegistrationKind };

const fields = z.strictObject({
  ...registrationFields,
  ...{ deceased: personFields, sex: z.enum(["MALE", "FEMALE"]), diedOn: text, diedAt: optionalText },
  ...{ place: addressFields, cause: optionalText, withoutNotice: optionalText, declarant: declarantFields },
  notice: z.strictObject({ number: text, issuedOn: text, issuer: text }).nullish(),
});

/** Deaths with the facts in force, in the order of their registration. */
export const deathRecords: TransferKind<DeathRow> = {
  name: "DEATH",
  columns: {
    ...REGISTRATION_COLUMNS,
    ...personColumns("deceased", "Người chết"),
    ...{ sex: "Giới tính", diedOn: "Ngày chết", diedAt: "Giờ chết" },
    ...{ "place.line": "Nơi chết", "place.commune": "Nơi chết (mã xã)", cause: "Nguyên nhân chết" },
    ...within("notice.", "Giấy báo tử", { number: "Số", issuedOn: "Ngày cấp", issuer: "Nơi cấp" }),
    withoutNotice: "Giấy tờ thay giấy báo tử",
    ...DECLARANT_COLUMNS,
  },
  keyColumns: ["number", "office"],
  citizensOf: ({ deceased }) => [deceased.personalId ?? ""].filter(Boolean),
  async page(tx, after, size) {
    const [day = "", id = ""] = after?.split(" ") ?? [];
    const isLater = or(
      gt(deaths.registeredOn, day as LegalDay), // an earlier page gave it
      and(eq(deaths.registeredOn, day as LegalDay), gt(deaths.id, id)),
    );
    const heads = await tx
      .select({ id: deaths.id, day: deaths.registeredOn })
      .from(deaths)
      .where(after === null ? undefined : isLater)
      .orderBy(asc(deaths.registeredOn), asc(deaths.id))
      .limit(size);
    const last = heads.length < size ? undefined : heads.at(-1);
    const rows = await storedDeaths(
      tx,
      heads.map((head) => head.id),
    );
    return { rows, next: last ? `${last.day} ${last.id}` : null };
  },
  importing: {
    changed: ["deaths.*", "death_versions.*", "marriage_ends.*", "book_numbers.*"],
    read: readRow,
    keyOf,
    async stored(tx, keys) {
      const where = and(eq(bookNumbers.book, "DEATH"), isAt(bookNumbers, keys));
      const places = await tx.select({ id: bookNumbers.actId }).from(bookNumbers).where(where);
      return storedDeaths(
        tx,
        places.map(({ id }) => id),
      );
    },
    async examine(tx, candidates) {
      for (const { row, problems } of candidates) await examineDeath(tx, row, problems);
    },
    enter: enterDeaths,
    refusals: { book_numbers_without_gaps: bookHasGap, book_numbers_open_book: bookIsClosed },
  },
};

function readRow(raw: object, today: LegalDay, problems: Problems): DeathRow | undefined {
  const read = readFields(fields, raw, problems);
  if (!read) return undefined;
  const place = readPlace(read, today, problems);
  const facts = place && readDeath(read, place.registeredOn, [], problems);
  if (!place || !facts) return undefined;
  const { details, sex, diedOn } = facts;
  return { ...place, ...details, sex, diedOn, kind: read.kind };
}

async function examineDeath(tx: Tx, row: DeathRow, problems: Problems): Promise<void> {
  const of = { person: row.deceased, sex: row.sex };
  await demandAsRegistered(tx, of, { person: ["deceased"], sex: ["sex"] }, problems);
  const known = await deathOf(tx, factsOf(row));
  if (known) problems.add(["deceased"], deathAlreadyRegistered(known.registeredOn));
}

function factsOf({
  number: _,
  office: __,
  registeredOn: ___,
  kind: ____,
  sex,
  diedOn,
  ...details
}: DeathRow): DeathFacts {
  return { sex, diedOn, details };
}

async function storedDeaths(tx: Tx, ids: string[]) {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ death: deaths, version: deathVersions, place: bookNumbers })
    .from(deaths)
    .innerJoin(bookNumbers, eq(bookNumbers.actId, deaths.id))
    .innerJoin(
      deathVersions,
      and(eq(deathVersions.deathId, deaths.id), latestVersion(deathVersions.version, deathVersions.deathId, deaths.id)),
    )
    .where(inArray(deaths.id, ids))
    .orderBy(asc(deaths.registeredOn), asc(deaths.id));
  return rows.map(({ death, version, place }) => ({
    ...{ number: `${place.number}/${place.year}`, office: place.commune, registeredOn: death.registeredOn },
    ...{ kind: death.kind, ...version.details, sex: version.sex, diedOn: version.diedOn },
  }));
}

async function enterDeaths(tx: Tx, rows: readonly DeathRow[], origin: Origin): Promise<void> {
  const made = rows.map((row) => ({ ...row, id: uuidv7(), facts: factsOf(row) }));
  const ended = await marriagesOf(tx, made);
  const endedBy = new Map(ended.map(({ actId, marriageId }) => [actId, marriageId]));
  const entriesOf = (id: string) => [id, endedBy.get(id) ?? []].flat();
  await enterActs(
    tx,
    made.map(({ id, registeredOn }) => ({ id, kind: "DEATH" as const, on: registeredOn, entries: entriesOf(id) })),
    origin,
  );
  await insertMany(tx, marriageEnds, ended);
  await insertMany(
    tx,
    deaths,
    made.map(({ id, kind, registeredOn, facts, deceased, declarant, office }) => ({
      ...{ id, kind, registeredOn, deceasedKey: deceasedKey(facts), personalId: deceased.personalId },
      ...{ declarant: declarant.personalId, office, officeProvince: commune(office)?.province ?? null },
    })),
  );
  await insertMany(
    tx,
    deathVersions,
    made.map(({ id, registeredOn, facts, deceased: { fullName, dateOfBirth } }) => ({
      ...{ ...origin, ...facts, deathId: id, actId: id, validFrom: registeredOn, fullName, dateOfBirth },
    })),
  );
  await enterNumbers(tx, "DEATH", made);
}

/** Marriages in force of the deceased, which their deaths end. */
async function marriagesOf(tx: Tx, made: readonly (DeathRow & { id: string })[]) {
  const byKey = new Map(made.map((each) => [personKey(each.deceased), each]));
  await lockPersons(tx, [...byKey.keys()]);
  const found = await tx
    .select()
    .from(currentSpouses)
    .where(inArray(currentSpouses.personKey, [...byKey.keys()]));
  return found.flatMap(({ personKey: key, marriageId }) => {
    const death = byKey.get(key);
    return death ? [{ marriageId, actId: death.id, cause: "DEATH" as const, endedOn: death.diedOn }] : [];
  });
}
