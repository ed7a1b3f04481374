import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { commune } from "../../_shared/reference/communes.ts";
import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { eventInFuture } from "../errors.ts";
import { bookNumberMalformed, officeNotListed } from "./errors.ts";

/** Place of an entry in a register book of an office and year: its key in files. */
export type BookPlace = { number: string; office: string; registeredOn: LegalDay };

/** The place of a record in its book; undefined, with problems, if it cannot be one. */
export function readPlace(
  raw: { number: string; office: string; registeredOn: string },
  today: LegalDay,
  problems: Problems,
): BookPlace | undefined {
  const registeredOn = problems.take(["registeredOn"], parseLegalDay(raw.registeredOn));
  if (registeredOn && registeredOn > today) problems.add(["registeredOn"], eventInFuture());
  if (!commune(raw.office)) problems.add(["office"], officeNotListed());
  const isNumber = /^[1-9]\d{0,8}\/\d{4}$/.test(raw.number) && raw.number.slice(-4) === registeredOn?.slice(0, 4);
  if (!isNumber) problems.add(["number"], bookNumberMalformed());
  return registeredOn && { number: raw.number, office: raw.office, registeredOn };
}

export function keyOf({ number, office }: BookPlace): string {
  return `${office} ${number}`;
}

/** Commune, year and number of a key. */
export function placeOf(key: string): { commune: string; year: number; number: number } {
  const [commune = "", number = "", year = ""] = key.split(/[ /]/);
  return { commune, year: Number(year), number: Number(number) };
}

/** Condition that a row of a book is at one of these places; an index answers it. */
export function isAt(
  columns: { commune: SQLWrapper; year: SQLWrapper; number: SQLWrapper },
  keys: readonly string[],
): SQL {
  const places = JSON.stringify(keys.map(placeOf));
  return sql`(${columns.commune}, ${columns.year}, ${columns.number}) in (
    select p.commune, p.year, p.number from jsonb_to_recordset(${places}::text::jsonb) as p(commune text, year smallint, number int))`;
}
