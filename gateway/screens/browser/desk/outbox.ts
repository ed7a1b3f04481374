import { errorText } from "../client/error-text.ts";
import type { Answer } from "../client/graph.ts";
import type { Desk } from "./desk.ts";
import submitBatchDocument from "./documents/submit-batch.graphql";
import { batchMember, submitDocument } from "./kinds.ts";
import type { Outcome, Storage, StoredProblem, Taken } from "./storage.ts";
import { texts } from "./texts.ts";

/** Items of one batch, within the cost of an operation. */
const MOST_AT_ONCE = 20;
/** Pause before what was not accepted or refused is sent again, while the line is up. */
const RETRY_MS = 4_000;
const MALFORMED = "BAD_USER_INPUT";

type Result = { dossier: { code: string } | null; problems: StoredProblem[] };

/** Sends what was taken, as long as something waits. The same key and body make one dossier, however often they are sent. */
export function openOutbox(desk: Desk, storage: Storage, changed: () => void) {
  let sending: Promise<void> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  async function sendWaiting(): Promise<void> {
    clearTimeout(retry);
    const waiting = (await storage.taken()).filter(({ state }) => state === "WAITING").reverse();
    if (waiting.length === 0 || !desk.isLineUp()) return;
    const batch = waiting.filter(({ kind }) => batchMember(kind)).slice(0, MOST_AT_ONCE);
    if (batch.length > 0) await sendBatch(batch);
    for (const taken of waiting.filter(({ kind }) => !batchMember(kind))) await sendAlone(taken);
    changed();
    const rest = (await storage.taken()).filter(({ state }) => state === "WAITING");
    const left = new Set(rest.map(({ idempotencyKey }) => idempotencyKey));
    const isProgress = waiting.some(({ idempotencyKey }) => !left.has(idempotencyKey));
    if (rest.length > 0) retry = setTimeout(send, isProgress ? 0 : RETRY_MS);
  }

  /** Sends items as one operation; one by one, if the gateway does not understand it: one malformed item spoils it for all. */
  async function sendBatch(batch: readonly Taken[]): Promise<void> {
    const items = batch.map(({ kind, idempotencyKey, input, code, takenAt }) => ({
      ...{ idempotencyKey, dossierCode: code, takenAt },
      [batchMember(kind) ?? "dossier"]: input,
    }));
    type Results = { submitBatch: { results: (Result & { idempotencyKey: string })[] } | null };
    const answer = await desk.ask<Results>(submitBatchDocument, { items });
    const results = answer.data?.submitBatch?.results;
    if (!results && batch.length > 1 && isMalformed(answer)) {
      for (const taken of batch) if (desk.isLineUp()) await sendBatch([taken]);
      return;
    }
    for (const taken of batch) {
      const result = results?.find(({ idempotencyKey }) => idempotencyKey === taken.idempotencyKey);
      await settle(taken, result, answer);
    }
  }

  async function sendAlone(taken: Taken): Promise<void> {
    if (!("bundle" in taken.kind) || !desk.isLineUp()) return;
    const { input, idempotencyKey } = taken;
    const answer = await desk.ask<{ submitted: Result | null }>(submitDocument(taken.kind), { input, idempotencyKey });
    await settle(taken, answer.data?.submitted ?? undefined, answer);
  }

  async function settle({ idempotencyKey }: Taken, result: Result | undefined, answer: Answer<unknown>): Promise<void> {
    await storage.settle(idempotencyKey, outcomeOf(result, answer));
  }

  /** Sends now, or joins the sending that is under way. Other tabs of this browser wait meanwhile. */
  function send(): Promise<void> {
    // pages of plain http on another host have no locks; the keys are enough
    const alone = async () =>
      void (await (navigator.locks?.request("motcua-desk-outbox", sendWaiting) ?? sendWaiting()));
    sending ??= alone().finally(() => {
      sending = undefined;
    });
    return sending;
  }

  return { send };
}

function outcomeOf(result: Result | undefined, answer: Answer<unknown>): Outcome {
  if (result?.dossier) return { state: "ACCEPTED", dossier: result.dossier.code };
  if (result?.problems.length) {
    const problems = result.problems.map((each) => ({ ...each, path: withoutMember(each.path) }));
    return { state: "REFUSED", problems };
  }
  const failure = errorText(answer);
  if (!isMalformed(answer)) return { state: "WAITING", failure };
  const message = texts.malformed(failure);
  return { state: "REFUSED", problems: [{ code: MALFORMED, message, messageEn: message, path: [] }] };
}

/** True for an operation that the gateway does not understand, however often it is sent. */
function isMalformed({ errors = [] }: Answer<unknown>): boolean {
  return errors.some(({ extensions }) => extensions?.code === MALFORMED);
}

/** Path into the form of a problem of an item of a batch. */
function withoutMember([first = "", ...rest]: readonly string[]): string[] {
  return first === "birthBundle" || first === "dossier" ? rest : [first, ...rest];
}
