import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { customType } from "drizzle-orm/pg-core";

/** Column of personal numbers: one text, with a space between two, which takes half the bytes of an array. */
export const personalNumbers = customType<{ data: string[]; driverData: string }>({
  dataType: () => "text",
  toDriver: (numbers) => numbers.join(" "),
  fromDriver: numbersOf,
});

/** Numbers of such a column, for handwritten SQL that reads its text. */
export function numbersOf(stored: string): string[] {
  return stored === "" ? [] : stored.split(" ");
}

/** The numbers as integers, for conditions and for indexes, whose entries are smaller than with texts. */
export function numbersIn(column: SQLWrapper): SQL {
  return sql`(string_to_array(${column}, ' ')::bigint[])`;
}

/** The number of a column of one number, in the same way. */
export function numberIn(column: SQLWrapper): SQL {
  return sql`(${column}::bigint)`;
}

/** Condition that a column of one number has one of these. An index on `numberIn` answers it. */
export function isOneOf(column: SQLWrapper, personalIds: readonly string[]): SQL {
  return sql`${numberIn(column)} = any(${bigints(personalIds)})`;
}

/** Condition that a column of personal numbers has this one. An index on `numbersIn` answers it. */
export function hasNumber(column: SQLWrapper, personalId: string): SQL {
  return hasAnyNumber(column, "@>", [personalId]);
}

/** Condition that a column of personal numbers has one of these. An index on `numbersIn` answers it. */
export function hasOneOf(column: SQLWrapper, personalIds: readonly string[]): SQL {
  return hasAnyNumber(column, "&&", personalIds);
}

function hasAnyNumber(column: SQLWrapper, operator: "@>" | "&&", personalIds: readonly string[]): SQL {
  return sql`${numbersIn(column)} ${sql.raw(operator)} ${bigints(personalIds)}`;
}

function bigints(personalIds: readonly string[]): SQL {
  const numbers = sql.join(
    personalIds.map((number) => sql`${number}`),
    sql`, `,
  );
  return sql`array[${numbers}]::bigint[]`;
}
