import { uuidv7 } from "uuidv7";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Problem } from "../acceptance/problems.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { answerTerm } from "./answer-deadlines.ts";
import { concernedOfficers } from "./concerned-officers.ts";
import type { FeedbackContent } from "./content.ts";
import { type FeedbackChannel, feedback, feedbackOfficers } from "./tables.ts";
import type { FeedbackRow } from "./types.ts";

export type FeedbackResult = { feedback: FeedbackRow | null; problems: Problem[] };

/** By whom or how feedback was given. Each of these identifies it once. */
type Origin =
  | { channel: Exclude<FeedbackChannel, "HOTLINE">; giver: string }
  | { channel: "HOTLINE"; recordedBy: string; idempotencyKey: string; bodyHash: string };

/** Subject of feedback; the field is that of the dossier's procedure where there is a dossier. */
export type Subject = { office: string; field: string | null; dossier: DossierRow | null };

/** Field of a dossier's procedure, as the catalogue names it. */
export function fieldOf({ loaders }: OneStopContext, { definitionId, definitionVersion }: DossierRow): string {
  return loaders.desk().kinds.pinned(definitionId, definitionVersion).definition.domain;
}

/** Stores feedback with the officers whom it concerns, unless its origin has given feedback before. */
export async function storeFeedback(
  ctx: OneStopContext,
  { office, field, dossier }: Subject,
  origin: Origin,
  content: FeedbackContent,
): Promise<void> {
  const { configuration, rules } = ctx.loaders.desk();
  const { answerDays } = configuration.feedback;
  const term = content.complaint === null ? null : answerTerm(rules.current(), office, answerDays, ctx.now);
  const id = uuidv7();
  const row = {
    id,
    dossierId: dossier?.id,
    office,
    procedureField: field,
    ...content,
    ...term,
    ...origin,
    givenAt: ctx.now,
  };
  const officers = dossier ? await concernedOfficers(ctx, dossier) : [];
  await ctx.db.transaction(async (tx) => {
    const [written] = await tx.insert(feedback).values(row).onConflictDoNothing().returning({ id: feedback.id });
    if (!written) return;
    const concerned = [...officers].map(([officer, name]) => ({ feedbackId: id, officer, name }));
    if (concerned.length > 0) await tx.insert(feedbackOfficers).values(concerned);
    const caller = { ...ctx.caller, ...(dossier && { purpose: dossier.code }) };
    await recordChange(tx, caller, [dossier?.applicantPersonalId ?? dossier?.code ?? id], ["Feedback"]);
  });
}
