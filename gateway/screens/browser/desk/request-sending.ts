import { errorText } from "../client/error-text.ts";
import type { Answer } from "../client/graph.ts";
import type { Attachments } from "./attachments/attachments.ts";
import type { Desk } from "./desk.ts";
import submitBatchDocument from "./documents/submit-batch.graphql";
import { batchMember, submitDocument } from "./kinds.ts";
import type { Outcome, Storage, StoredProblem, Taken } from "./storage.ts";
import { texts } from "./texts.ts";

/** Items of one batch, within the cost of an operation. */
const MOST_AT_ONCE = 20;
const MALFORMED = "BAD_USER_INPUT";
/** Code of a problem of an attachment that was removed since its upload. */
const REMOVED = "ATTACHMENT_UNKNOWN";

type Result = { dossier: { code: string } | null; problems: StoredProblem[] };

export type Sending = { desk: Desk; storage: Storage; attachments: Attachments };

/** Sends taken requests, and notes what became of each. */
export function requestSending({ desk, storage, attachments }: Sending) {
  /** The first requests whose files the gateway has. A request whose files wait keeps no other waiting. */
  async function withFilesSent(waiting: readonly Taken[]): Promise<Taken[]> {
    const batch: Taken[] = [];
    for (const taken of waiting) {
      if (batch.length === MOST_AT_ONCE || !desk.isLineUp()) break;
      const hindrance = await attachments.sendNamed(taken.input);
      if (hindrance) await storage.settle(taken.idempotencyKey, hindrance);
      else batch.push(taken);
    }
    return batch;
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

  async function settle(
    { idempotencyKey, input }: Taken,
    result: Result | undefined,
    answer: Answer<unknown>,
  ): Promise<void> {
    if (result?.problems.some(({ code }) => code === REMOVED)) await attachments.forgetUploads(input);
    const outcome = outcomeOf(result, answer);
    await storage.settle(idempotencyKey, outcome);
    if (outcome.state === "ACCEPTED") await attachments.removeUnnamed(input);
  }

  return { withFilesSent, sendBatch, sendAlone };
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
