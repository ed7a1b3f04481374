import { badUserInput } from "../../_shared/serving/errors.ts";
import { bodyHash, isIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { knownByKey } from "../acceptance/known-dossier.ts";
import { codeNotReserved, ownProblem, type Problem, reservedCodeUsed } from "../acceptance/problems.ts";
import { reservedCode } from "../acceptance/reserved-codes.ts";
import { notSubmitted, type Submission, type Submitted, submitRequest } from "../acceptance/submission.ts";
import { bundle as birthBundle } from "../bundles/birth/bundle.ts";
import type { OneStopContext } from "../loaders.ts";
import { submitSingle } from "../single-procedures/submit-single.ts";
import type { BatchItemInput } from "./input.ts";
import { codeVoid, itemMalformed, keyMalformed, takenAtImpossible } from "./problems.ts";

const MOST_ITEMS = 50;
/** Concurrent items, because each waits for the check of an unresponsive agency. */
const AT_ONCE = 8;

/** Submits the items of a batch. An item that fails does not affect the others. @returns results in the order of the items */
export async function submitBatch(items: readonly BatchItemInput[], ctx: OneStopContext): Promise<Submitted[]> {
  if (items.length === 0 || items.length > MOST_ITEMS)
    throw badUserInput(`A batch has 1 to ${MOST_ITEMS} items`, "items");
  const results: Submitted[] = [];
  const queue = [...items.entries()];
  const next = async () => {
    for (let entry = queue.shift(); entry; entry = queue.shift()) results[entry[0]] = await submitItem(entry[1], ctx);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return results;
}

async function submitItem(item: BatchItemInput, ctx: OneStopContext): Promise<Submitted> {
  const { dossier, birthBundle: birth, idempotencyKey } = item;
  if (!isIdempotencyKey(idempotencyKey)) return refusedItem(ownProblem(["idempotencyKey"], keyMalformed()));
  if ((dossier == null) === (birth == null)) return refusedItem(ownProblem([], itemMalformed()));
  const known = await knownByKey(ctx.db, ctx.caller.subject, idempotencyKey, bodyHash(dossier ?? birth));
  const problem = known ? null : await codeProblem(item, ctx);
  if (problem) return refusedItem(problem);
  const options: Submission = {
    ...{ idempotencyKey, waitMs: 0 },
    ...{ reservedCode: item.dossierCode ?? null, receivedAt: item.takenAt ?? null },
  };
  if (dossier) return within("dossier", await submitSingle(dossier, options, ctx));
  if (birth) return within("birthBundle", await submitRequest(birthBundle, birth, options, ctx));
  return refusedItem(ownProblem([], itemMalformed()));
}

/** Problem of the item's reserved code or of its time of receipt; null if there is none. */
async function codeProblem(item: BatchItemInput, ctx: OneStopContext): Promise<Problem | null> {
  const { dossierCode, takenAt } = item;
  if (takenAt && takenAt > ctx.now) return ownProblem(["takenAt"], takenAtImpossible());
  if (!dossierCode) return null;
  const office = item.dossier?.office ?? item.birthBundle?.office ?? "";
  const code = await reservedCode(ctx.database.sql, dossierCode, office);
  if (!code) return ownProblem(["dossierCode"], codeNotReserved());
  if (code.state === "USED") return ownProblem(["dossierCode"], reservedCodeUsed());
  if (code.state === "VOID" || code.validUntil < ctx.now) return ownProblem(["dossierCode"], codeVoid());
  return takenAt && takenAt < code.reservedAt ? ownProblem(["takenAt"], takenAtImpossible()) : null;
}

function refusedItem(problem: Problem): Submitted {
  return notSubmitted([problem]);
}

/** Paths of the problems lead into the item. */
function within(member: "dossier" | "birthBundle", { problems, ...submitted }: Submitted): Submitted {
  const isOfItem = ({ path: [first] }: Problem) => first === "idempotencyKey" || first === "dossierCode";
  return {
    ...submitted,
    problems: problems.map((each) => (isOfItem(each) ? each : { ...each, path: [member, ...each.path] })),
  };
}
