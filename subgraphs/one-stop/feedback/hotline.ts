import { and, eq } from "drizzle-orm";
import { notFound } from "../../_shared/serving/errors.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { subgraphs } from "../../agency-registry.ts";
import { idempotencyConflict, ownProblem } from "../acceptance/problems.ts";
import { dossierOf } from "../casework/citizen-acts.ts";
import type { OneStopContext } from "../loaders.ts";
import { readContent } from "./content.ts";
import type { HotlineFeedbackInput } from "./input.ts";
import { fieldUnknown } from "./problems.ts";
import { type FeedbackResult, fieldOf, storeFeedback } from "./stored-feedback.ts";
import { feedback } from "./tables.ts";

const FIELDS: ReadonlySet<string> = new Set(subgraphs.flatMap(({ catalogueDomains }) => catalogueDomains));

/** Notes what a caller has said on the phone, once for each key. @throws NOT_FOUND for a dossier out of reach */
export async function recordHotlineFeedback(
  ctx: OneStopContext,
  input: HotlineFeedbackInput,
  idempotencyKey: string,
): Promise<FeedbackResult> {
  demandIdempotencyKey(idempotencyKey);
  const { office, subject: recordedBy } = ctx.caller;
  if (!office) throw notFound("office");
  const dossier = input.dossier ? await dossierOf(ctx, input.dossier) : null;
  const { content, problems } = readContent(input.feedback, ["input", "feedback"]);
  if (!dossier && input.field && !FIELDS.has(input.field))
    problems.push(ownProblem(["input", "field"], fieldUnknown()));
  if (problems.length > 0) return { feedback: null, problems };
  const field = dossier ? fieldOf(ctx, dossier) : (input.field ?? null);
  const origin = { channel: "HOTLINE", recordedBy, idempotencyKey, bodyHash: bodyHash(input) } as const;
  await storeFeedback(ctx, { office, field, dossier }, origin, content);
  const isOfKey = and(eq(feedback.recordedBy, recordedBy), eq(feedback.idempotencyKey, idempotencyKey));
  const [stored] = await ctx.db.select().from(feedback).where(isOfKey);
  if (stored?.bodyHash === origin.bodyHash) return { feedback: stored, problems: [] };
  return { feedback: null, problems: [ownProblem(["idempotencyKey"], idempotencyConflict())] };
}
