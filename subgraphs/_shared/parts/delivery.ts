import { and, eq, inArray } from "drizzle-orm";
import type { Caller } from "../identity/caller.ts";
import { type Database, type Tx, violatedUnique } from "../serving/database.ts";
import { badUserInput } from "../serving/errors.ts";
import type { Decision, ServingMode } from "../serving/serving-mode.ts";
import { requirePartId } from "./part-id.ts";
import type { Examination, Part, PartProblem, ProcedureHandler, Procedures, StoredAnswer } from "./procedure.ts";
import { receivedParts } from "./tables.ts";

type Row = typeof receivedParts.$inferSelect;
export type Delivery = {
  db: Database;
  procedures: Procedures;
  caller: Caller;
  now: Date;
  mode: Pick<ServingMode, "decide">;
};
export type IncomingPart = Omit<Part<unknown>, "content"> & { content: unknown };

/** How often a concurrent registration may win before the agency gives up and lets the saga ask again. */
const RETRIES_AFTER_A_RACE = 3;

export function handlerOf(procedures: Procedures, code: string): ProcedureHandler<unknown> {
  const handler = procedures.handlers.find((h) => h.procedure === code);
  if (!handler) throw badUserInput(`This agency does not decide procedure ${code}`, "part.procedure");
  return handler;
}

export function readContent(handler: ProcedureHandler<unknown>, part: IncomingPart): Part<unknown> {
  const parsed = handler.content.safeParse(part.content);
  if (parsed.success) return { ...part, content: parsed.data };
  const faults = parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`);
  throw badUserInput(
    `The part's content does not fit procedure ${part.procedure}: ${faults.join("; ")}`,
    "part.content",
  );
}

/** Says what would happen, writes nothing. */
export async function checkPart(
  { db, procedures }: Delivery,
  incoming: IncomingPart,
): Promise<Omit<Examination, "found"> & { handling: "AUTOMATIC" | "OFFICER" }> {
  const handler = handlerOf(procedures, incoming.procedure);
  const { problems, verify } = await handler.examine(db, readContent(handler, incoming));
  const officer = verify.length > 0 || procedures.officer.has(handler.procedure);
  return { problems, verify, handling: officer ? "OFFICER" : "AUTOMATIC" };
}

/**
 * Decides a part once. The answer and the register's entry are one transaction; a repeated or concurrent delivery gets the
 * stored answer, and a cancelled part stays cancelled.
 */
export async function deliverPart(delivery: Delivery, incoming: IncomingPart): Promise<StoredAnswer> {
  const handler = handlerOf(delivery.procedures, incoming.procedure);
  requirePartId(incoming.id, "part.id");
  const part = readContent(handler, incoming);
  for (let attempt = 1; ; attempt++) {
    try {
      const { answer, kept } = await delivery.db.transaction(async (tx) => {
        // side by side on one connection: nearly every part comes once
        const [known, examined] = await Promise.all([stored(tx, part.id), handler.examine(tx, part)]);
        if (known) return { answer: known, kept: undefined };
        return keep(tx, part, await decide(tx, delivery, handler, part, examined), delivery.now);
      });
      await kept; // sent with the COMMIT behind it: had it failed, the whole transaction would have
      return answer;
    } catch (error) {
      // somebody registered the same at the same moment: look again, and find it
      if (violatedUnique(error) === undefined || attempt > RETRIES_AFTER_A_RACE) throw error;
    }
  }
}

/** What became of a part; null if it never arrived. */
export async function partStatus(tx: Tx, partId: string): Promise<StoredAnswer | null> {
  return (await stored(tx, requirePartId(partId, "partId"))) ?? null;
}

/** Cancels a part that is not decided yet, or leaves a tombstone for one that never arrived. A decided part stays as it is. */
export async function cancelPart(db: Database, partId: string, now: Date): Promise<StoredAnswer> {
  requirePartId(partId, "partId");
  return db.transaction(async (tx) => {
    await tx
      .insert(receivedParts)
      .values({ partId, procedure: "unknown", state: "CANCELLED", decidedAt: now })
      .onConflictDoNothing();
    await tx
      .update(receivedParts)
      .set({ state: "CANCELLED", decidedAt: now, content: null })
      // only what is open may be cancelled: a granted registration is a legal fact
      .where(and(eq(receivedParts.partId, partId), inArray(receivedParts.state, ["PROCESSING", "SUPPLEMENT_NEEDED"])));
    const answer = await stored(tx, partId);
    if (!answer) throw new Error("A cancelled part must have a row");
    return answer;
  });
}

async function stored(tx: Tx, partId: string): Promise<StoredAnswer | undefined> {
  const [row] = await tx.select().from(receivedParts).where(eq(receivedParts.partId, partId));
  return row ? answerOf(row) : undefined;
}

export function answerOf(row: Row): StoredAnswer {
  return {
    state: row.state,
    decidedAt: row.decidedAt,
    result: row.resultType && row.resultId ? { type: row.resultType, id: row.resultId } : null,
    facts: row.facts,
    refusal: row.refusal,
    supplement: row.supplement,
  };
}
export const undecided = { decidedAt: null, result: null, facts: null, refusal: null, supplement: null };

export async function decide(
  tx: Tx,
  { procedures, caller, now, mode }: Delivery,
  handler: ProcedureHandler<unknown>,
  part: Part<unknown>,
  { problems, verify, found }: Examination,
): Promise<Decision> {
  const replaced = mode.decide(handler.procedure, now);
  if (replaced) return replaced;
  const [problem] = problems;
  if (problem) return { ...undecided, state: "REFUSED", decidedAt: now, refusal: refusalFor(problem) };
  if (verify.length > 0 || procedures.officer.has(handler.procedure))
    return { ...undecided, state: "PROCESSING", verify };
  const { result, facts } = await handler.grant(tx, part, found, { ...caller, purpose: part.dossier }, now);
  return { ...undecided, state: "GRANTED", decidedAt: now, result: result ?? null, facts };
}

function refusalFor(problem: PartProblem) {
  const { code, message, messageEn, legalBasis, existingDossier } = problem;
  return { code, message, messageEn, legalBasis: legalBasis ?? "Nghị định 118/2025/NĐ-CP", existingDossier };
}

/** Sends the answer to be kept; `kept` settles once it is. */
function keep(tx: Tx, part: Part<unknown>, decided: Decision, now: Date) {
  const { verify, ...answer } = decided;
  const decidedAt = answer.state === "PROCESSING" ? null : (answer.decidedAt ?? now);
  const row = {
    partId: part.id,
    procedure: part.procedure,
    dossier: part.dossier,
    office: part.office,
    state: answer.state,
    resultType: answer.result?.type ?? null,
    resultId: answer.result?.id ?? null,
    facts: answer.facts,
    refusal: answer.refusal,
    supplement: answer.supplement,
    verify: verify ?? null,
    content: answer.state === "PROCESSING" || answer.state === "SUPPLEMENT_NEEDED" ? part.content : null,
    decidedAt,
  };
  const kept = tx.insert(receivedParts).values(row).execute();
  kept.catch(() => undefined); // the caller awaits it after the COMMIT
  return { answer: { ...answer, decidedAt }, kept };
}
