import { and, asc, eq, gt, inArray, or } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import * as z from "zod";
import { commune } from "../../_shared/reference/communes.ts";
import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { earliestDay, latestDay, type PartialDate, parsePartialDate } from "../../_shared/reference/partial-dates.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { within } from "../../_shared/transfer/columns.ts";
import { optionalText, readFields, text } from "../../_shared/transfer/record-fields.ts";
import type { Origin, TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { acts } from "../acts/tables.ts";
import { bookNumbers } from "../books/tables.ts";
import { bookHasGap, eventInFuture } from "../errors.ts";
import { type MarriageFacts, readMarriage } from "../marriages/read-marriage.ts";
import { demandMayMarry } from "../marriages/register-marriage.ts";
import { type MarriageEndCause, marriageEnds, marriages, marriageVersions } from "../marriages/tables.ts";
import { personKey } from "../persons/person-key.ts";
import type { RegistrationKind } from "../persons/registration-kinds.ts";
import { type BookPlace, isAt, keyOf, readPlace } from "./book-place.ts";
import { enterActs, enterNumbers } from "./enter-acts.ts";
import { bookIsClosed, decisionOfEnd, endBeforeItsMarriage } from "./errors.ts";
import { personColumns, personFields, REGISTRATION_COLUMNS, registrationFields } from "./recorded-fields.ts";

type EndRow = { cause: MarriageEndCause; endedOn: PartialDate; decision: string | null; notedOn: LegalDay };
/** A marriage as files have it, with its end if it has ended. */
type MarriageRow = BookPlace & MarriageFacts & { kind: RegistrationKind; end: EndRow | null };

const LONGEST_DECISION = 200;
const fields = z.strictObject({
  ...registrationFields,
  ...{ marriedOn: optionalText, husband: personFields, wife: personFields },
  end: z
    .strictObject({
      cause: z.enum(["DIVORCE", "ANNULMENT", "DEATH"]),
      ...{ endedOn: text, decision: optionalText, notedOn: text },
    })
    .nullish(),
});

/** Marriages with the facts in force, in the order of their registration. */
export const marriageRecords: TransferKind<MarriageRow> = {
  name: "MARRIAGE",
  columns: {
    ...{ ...REGISTRATION_COLUMNS, marriedOn: "Ngày xác lập hôn nhân" },
    ...{ ...personColumns("husband", "Chồng"), ...personColumns("wife", "Vợ") },
    ...within("end.", "Chấm dứt hôn nhân", {
      ...{ cause: "Lý do", endedOn: "Ngày", decision: "Bản án, quyết định", notedOn: "Ngày ghi vào sổ" },
    }),
  },
  keyColumns: ["number", "office"],
  citizensOf: ({ husband, wife }) => [husband, wife].flatMap(({ personalId }) => personalId ?? []),
  async page(tx, after, size) {
    const [day = "", id = ""] = after?.split(" ") ?? [];
    const isLater = or(
      gt(marriages.registeredOn, day as LegalDay), // an earlier page gave it
      and(eq(marriages.registeredOn, day as LegalDay), gt(marriages.id, id)),
    );
    const heads = await tx
      .select({ id: marriages.id, day: marriages.registeredOn })
      .from(marriages)
      .where(after === null ? undefined : isLater)
      .orderBy(asc(marriages.registeredOn), asc(marriages.id))
      .limit(size);
    const last = heads.length < size ? undefined : heads.at(-1);
    const rows = await storedMarriages(
      tx,
      heads.map((head) => head.id),
    );
    return { rows, next: last ? `${last.day} ${last.id}` : null };
  },
  importing: {
    changed: ["marriages.*", "marriage_versions.*", "marriage_ends.*", "book_numbers.*"],
    read: readRow,
    keyOf,
    async stored(tx, keys) {
      const where = and(eq(bookNumbers.book, "MARRIAGE"), isAt(bookNumbers, keys));
      const places = await tx.select({ id: bookNumbers.actId }).from(bookNumbers).where(where);
      return storedMarriages(
        tx,
        places.map(({ id }) => id),
      );
    },
    // the record of a death ends the marriages of the deceased
    completed: (row, { end }) => (row.end === null && end?.cause === "DEATH" ? { ...row, end } : row),
    async examine(tx, candidates) {
      // an ended marriage is history: its spouses may have married again, or died
      for (const { row, problems } of candidates) if (!row.end) await demandMayMarry(tx, row, problems);
    },
    enter: enterMarriages,
    refusals: { book_numbers_without_gaps: bookHasGap, book_numbers_open_book: bookIsClosed },
  },
};

function readRow(raw: object, today: LegalDay, problems: Problems): MarriageRow | undefined {
  const read = readFields(fields, raw, problems);
  if (!read) return undefined;
  const place = readPlace(read, today, problems);
  const { kind, marriedOn, husband, wife, formerRegistration } = read;
  const input = { kind, marriedOn, husband, wife, formerRegistration, ground: "" };
  const facts = place && readMarriage(input, place.registeredOn, problems);
  const end = read.end ? readEnd(read.end, today, problems) : null;
  if (!place || !facts || end === undefined) return undefined;
  if (end && latestDay(end.endedOn) < facts.marriedOn) problems.add(["end", "endedOn"], endBeforeItsMarriage());
  return { ...place, ...facts, kind, end };
}

function readEnd(
  { cause, ...raw }: NonNullable<z.infer<typeof fields>["end"]>,
  today: LegalDay,
  problems: Problems,
): EndRow | undefined {
  const endedOn = problems.take(["end", "endedOn"], parsePartialDate(raw.endedOn));
  const notedOn = problems.take(["end", "notedOn"], parseLegalDay(raw.notedOn));
  const decision =
    raw.decision === null ? null : problems.take(["end", "decision"], parseFreeText(raw.decision, LONGEST_DECISION));
  if ((cause === "DEATH") !== (raw.decision === null)) problems.add(["end", "decision"], decisionOfEnd());
  if (endedOn && earliestDay(endedOn) > today) problems.add(["end", "endedOn"], eventInFuture());
  if (notedOn && notedOn > today) problems.add(["end", "notedOn"], eventInFuture());
  return endedOn && notedOn && decision !== undefined ? { cause, endedOn, decision, notedOn } : undefined;
}

async function storedMarriages(tx: Tx, ids: string[]) {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ marriage: marriages, version: marriageVersions, place: bookNumbers, end: marriageEnds, endAct: acts })
    .from(marriages)
    .innerJoin(bookNumbers, eq(bookNumbers.actId, marriages.id))
    .innerJoin(
      marriageVersions,
      and(
        eq(marriageVersions.marriageId, marriages.id),
        latestVersion(marriageVersions.version, marriageVersions.marriageId, marriages.id),
      ),
    )
    .leftJoin(marriageEnds, eq(marriageEnds.marriageId, marriages.id))
    .leftJoin(acts, eq(acts.id, marriageEnds.actId))
    .where(inArray(marriages.id, ids))
    .orderBy(asc(marriages.registeredOn), asc(marriages.id));
  return rows.map(({ marriage, version, place, end, endAct }) => ({
    ...{ number: `${place.number}/${place.year}`, office: place.commune, registeredOn: marriage.registeredOn },
    ...{ kind: marriage.kind, marriedOn: marriage.marriedOn, ...version.details },
    end: end &&
      endAct && { cause: end.cause, endedOn: end.endedOn, decision: end.decision, notedOn: endAct.effectiveOn },
  }));
}

async function enterMarriages(tx: Tx, rows: readonly MarriageRow[], origin: Origin): Promise<void> {
  const made = rows.map((row) => ({ ...row, id: uuidv7(), endId: uuidv7() }));
  const ended = made.flatMap(({ end, ...marriage }) => (end ? [{ ...marriage, end }] : []));
  await enterActs(
    tx,
    [
      ...made.map(({ id, registeredOn }) => ({ id, kind: "MARRIAGE" as const, on: registeredOn, entries: [id] })),
      ...ended.map(({ id, endId, end }) => ({ id: endId, kind: end.cause, on: end.notedOn, entries: [id] })),
    ],
    origin,
  );
  await insertMany(
    tx,
    marriages,
    made.map(({ id, kind, registeredOn, marriedOn, husband, wife, office }) => ({
      ...{ id, kind, registeredOn, marriedOn, husbandKey: personKey(husband), wifeKey: personKey(wife) },
      ...{ office, officeProvince: commune(office)?.province ?? null },
    })),
  );
  await insertMany(
    tx,
    marriageVersions,
    made.map(({ id, registeredOn, husband, wife, formerRegistration }) => ({
      ...{ ...origin, marriageId: id, actId: id, validFrom: registeredOn },
      ...{ husbandName: husband.fullName, wifeName: wife.fullName },
      details: { husband, wife, formerRegistration },
    })),
  );
  await enterNumbers(tx, "MARRIAGE", made);
  await insertMany(
    tx,
    marriageEnds,
    ended.map(({ id: marriageId, endId: actId, end: { cause, endedOn, decision } }) => ({
      ...{ marriageId, actId, cause, endedOn, decision },
    })),
  );
}
