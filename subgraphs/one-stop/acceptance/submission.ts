import { legalDayOf } from "../../_shared/reference/days.ts";
import { waitWithin } from "../../_shared/serving/deadline.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import { planDueDates } from "../definitions/due.ts";
import { versionInForce, withoutBranches } from "../definitions/versions.ts";
import { dossierOfOwner } from "../dossiers/list.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { accept } from "./acceptance.ts";
import { askAgencies, hideUnseen, mergeProblems, NOT_ASKED, silentAgencies, type Verdict } from "./agency-check.ts";
import type { SubmittableKind } from "./application.ts";
import { holderOfKeys, keysOfCase } from "./duplicate-keys.ts";
import { bodyHash, demandIdempotencyKey, type KnownDossier, knownByKey } from "./idempotency.ts";
import { idempotencyConflict, notInForce, ownProblem, type Problem, Problems } from "./problems.ts";

const LONGEST_WAIT_MS = 30_000;
const CHECK_DEADLINE_MS = 5_000;
/** Time kept for reading the dossier back, out of the caller's waiting time. */
const READ_BACK_MS = 500;

type Examined<Request> = {
  /** May be accepted only if there are no problems. */
  request: Request;
  definition: DossierDefinition | null;
  problems: Problem[];
  verdict: Verdict;
};
export type Submitted = { dossier: DossierRow | null; problems: Problem[] };
type Submission = { idempotencyKey: string; waitMs: number };

/** Collects the problems of the desk and of all agencies. Writes nothing. */
async function examine<Input, Request extends object>(
  kind: SubmittableKind<Input, Request>,
  input: Input,
  ctx: OneStopContext,
  deadlineMs: number,
): Promise<Examined<Request>> {
  const own = new Problems();
  const request = kind.read(input, ctx.caller, ctx.now, own);
  const { agencies, configuration } = ctx.loaders.desk();
  const inForce = versionInForce(kind.versions, legalDayOf(ctx.now));
  if (!inForce) {
    own.add([], notInForce());
    return { request, definition: null, problems: own.found, verdict: NOT_ASKED };
  }
  const definition = withoutBranches(inForce, kind.leftOut(request), configuration.bundleCodes);
  const { office } = kind.application(request);
  const at = { caller: ctx.caller, now: ctx.now, deadlineMs, office };
  const verdict = await askAgencies(agencies, { kind, definition, request }, at);
  return { request, definition, problems: mergeProblems(own, verdict.problems), verdict };
}

/** Problems that the caller may see, with an earlier dossier for the same case. */
async function problemsForCaller<Input, Request>(
  kind: SubmittableKind<Input, Request>,
  { problems, request }: Examined<Request>,
  ctx: OneStopContext,
): Promise<Problem[]> {
  const isRegistered = problems.some(({ code }) => code === kind.duplicate.codeOfAgency);
  const keys = keysOfCase(kind.id, kind.application(request));
  const holder = isRegistered ? null : await holderOfKeys(ctx.db, keys);
  const earlier = holder ? [duplicateOf(kind, holder)] : [];
  return hideUnseen(ctx.db, ctx.caller, [...problems, ...earlier]);
}

function duplicateOf<Input, Request>(kind: SubmittableKind<Input, Request>, existing: string | null): Problem {
  return ownProblem(kind.duplicate.path, kind.duplicate.fault(), existing);
}

/** Checks a request before its submission. An agency that does not respond is a warning: the request may be submitted. */
export async function checkRequest<Input, Request extends object>(
  kind: SubmittableKind<Input, Request>,
  input: Input,
  ctx: OneStopContext,
) {
  const examined = await examine(kind, input, ctx, CHECK_DEADLINE_MS);
  const { definition, verdict } = examined;
  const problems = await problemsForCaller(kind, examined, ctx);
  const warnings = silentAgencies(verdict);
  const due = definition ? planDueDates(definition, ctx.now, verdict.verified) : null;
  const procedures = (definition?.steps ?? [])
    .filter((step) => step.part)
    .map(({ key, agency, procedure, feeVnd }) => ({ agency, procedure, feeVnd, dueAt: due?.steps[key] ?? null }));
  return { ready: problems.length === 0, problems, warnings, procedures };
}

/** Accepts a request durably and starts its delivery, or returns all its problems. */
export async function submitRequest<Input, Request extends object>(
  kind: SubmittableKind<Input, Request>,
  input: Input,
  { idempotencyKey, waitMs }: Submission,
  ctx: OneStopContext,
): Promise<Submitted> {
  demandIdempotencyKey(idempotencyKey);
  if (waitMs < 0 || waitMs > LONGEST_WAIT_MS)
    throw badUserInput(`waitMs lies between 0 and ${LONGEST_WAIT_MS}`, "waitMs");
  const hash = bodyHash(input);
  const known = await knownByKey(ctx.db, ctx.caller.subject, idempotencyKey, hash);
  if (known) return knownDossier(known, waitMs, ctx);
  const { configuration, worker } = ctx.loaders.desk();
  const examined = await examine(kind, input, ctx, configuration.checkBudgetMs);
  const { request, definition, problems, verdict } = examined;
  if (!definition || problems.length > 0) {
    // The same submission may have been accepted meanwhile: the agencies' problems are then about its own entries.
    const same = await knownByKey(ctx.db, ctx.caller.subject, idempotencyKey, hash);
    return same
      ? knownDossier(same, waitMs, ctx)
      : { dossier: null, problems: await problemsForCaller(kind, examined, ctx) };
  }
  const accepted = await accept(ctx.database, configuration, {
    ...{ kind, request, definition, caller: ctx.caller, idempotencyKey, bodyHash: hash, now: ctx.now },
    application: kind.application(request),
    verified: verdict.verified,
    leaseFirst: worker.hasRoom(),
  });
  if (accepted.kind === "KNOWN") return knownDossier(accepted, waitMs, ctx);
  if (accepted.kind === "DUPLICATE") return refused(duplicateOf(kind, accepted.code), ctx);
  worker.take(accepted.dossier, accepted.leases);
  return dossierAfterWait(accepted.dossier.id, waitMs, ctx, accepted.leases.length > 0);
}

async function knownDossier(known: KnownDossier, waitMs: number, ctx: OneStopContext): Promise<Submitted> {
  if (known.sameBody) return dossierAfterWait(known.id, waitMs, ctx);
  return refused(ownProblem(["idempotencyKey"], idempotencyConflict(), known.code), ctx);
}

async function refused(problem: Problem, ctx: OneStopContext): Promise<Submitted> {
  return { dossier: null, problems: await hideUnseen(ctx.db, ctx.caller, [problem]) };
}

async function dossierAfterWait(id: string, waitMs: number, ctx: OneStopContext, begun = false): Promise<Submitted> {
  const patience = waitWithin(ctx.deadline, waitMs, READ_BACK_MS);
  if (patience > 0) await ctx.loaders.desk().progress.waitFor(id, ctx.database.sql, patience, begun);
  return { dossier: await dossierOfOwner(ctx.db, ctx.caller, id), problems: [] };
}
