import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordChange } from "../access-log/recorder.ts";
import { type LegalDay, legalDayOf } from "../reference/days.ts";
import { parseFreeText } from "../reference/person-names.ts";
import type { Context } from "../serving/context.ts";
import { afterLostRaces, type Tx } from "../serving/database.ts";
import { bodyHash, demandIdempotencyKey } from "../serving/idempotency.ts";
import { idempotencyConflict, tooManyEntries } from "./act-faults.ts";
import { Problems } from "./act-problems.ts";
import type { ActRow, ActsTable } from "./acts-table.ts";
import type { FoundProblem } from "./problem-type.ts";

const LONGEST_GROUND = 300;
/** Largest number of entries in a list of an input where each takes some statements while the act holds its locks. */
const MOST_ENTRIES = 50;

export type ActOutcome<Kind extends string> = { act: ActRow<Kind> | null; problems: FoundProblem[] };

/** The act that is under way: what every row it writes refers to. */
export type Act = { id: string; on: LegalDay; by: string; ground: string };
/**
 * Requested act: every input states the document on which the act rests. `mostEntries` is the largest number of entries in a list of
 * the input, for an act whose statements do not grow with it.
 */
export type RequestedAct<Kind, Input> = { kind: Kind; input: Input; idempotencyKey: string; mostEntries?: number };
/** Citizens that an act concerns and the columns that it changed, for the access log; undefined if there are problems. */
export type PerformedAct = { citizens: readonly string[]; changed: string[] };
type Perform = (tx: Tx, act: Act, problems: Problems) => Promise<PerformedAct | undefined>;

/** Context of a request, whose loaders may have read the state of before. */
type ActContext = Context<Readonly<Record<string, { clearAll(): unknown }>>>;

/** Signal that rolls the transaction back, with the problems that the caller gets. */
class Refused extends Error {
  constructor(readonly problems: FoundProblem[]) {
    super("The act has problems");
  }
}

/**
 * Performs an act once for each idempotency key: its row, what it changes and the record of the access are one transaction. An act
 * with problems leaves nothing behind, so its key may be used again.
 */
export async function performAct<Kind extends string, Input extends { ground: string }>(
  acts: ActsTable<Kind>,
  ctx: ActContext,
  requested: RequestedAct<Kind, Input>,
  perform: Perform,
): Promise<ActOutcome<Kind>> {
  demandIdempotencyKey(requested.idempotencyKey);
  try {
    const attempt = () => ctx.db.transaction((tx) => attemptAct(tx, acts, ctx, requested, perform));
    const outcome = await afterLostRaces(attempt);
    for (const loader of Object.values(ctx.loaders)) loader.clearAll();
    return outcome;
  } catch (error) {
    if (error instanceof Refused) return { act: null, problems: error.problems };
    throw error;
  }
}

async function attemptAct<Kind extends string, Input extends { ground: string }>(
  tx: Tx,
  acts: ActsTable<Kind>,
  { caller, now }: ActContext,
  { kind, input, idempotencyKey, mostEntries = MOST_ENTRIES }: RequestedAct<Kind, Input>,
  perform: Perform,
): Promise<ActOutcome<Kind>> {
  const problems = new Problems();
  for (const [name, value] of Object.entries(input))
    if (Array.isArray(value) && value.length > mostEntries) problems.add([name], tooManyEntries(mostEntries));
  if (problems.found.length > 0) return { act: null, problems: problems.found };
  const act = {
    id: uuidv7(),
    on: legalDayOf(now),
    by: caller.subject,
    ground: problems.take(["ground"], parseFreeText(input.ground, LONGEST_GROUND)) ?? "",
  };
  const hash = bodyHash({ kind, input });
  const table = acts as unknown as ActsTable<string>; // drizzle cannot infer the row of a generic table
  const [entered] = await tx
    .insert(table)
    .values({
      ...{ id: act.id, kind, owner: act.by, role: caller.role, idempotencyKey, bodyHash: hash },
      ...{ effectiveOn: act.on, ground: act.ground },
    })
    // waits for a concurrent request with the same key
    .onConflictDoNothing({ target: [table.owner, table.idempotencyKey] })
    .returning();
  if (!entered) return earlierAct(tx, acts, act.by, idempotencyKey, hash);
  const performed = await perform(tx, act, problems);
  if (!performed || problems.found.length > 0) throw new Refused(problems.found);
  await recordChange(tx, caller, [...new Set(performed.citizens)], performed.changed);
  return { act: entered as ActRow<Kind>, problems: [] };
}

/** Outcome of the act that this officer did with this key. */
async function earlierAct<Kind extends string>(
  tx: Tx,
  acts: ActsTable<Kind>,
  owner: string,
  key: string,
  hash: string,
): Promise<ActOutcome<Kind>> {
  const table = acts as unknown as ActsTable<string>; // drizzle cannot infer the row of a generic table
  const [act] = await tx
    .select()
    .from(table)
    .where(and(eq(table.owner, owner), eq(table.idempotencyKey, key)));
  if (act?.bodyHash === hash) return { act: act as ActRow<Kind>, problems: [] };
  return { act: null, problems: [{ ...idempotencyConflict(), path: ["idempotencyKey"] }] };
}
