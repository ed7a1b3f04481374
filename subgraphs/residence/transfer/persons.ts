import { and, asc, eq, gt, inArray, notExists } from "drizzle-orm";
import * as z from "zod";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { latestDay } from "../../_shared/reference/partial-dates.ts";
import { readFields } from "../../_shared/transfer/record-fields.ts";
import type { TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { currentPerson, livesThere } from "../current.ts";
import { persons, personVersions, residencies, residencyVersions } from "../tables.ts";
import { enterPersons, examinePersons } from "./enter-persons.ts";
import { PERSON_COLUMNS, type PersonRow, personFields, readPerson, withStoredId } from "./person-record.ts";
import { personColumns, storedPersons } from "./stored-persons.ts";

const fields = z.strictObject(personFields);

/** Persons without a permanent residence: those who have been struck off, or were never entered in a household. */
export const personRecords: TransferKind<PersonRow> = {
  name: "PERSON",
  columns: PERSON_COLUMNS,
  keyColumns: ["personalId"],
  citizensOf: ({ personalId }) => [personalId],
  async page(tx, after, size) {
    const heads = await tx
      .select({ id: persons.id, personalId: persons.personalId })
      .from(persons)
      .where(after === null ? undefined : gt(persons.personalId, after))
      .orderBy(asc(persons.personalId))
      .limit(size);
    const next = heads.length < size ? null : (heads.at(-1)?.personalId ?? null);
    if (heads.length === 0) return { rows: [], next };
    const home = tx
      .select({ id: residencies.id })
      .from(residencies)
      .innerJoin(residencyVersions, and(eq(residencyVersions.residencyId, residencies.id), livesThere))
      .where(eq(residencies.personId, persons.id));
    const rows = await tx
      .select(personColumns)
      .from(persons)
      .innerJoin(personVersions, and(eq(personVersions.personId, persons.id), currentPerson))
      .where(
        and(
          inArray(
            persons.id,
            heads.map(({ id }) => id),
          ),
          notExists(home),
        ),
      )
      .orderBy(asc(persons.personalId));
    return { rows, next };
  },
  importing: {
    changed: ["persons.*", "person_versions.*"],
    read(raw, today, problems) {
      const read = readFields(fields, raw, problems);
      return read && readPerson(read, [], today, problems);
    },
    keyOf: ({ personalId }) => personalId,
    completed: withStoredId,
    stored: async (tx, keys) => [...(await storedPersons(tx, inArray(persons.personalId, [...keys]))).values()],
    examine: (tx, candidates) =>
      examinePersons(
        tx,
        candidates.map(({ row, problems }) => ({ person: row, path: [], problems })),
        false,
      ),
    async enter(tx, rows, origin) {
      await enterPersons(
        tx,
        rows.map((person) => ({ person, on: bornOn(person) })),
        origin,
      );
    },
  },
};

/** Last possible day of birth, from which a person is known. */
function bornOn({ dateOfBirth }: PersonRow): LegalDay {
  return latestDay(dateOfBirth);
}
