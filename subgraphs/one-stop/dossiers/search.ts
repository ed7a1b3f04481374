import { eq, type SQL, sql } from "drizzle-orm";
import { parseDossierCode } from "../../_shared/reference/identifiers/dossier-code.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { parsePhone } from "../../_shared/reference/identifiers/phone.ts";
import { foldName } from "../../_shared/reference/person-names.ts";
import { searchedText } from "../../_shared/registers/name-search.ts";
import { dossiers, searchTerms } from "../tables.ts";
import { hasParty } from "./parties.ts";

/** Words of one search at most; further ones are ignored. */
const MOST_WORDS = 12;
/** Phones and tails of codes are rare in the whole province already; see the function `search_terms` of the database. */
const HAS_DIGIT = /[0-9]/;
const CODE_TAIL = /^\d{6}(\d{2})?-\d{4,7}$/;

type Searched = { names: readonly (string | null)[]; phone: string | null };

/**
 * Words under which a dossier is found, separated by spaces: folded names, phone, its last four digits. The index adds the day and
 * the number of the code, but not its tail: each would be an entry of the index for itself.
 */
export function searchWords({ names, phone }: Searched): string {
  const words = names.flatMap((name) => (name === null ? [] : wordsOf(name)));
  const phones = phone === null ? [] : [phone, phone.slice(-4)];
  return [...new Set([...words, ...phones])].join(" ");
}

/**
 * Condition for a search as people do it: a personal number of a party, a phone in any spelling or its last four digits, a code
 * or its tail, or words of a name without regard to diacritics. `office` is the one that the list is limited to, if any: the
 * index has the words of each office apart, so that a search reads those of the own office alone.
 *
 * @throws BAD_USER_INPUT for a text that is too long
 */
export function matchesSearch(text: string, office: string | null): SQL | undefined {
  const wanted = searchedText(text);
  if (wanted === undefined) return undefined;
  const personalId = parsePersonalId(wanted);
  if (personalId.ok) return hasParty(personalId.value);
  const phone = parsePhone(wanted);
  if (phone.ok) return isRare(hasTerms([phone.value]));
  const code = parseDossierCode(wanted.toUpperCase());
  if (code.ok) return eq(dossiers.code, code.value);
  if (CODE_TAIL.test(wanted))
    return isRare(sql`${hasTerms(wanted.split("-"))} and ${dossiers.code} like ${`%-${wanted}`}`);
  const words = wordsOf(wanted).slice(0, MOST_WORDS);
  return hasTerms(words.map((word) => (office === null || HAS_DIGIT.test(word) ? word : `${office} ${word}`)));
}

function wordsOf(name: string): string[] {
  return foldName(name).split(" ").filter(Boolean);
}

function hasTerms(terms: readonly string[]): SQL {
  const list = sql.join(
    terms.map((term) => sql`${term}`),
    sql`, `,
  );
  return sql`${searchTerms(dossiers)} @> array[${list}]::text[]`;
}

/**
 * Condition that few dossiers meet, which are looked up first. PostgreSQL expects many dossiers for any word, and would else look
 * through all in the order of the list (measured: 1.3 s of 300,000 dossiers).
 */
function isRare(wanted: SQL): SQL {
  const found = sql`select id from ${dossiers} where ${wanted}`;
  return sql`${dossiers.id} = any(array(${found}))`;
}
