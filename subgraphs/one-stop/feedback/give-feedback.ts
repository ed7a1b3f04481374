import { and, eq } from "drizzle-orm";
import { notFound } from "../../_shared/serving/errors.ts";
import { ownProblem } from "../acceptance/problems.ts";
import { dossierOf } from "../casework/citizen-acts.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { ownSubmitter } from "../rights.ts";
import { readContent } from "./content.ts";
import type { FeedbackInput } from "./input.ts";
import { feedbackGiven } from "./problems.ts";
import { type FeedbackResult, fieldOf, storeFeedback } from "./stored-feedback.ts";
import { DECLARANT, feedback } from "./tables.ts";
import type { FeedbackRow } from "./types.ts";

/** Gives the feedback of a citizen on a dossier of his or her own. @throws NOT_FOUND */
export async function giveOwnFeedback(
  ctx: OneStopContext,
  code: string,
  input: FeedbackInput,
): Promise<FeedbackResult> {
  const dossier = await dossierOf(ctx, code);
  return giveFeedback(ctx, dossier, { giver: giverOf(ctx, dossier), channel: "ACCOUNT" }, input);
}

/** Feedback that the caller has given on a dossier of his or her own. */
export async function ownFeedback(ctx: OneStopContext, dossier: DossierRow): Promise<FeedbackRow | null> {
  return givenBefore(ctx, dossier.id, giverOf(ctx, dossier));
}

/** Gives feedback for the holder of the receipt, who stands for the declarant. */
export function giveFeedbackOfDeclarant(
  ctx: OneStopContext,
  dossier: DossierRow,
  input: FeedbackInput,
): Promise<FeedbackResult> {
  return giveFeedback(ctx, dossier, { giver: DECLARANT, channel: "RECEIPT" }, input);
}

/** Stores the one feedback of a giver on a dossier. The same content again changes nothing. */
async function giveFeedback(
  ctx: OneStopContext,
  dossier: DossierRow,
  by: { giver: string; channel: "RECEIPT" | "ACCOUNT" },
  input: FeedbackInput,
): Promise<FeedbackResult> {
  const { content, problems } = readContent(input, ["feedback"]);
  if (problems.length > 0) return { feedback: null, problems };
  await storeFeedback(ctx, { office: dossier.office, field: fieldOf(ctx, dossier), dossier }, by, content);
  const given = await givenBefore(ctx, dossier.id, by.giver);
  const isSame = given?.rating === content.rating && given.complaint === content.complaint;
  if (isSame) return { feedback: given, problems: [] };
  return { feedback: null, problems: [ownProblem(["feedback"], feedbackGiven())] };
}

/** The declarant gives one feedback, whether by the receipt or by the account. */
function giverOf({ caller }: OneStopContext, { applicantPersonalId }: DossierRow): string {
  const personalId = ownSubmitter(caller);
  if (personalId === null) throw notFound("dossier");
  return personalId === applicantPersonalId ? DECLARANT : personalId;
}

async function givenBefore({ db }: OneStopContext, dossierId: string, giver: string): Promise<FeedbackRow | null> {
  const isTheirs = and(eq(feedback.dossierId, dossierId), eq(feedback.giver, giver));
  const [row] = await db.select().from(feedback).where(isTheirs);
  return row ?? null;
}
