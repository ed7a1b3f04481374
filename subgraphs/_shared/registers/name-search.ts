import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { parsePersonalId } from "../reference/identifiers/personal-id.ts";
import { nameWords } from "../reference/name-words.ts";
import { badUserInput } from "../serving/errors.ts";

const LONGEST_SEARCH = 200;
/** Words of one search at most; further ones are ignored. */
const MOST_WORDS = 12;

/**
 * Text that an officer searches for; undefined if it is empty.
 *
 * @throws BAD_USER_INPUT for a text that is too long
 */
export function searchedText(text: string | null | undefined): string | undefined {
  if (text && text.length > LONGEST_SEARCH)
    throw badUserInput(`search has at most ${LONGEST_SEARCH} characters`, "filter.search");
  return text?.trim() || undefined;
}

/** Words of a name in a column. An index on the same expression answers a condition on them. */
export function wordsOf(name: SQLWrapper): SQL {
  return sql`name_words(${name})`;
}

/** Condition that words of a name, stored or computed, have all those of a text, without regard to diacritics and order. */
export function haveWords(words: SQLWrapper, text: string): SQL {
  const wanted = nameWords(text).slice(0, MOST_WORDS);
  const list = sql.join(
    wanted.map((word) => sql`${word}`),
    sql`, `,
  );
  return sql`${words} @> array[${list}]::text[]`;
}

/**
 * Condition for a search as officers do it: a personal number in one of some columns, or words of one of some names. Undefined for
 * an empty text.
 *
 * @throws BAD_USER_INPUT for a text that is too long
 */
export function matchesPerson(
  text: string | null | undefined,
  personalIds: readonly SQLWrapper[],
  names: readonly SQLWrapper[],
): SQL | undefined {
  const wanted = searchedText(text);
  if (wanted === undefined) return undefined;
  const number = parsePersonalId(wanted);
  const conditions = number.ok
    ? personalIds.map((column) => sql`${column} = ${number.value}`)
    : names.map((name) => haveWords(wordsOf(name), wanted));
  return sql`(${sql.join(conditions, sql` or `)})`;
}
