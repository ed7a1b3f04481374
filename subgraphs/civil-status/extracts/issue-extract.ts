import { sql } from "drizzle-orm";
import { isUuid } from "../../_shared/reference/uuid.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, performAct } from "../acts/perform-act.ts";
import { takeBookNumber } from "../books/take-number.ts";
import { copiesImpossible, entryUnknown } from "../corrections/errors.ts";
import { deaths, deathVersions } from "../deaths/tables.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { marriages, marriageVersions } from "../marriages/tables.ts";
import { readDeclarant } from "../persons/read-person.ts";
import { births, birthVersions, citizenNumbers } from "../tables.ts";
import { type ExtractedBook, extracts } from "./tables.ts";
import type { ExtractInput } from "./types.ts";

const MOST_COPIES = 50;

/** Issues an extract of the version of an entry that is in force. */
export function issueExtract(
  ctx: CivilStatusContext,
  input: ExtractInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "EXTRACT" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const requester = readDeclarant(input.requester, ["requester"], problems);
    const { kind: book, entry: entryId, copies } = input;
    if (copies < 1 || copies > MOST_COPIES) problems.add(["copies"], copiesImpossible(MOST_COPIES));
    const entry = isUuid(entryId) ? await inForce(tx, book, entryId) : undefined;
    if (!entry) problems.add(["entry"], entryUnknown());
    if (!requester || !entry || problems.found.length > 0) return undefined;
    await tx.insert(extracts).values({ id: act.id, book, entryId, version: entry.version, copies, requester });
    await takeBookNumber(tx, "EXTRACT", act);
    return { entries: [entryId], citizens: entry.persons, changed: ["extracts.*", "book_numbers.*"] };
  });
}

type InForce = { version: number; persons: string[] };

/** Queries for the version in force and for the persons of an entry, by kind. */
const QUERIES = {
  BIRTH: (id: string) => sql`
    select max(v.version) as version, array_agg(distinct coalesce(n.personal_id, b.citizen_id::text)) as persons
      from ${births} b join ${birthVersions} v on v.birth_id = b.id
      left join ${citizenNumbers} n on n.citizen_id = b.citizen_id where b.id = ${id}`,
  DEATH: (id: string) => sql`
    select max(v.version) as version, array_agg(distinct coalesce(d.personal_id, d.id::text)) as persons
      from ${deaths} d join ${deathVersions} v on v.death_id = d.id where d.id = ${id}`,
  MARRIAGE: (id: string) => sql`
    select max(v.version) as version, array_agg(distinct key) as persons
      from ${marriages} m join ${marriageVersions} v on v.marriage_id = m.id
      cross join lateral (values (m.husband_key), (m.wife_key)) spouses(key) where m.id = ${id}`,
} satisfies Record<ExtractedBook, (id: string) => unknown>;

async function inForce(tx: Tx, book: ExtractedBook, id: string): Promise<InForce | undefined> {
  const [found] = await tx.execute<{ version: number | null; persons: string[] }>(sql`
    select version, to_json(persons) as persons from (${QUERIES[book](id)}) entry`);
  return found && found.version !== null ? { version: found.version, persons: found.persons } : undefined;
}
