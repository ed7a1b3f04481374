import { notFound } from "../../_shared/serving/errors.ts";
import type { StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { seesContent } from "../rights.ts";
import type { SupplementAnswer } from "./types.ts";

/**
 * Share of the request that the part's agency decides on, in the client's own shape.
 *
 * @throws NOT_FOUND for a caller who may not see the dossier, or neither works on the part nor received or submitted it
 */
export async function contentOf(step: StepRow, ctx: OneStopContext): Promise<object> {
  const dossier = await readDossier(step, ctx);
  const { kind } = ctx.loaders.desk().kinds.pinned(dossier.definitionId, dossier.definitionVersion);
  const [steps, request] = await Promise.all([
    ctx.loaders.stepsByDossier.load(step.dossierId),
    ctx.loaders.requestByDossier.load(step.dossierId),
  ]);
  return kind.contentFor(step.key, request, Object.assign({}, ...steps.map(({ facts }) => facts ?? {})));
}

/**
 * The citizen's answers to the last request for papers; none before the answer.
 *
 * @throws NOT_FOUND as `contentOf`
 */
export async function supplementAnswersOf(step: StepRow, ctx: OneStopContext): Promise<SupplementAnswer[]> {
  await readDossier(step, ctx);
  const since = step.supplement && new Date(step.supplement.requestedAt);
  const acts = await ctx.loaders.actsByDossier.load(step.dossierId);
  const answer = acts.findLast(
    ({ kind, stepId, at }) => kind === "ANSWER" && stepId === step.id && since && at >= since,
  );
  return answer?.instruction?.answers ?? [];
}

async function readDossier(step: StepRow, ctx: OneStopContext) {
  const dossier = await ctx.loaders.dossierById.load(step.dossierId);
  const { applicantPersonalId, code } = dossier;
  const isVisible = await ctx.loaders.visibleByCode.load(code);
  if (!isVisible || !seesContent(ctx.caller, step, applicantPersonalId)) throw notFound("content");
  ctx.access.read(applicantPersonalId ?? code, code);
  return dossier;
}
