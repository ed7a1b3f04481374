import { inArray } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Candidate, TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import {
  businessCodeTaken,
  businessUnknown,
  licenceNumberTaken,
  namedTwice,
  ownerHasHouseholdBusiness,
} from "../errors.ts";
import { licences } from "../licences/tables.ts";
import { businesses, liveBusinesses } from "../tables.ts";
import { BUSINESS_COLUMNS, type BusinessRow, type LicenceRow, readBusiness } from "./business-record.ts";
import { enterBusinesses } from "./enter-businesses.ts";
import { type Rules, rulesOf, termOf } from "./licence-terms.ts";
import { businessesAfter, storedBusinesses } from "./stored-businesses.ts";

/** Businesses in force, each with its people, lines of business and licences; enterprises come before their branches. */
export const businessRecords: TransferKind<BusinessRow> = {
  name: "BUSINESS",
  columns: BUSINESS_COLUMNS,
  keyColumns: ["code"],
  citizensOf: ({ people }) => people.map(({ personalId }) => personalId),
  async page(tx, after, size) {
    const rows = await businessesAfter(tx, after, size);
    return { rows, next: rows.length < size ? null : (rows.at(-1)?.code ?? null) };
  },
  importing: {
    changed: ["businesses.*", "business_versions.*", "business_people.*", "business_lines.*", "licences.*"],
    read: readBusiness,
    keyOf: ({ code }) => code,
    stored: storedBusinesses,
    completed: withStoredTerms,
    examine: examineBusinesses,
    enter: async (tx, rows, origin) => enterBusinesses(tx, rows, { origin, rules: await rulesOf(tx) }),
  },
};

/** A business whose licences have the last days that the rules of their kinds gave, where the file names none. */
function withStoredTerms(row: BusinessRow, stored: BusinessRow): BusinessRow {
  const lastDays = new Map(stored.licences.map(({ number, expiresOn }) => [number, expiresOn]));
  const completed = row.licences.map((licence) => ({
    ...licence,
    expiresOn: licence.expiresOn ?? lastDays.get(licence.number) ?? null,
  }));
  return { ...row, licences: completed };
}

/** Adds what the register has against businesses: codes, owners and numbers that are taken, terms that are too long. */
async function examineBusinesses(tx: Tx, candidates: readonly Candidate<BusinessRow>[]): Promise<void> {
  if (candidates.length === 0) return;
  const rows = candidates.map(({ row }) => row);
  const codes = await codesIn(tx, rows);
  const owners = await ownersIn(tx, rows);
  const numbers = await licenceNumbersIn(tx, rows);
  const rules = await rulesOf(tx);
  const own = new Set(rows.map(({ code }) => code));
  for (const { row, problems } of candidates) {
    if (codes.has(row.code)) problems.add(["code"], businessCodeTaken());
    const parent = row.kind === "BRANCH" ? row.code.slice(0, 10) : null;
    if (parent && !codes.has(parent) && !own.has(parent)) problems.add(["code"], businessUnknown());
    const owner = row.kind === "HOUSEHOLD" ? ownerOf(row) : undefined;
    if (owner && owners.has(owner)) problems.add(["people"], ownerHasHouseholdBusiness());
    if (owner) owners.add(owner);
    examineLicences(row.licences, { numbers, rules, registeredOn: row.registeredOn }, problems);
  }
}

export function ownerOf({ people }: BusinessRow): string | undefined {
  return people.find(({ role }) => role === "OWNER")?.personalId;
}

type Known = { numbers: Set<string>; rules: Rules; registeredOn: LegalDay };

function examineLicences(own: readonly LicenceRow[], { numbers, rules }: Known, problems: Problems): void {
  own.forEach((licence, place) => {
    if (numbers.has(licence.number))
      problems.add(["licences", place, "number"], own.indexOf(licence) < place ? namedTwice() : licenceNumberTaken());
    numbers.add(licence.number);
    const found = new Problems();
    termOf(licence, rules, found);
    for (const { path, ...fault } of found.found) problems.add(["licences", place, ...path], fault);
  });
}

async function codesIn(tx: Tx, rows: readonly BusinessRow[]): Promise<Set<string>> {
  const wanted = rows.flatMap(({ code }) => [code, code.slice(0, 10)]);
  const found = await tx.select({ code: businesses.code }).from(businesses).where(inArray(businesses.code, wanted));
  return new Set(found.map(({ code }) => code));
}

async function ownersIn(tx: Tx, rows: readonly BusinessRow[]): Promise<Set<string>> {
  const wanted = rows.flatMap((row) => ownerOf(row) ?? []);
  if (wanted.length === 0) return new Set();
  const found = await tx
    .select({ owner: liveBusinesses.householdOwner })
    .from(liveBusinesses)
    .where(inArray(liveBusinesses.householdOwner, wanted));
  return new Set(found.flatMap(({ owner }) => owner ?? []));
}

async function licenceNumbersIn(tx: Tx, rows: readonly BusinessRow[]): Promise<Set<string>> {
  const wanted = rows.flatMap((row) => row.licences.map(({ number }) => number));
  if (wanted.length === 0) return new Set();
  const found = await tx.select({ number: licences.number }).from(licences).where(inArray(licences.number, wanted));
  return new Set(found.map(({ number }) => number));
}
