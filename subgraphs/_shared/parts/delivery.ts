import { and, eq, inArray } from "drizzle-orm";
import type { Caller } from "../identity/caller.ts";
import { type LegalDay, legalDayOf } from "../reference/days.ts";
import { afterLostRaces, type Database, type Tx } from "../serving/database.ts";
import { badUserInput } from "../serving/errors.ts";
import type { Decision, ServingMode } from "../serving/serving-mode.ts";
import { SUSPECTED_DUPLICATE } from "./likeness.ts";
import { requirePartId } from "./part-id.ts";
import {
  type Examination,
  isOpenAnswer,
  type Part,
  type PartContent,
  type PartProblem,
  type ProcedureHandler,
  type Procedures,
  type StoredAnswer,
} from "./procedure.ts";
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

/** Facts by which a part is decided: of no use after the decision, when every part that ever came is kept. */
export const NO_LONGER_KEPT = { content: null, office: null, recordedAt: null } as const;

export function handlerOf(procedures: Procedures, code: string): ProcedureHandler<PartContent> {
  const handler = procedures.handlers.find((h) => h.procedure === code);
  if (!handler) throw badUserInput(`This agency does not decide procedure ${code}`, "part.procedure");
  return handler;
}

export function readContent(handler: ProcedureHandler<PartContent>, part: IncomingPart): Part<PartContent> {
  const parsed = handler.content.safeParse(part.content);
  if (parsed.success) return { ...part, content: parsed.data };
  const faults = parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`);
  throw badUserInput(
    `The part's content does not fit procedure ${part.procedure}: ${faults.join("; ")}`,
    "part.content",
  );
}

/** Checks a part without writing. */
export async function checkPart(
  { db, procedures }: Delivery,
  incoming: IncomingPart,
): Promise<Omit<Examination, "found"> & { handling: "AUTOMATIC" | "OFFICER" }> {
  const handler = handlerOf(procedures, incoming.procedure);
  const part = readContent(handler, incoming);
  const examined = await handler.examine(db, part);
  const { problems } = examined;
  const verify = reasonsForReview(part, examined);
  const officer = isForOfficer(procedures, part, verify);
  return { problems, verify, handling: officer ? "OFFICER" : "AUTOMATIC" };
}

/**
 * Decides a part once. The answer and the register entry are written in one transaction; a repeated or concurrent delivery gets the
 * stored answer, and a cancelled part stays cancelled. A refusal of a part that was granted before is not stored.
 */
export async function deliverPart(delivery: Delivery, incoming: IncomingPart): Promise<StoredAnswer> {
  const handler = handlerOf(delivery.procedures, incoming.procedure);
  requirePartId(incoming.id, "part.id");
  const part = readContent(handler, incoming);
  // where the same fact was registered concurrently, the next attempt finds it
  return afterLostRaces(async () => {
    const { answer, inserted } = await delivery.db.transaction(async (tx) => {
      // both queries are sent at once on one connection, because nearly every part is delivered only once
      const [known, examined] = await Promise.all([stored(tx, part.id), handler.examine(tx, part)]);
      if (known) return { answer: known, inserted: undefined };
      const decided = await decide(tx, delivery, handler, part, examined);
      const isStored = decided.state !== "REFUSED" || !part.content.grantedBefore;
      return isStored
        ? storeAnswer(tx, part, decided, delivery.now)
        : { answer: toldAnswer(decided, delivery.now), inserted: undefined };
    });
    await inserted; // sent before the COMMIT, which fails if it fails
    return answer;
  });
}

/** Stored answer to a part; null if the part never arrived. */
export async function partStatus(tx: Tx, partId: string): Promise<StoredAnswer | null> {
  return (await stored(tx, requirePartId(partId, "partId"))) ?? null;
}

/** Cancels a part that is not decided yet, or leaves a tombstone for one that never arrived. A decided part stays as it is. */
export async function cancelPart(db: Database, partId: string, now: Date): Promise<StoredAnswer> {
  requirePartId(partId, "partId");
  return db.transaction(async (tx) => {
    await tx
      .insert(receivedParts)
      .values({ partId, procedure: "unknown", state: "CANCELLED", decidedAt: now, ...NO_LONGER_KEPT })
      .onConflictDoNothing();
    await tx
      .update(receivedParts)
      .set({ state: "CANCELLED", decidedAt: now, ...NO_LONGER_KEPT })
      // only an open part may be cancelled: a granted registration is a legal fact
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
    likenesses: row.likenesses,
  };
}

/**
 * Reasons for the review by an officer, including the suspicion that the register has the same entry already. None for a part that
 * was granted before: the agency has decided it.
 */
function reasonsForReview({ content }: Part<PartContent>, { verify, likenesses = [] }: Examination): string[] {
  if (content.grantedBefore) return [];
  return likenesses.length > 0 ? [...verify, SUSPECTED_DUPLICATE] : verify;
}

export const undecided = {
  ...{ decidedAt: null, result: null, facts: null, refusal: null, supplement: null },
  likenesses: null,
};

export async function decide(
  tx: Tx,
  { procedures, caller, now, mode }: Delivery,
  handler: ProcedureHandler<PartContent>,
  part: Part<PartContent>,
  examined: Examination,
): Promise<Decision> {
  const { problems, found, likenesses = [] } = examined;
  const verify = reasonsForReview(part, examined);
  const replaced = mode.decide(handler.procedure, now);
  if (replaced) return replaced;
  const [problem] = problems;
  if (problem) return { ...undecided, state: "REFUSED", decidedAt: now, refusal: refusalFor(problem) };
  if (isForOfficer(procedures, part, verify))
    return { ...undecided, state: "PROCESSING", verify, ...(likenesses.length > 0 && { likenesses }) };
  const by = { ...caller, purpose: part.dossier };
  const { result, facts } = await handler.grant(tx, part, found, by, dayOfGrant(part, now));
  const { comparedDossiers } = part.content.grantedBefore ?? {};
  const before = { ...(comparedDossiers && { comparedDossiers }) };
  return { ...undecided, state: "GRANTED", decidedAt: now, result: result ?? null, facts: { ...facts, ...before } };
}

/** True if an officer decides the part, by its reasons for a review or by configuration; nobody decides one again that was granted before. */
function isForOfficer({ officer }: Procedures, part: Part<PartContent>, verify: readonly string[]): boolean {
  return !part.content.grantedBefore && (verify.length > 0 || officer.has(part.procedure));
}

/** Day of the entry of a part that is granted now: of one that the register has lost, the day of its earlier grant. */
export function dayOfGrant({ content }: Part<PartContent>, now: Date): LegalDay {
  return content.grantedBefore?.on ?? legalDayOf(now);
}

function refusalFor(problem: PartProblem) {
  const { code, message, messageEn, legalBasis, existingDossier } = problem;
  return { code, message, messageEn, legalBasis: legalBasis ?? "Nghị định 118/2025/NĐ-CP", existingDossier };
}

function keptWhileOpen({ office, content, receivedAt }: Part<unknown>) {
  return { office, content, recordedAt: receivedAt };
}

/** Answer to the desk, without the reasons for a review. */
function toldAnswer({ verify: _, ...answer }: Decision, now: Date) {
  const decidedAt = answer.state === "PROCESSING" ? null : (answer.decidedAt ?? now);
  return { ...answer, likenesses: answer.likenesses ?? null, decidedAt };
}

/** Sends the insert of the answer without waiting; `inserted` settles with it. */
function storeAnswer(tx: Tx, part: Part<unknown>, decided: Decision, now: Date) {
  const answer = toldAnswer(decided, now);
  const row = {
    partId: part.id,
    procedure: part.procedure,
    dossier: part.dossier,
    state: answer.state,
    resultType: answer.result?.type ?? null,
    resultId: answer.result?.id ?? null,
    facts: answer.facts,
    refusal: answer.refusal,
    supplement: answer.supplement,
    verify: decided.verify ?? null,
    likenesses: answer.likenesses,
    decidedAt: answer.decidedAt,
    ...(isOpenAnswer(answer.state) ? keptWhileOpen(part) : NO_LONGER_KEPT),
  };
  const inserted = tx.insert(receivedParts).values(row).execute();
  inserted.catch(() => undefined); // the caller awaits it after the COMMIT
  return { answer, inserted };
}
