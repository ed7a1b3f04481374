import { and, asc, eq, exists, gt, inArray, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import * as z from "zod";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { readFields, text } from "../../_shared/transfer/record-fields.ts";
import type { Candidate, Origin, TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { readHouseholds } from "../households/locked-households.ts";
import { readAddress } from "../residencies/addresses.ts";
import { personDeceased, personUnknown } from "../residencies/errors.ts";
import { homeOf, residentsOf } from "../residencies/residents.ts";
import { persons } from "../tables.ts";
import { currentTemporary } from "../temporary/current.ts";
import { temporaryAlready, temporaryAtHome } from "../temporary/errors.ts";
import { temporaryResidences, temporaryResidenceVersions } from "../temporary/tables.ts";
import { readTerm, type Term } from "../temporary/terms.ts";
import { ADDRESS_COLUMNS } from "./household-record.ts";
import { PERSON_COLUMNS } from "./person-record.ts";

/** A temporary residence as files have it: a stay that has not ended early, with its last term. */
type TemporaryRow = Term & { personalId: string; addressLine: string; commune: string };

const fields = z.strictObject({ personalId: text, addressLine: text, commune: text, startsOn: text, endsOn: text });

/** Temporary residences with their last terms, by the numbers of the persons, whom records before have entered. */
export const temporaryRecords: TransferKind<TemporaryRow> = {
  name: "TEMPORARY_RESIDENCE",
  columns: {
    ...{ personalId: PERSON_COLUMNS.personalId, ...ADDRESS_COLUMNS },
    ...{ startsOn: "Tạm trú từ ngày", endsOn: "Tạm trú đến ngày" },
  },
  keyColumns: ["personalId", "commune", "startsOn"],
  citizensOf: ({ personalId }) => [personalId],
  async page(tx, after, size) {
    const own = tx
      .select({ id: temporaryResidences.id })
      .from(temporaryResidences)
      .where(eq(temporaryResidences.personId, persons.id));
    const people = await tx
      .select({ personalId: persons.personalId })
      .from(persons)
      .where(and(exists(own), after === null ? undefined : gt(persons.personalId, after)))
      .orderBy(asc(persons.personalId))
      .limit(size);
    const numbers = people.map(({ personalId }) => personalId);
    return { rows: await storedTemporary(tx, numbers), next: numbers.length < size ? null : (numbers.at(-1) ?? null) };
  },
  importing: {
    changed: ["temporary_residences.*", "temporary_residence_versions.*"],
    read: readTemporary,
    keyOf,
    stored: (tx, keys) =>
      storedTemporary(
        tx,
        keys.map((key) => key.split(" ")[0] ?? ""),
      ),
    examine: examineTemporary,
    enter: enterTemporary,
    refusals: { temporary_residence_once: temporaryAlready },
  },
};

function keyOf({ personalId, commune, startsOn }: TemporaryRow): string {
  return `${personalId} ${commune} ${startsOn}`;
}

function readTemporary(raw: object, _today: LegalDay, problems: Problems): TemporaryRow | undefined {
  const read = readFields(fields, raw, problems);
  if (!read) return undefined;
  const personalId = problems.take(["personalId"], parsePersonalId(read.personalId));
  const address = readAddress({ line: read.addressLine, commune: read.commune }, [], problems);
  const startsOn = problems.take(["startsOn"], parseLegalDay(read.startsOn));
  const term = startsOn && readTerm(startsOn, read.endsOn, ["endsOn"], problems);
  if (!personalId || !address || !term) return undefined;
  return { personalId, addressLine: address.addressLine, commune: address.communeCode, ...term };
}

/** Temporary residences of the persons who have these numbers. */
async function storedTemporary(tx: Tx, numbers: readonly string[]): Promise<TemporaryRow[]> {
  const { startsOn, endsOn, validTo, temporaryResidenceId } = temporaryResidenceVersions;
  return tx
    .select({
      ...{ personalId: persons.personalId, addressLine: temporaryResidences.addressLine },
      ...{ commune: temporaryResidences.communeCode, startsOn, endsOn },
    })
    .from(temporaryResidences)
    .innerJoin(persons, eq(persons.id, temporaryResidences.personId))
    .innerJoin(temporaryResidenceVersions, and(eq(temporaryResidenceId, temporaryResidences.id), currentTemporary))
    .where(and(inArray(persons.personalId, [...numbers]), isNull(validTo)))
    .orderBy(asc(persons.personalId), asc(temporaryResidences.communeCode), asc(startsOn));
}

/**
 * Adds a problem for a person who is unknown or dead, for a stay in force in the commune of the permanent residence, and for one that
 * the register has had with another term or until an early end: an old file must not revive it.
 */
async function examineTemporary(
  tx: Tx,
  candidates: readonly Candidate<TemporaryRow>[],
  today: LegalDay,
): Promise<void> {
  const residents = await residentsOf(
    tx,
    candidates.map(({ row }) => row.personalId),
  );
  const homes = await readHouseholds(
    tx,
    [...residents.values()].flatMap((resident) => homeOf(resident) ?? []),
  );
  const terms = await termsOf(
    tx,
    [...residents.values()].map(({ personId }) => personId),
  );
  for (const { row, problems } of candidates) {
    const resident = residents.get(row.personalId);
    if (!resident) problems.add(["personalId"], personUnknown());
    else if (resident.last?.strikeOff === "DEATH") problems.add(["personalId"], personDeceased());
    else if (row.endsOn >= today && homes.get(homeOf(resident) ?? "")?.last.communeCode === row.commune)
      problems.add(["commune"], temporaryAtHome());
    else if (terms.some((term) => term.personId === resident.personId && overlaps(term, row)))
      problems.add(["startsOn"], temporaryAlready());
  }
}

type KnownTerm = Term & { personId: string; commune: string; endedOn: LegalDay | null };

/** All terms of the stays of persons, also former ones and those of stays that ended early. */
function termsOf(tx: Tx, personIds: readonly string[]): Promise<KnownTerm[]> {
  const stay = temporaryResidences;
  const { startsOn, endsOn, validTo, temporaryResidenceId } = temporaryResidenceVersions;
  return tx
    .select({
      ...{ personId: stay.personId, commune: stay.communeCode, startsOn, endsOn },
      endedOn: sql<LegalDay | null>`max(${validTo}) over (partition by ${stay.id})::text`,
    })
    .from(stay)
    .innerJoin(temporaryResidenceVersions, eq(temporaryResidenceId, stay.id))
    .where(inArray(stay.personId, [...personIds]));
}

/** True for terms in one commune that have a day in common; on the day of an early end, another stay may begin. */
function overlaps({ commune, startsOn, endsOn, endedOn }: KnownTerm, row: TemporaryRow): boolean {
  if (commune !== row.commune || row.startsOn > endsOn || row.endsOn < startsOn) return false;
  return endedOn === null || row.startsOn < endedOn || row.startsOn === startsOn;
}

async function enterTemporary(tx: Tx, rows: readonly TemporaryRow[], origin: Origin): Promise<void> {
  const residents = await residentsOf(
    tx,
    rows.map(({ personalId }) => personalId),
  );
  const made = rows.flatMap((row) => {
    const resident = residents.get(row.personalId);
    return resident ? [{ ...row, id: uuidv7(), personId: resident.personId }] : []; // examined before
  });
  await insertMany(
    tx,
    temporaryResidences,
    made.map(({ id, personId, addressLine, commune: communeCode }) => ({
      ...{ id, personId, addressLine, communeList: COMMUNE_LIST, communeCode },
    })),
  );
  await insertMany(
    tx,
    temporaryResidenceVersions,
    made.map(({ id: temporaryResidenceId, startsOn, endsOn }) => ({
      ...{ ...origin, temporaryResidenceId, validFrom: startsOn, startsOn, endsOn },
    })),
  );
}
