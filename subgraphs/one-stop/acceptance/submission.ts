import { legalDayOf } from "../../_shared/reference/days.ts";
import { waitWithin } from "../../_shared/serving/deadline.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import { planDueDates } from "../definitions/due-plan.ts";
import { openingClock } from "../definitions/opening-clock.ts";
import { versionInForce, withoutBranches } from "../definitions/version-in-force.ts";
import { dossierOfOwner } from "../dossiers/dossier-list.ts";
import type { DossierRow } from "../dossiers/types.ts";
import { isUnanswered } from "../dossiers/waiting.ts";
import type { OneStopContext } from "../loaders.ts";
import { feesOf } from "../payments/fees.ts";
import { waitForPayUrl } from "../payments/new-order.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import { partAlreadyRefiled } from "../refiling/problems.ts";
import { accept } from "./acceptance.ts";
import {
  askAgencies,
  mergeProblems,
  NOT_ASKED,
  redactForCaller,
  silentAgencies,
  unavailable,
  type Verdict,
} from "./agency-check.ts";
import type { Enquiry, SubmittableKind } from "./application.ts";
import { holderOfKeys, keysOfCase } from "./duplicate-keys.ts";
import { enquiryOf } from "./enquiry.ts";
import { type KnownDossier, knownByKey } from "./known-dossier.ts";
import type { Alongside, Refiles } from "./opening.ts";
import { idempotencyConflict, notInForce, ownProblem, type Problem, Problems, reservedCodeUsed } from "./problems.ts";

const LONGEST_WAIT_MS = 30_000;
const CHECK_DEADLINE_MS = 5_000;
/** Time kept for reading the dossier back, out of the caller's waiting time. */
const READ_BACK_MS = 500;

type Examined<Request> = {
  enquiry: Enquiry;
  /** May be accepted only if there are no problems. */
  request: Request;
  definition: DossierDefinition | null;
  problems: Problem[];
  verdict: Verdict;
};
/** Warnings tell of agencies that have not answered: to the check before the acceptance, or until a repeated submission. */
export type Submitted = { dossier: DossierRow | null; problems: Problem[]; warnings: Problem[] };
export type Submission = {
  idempotencyKey: string;
  waitMs: number;
  /** Code that the desk has reserved and given to the applicant. */
  reservedCode?: string | null;
  /** Receipt at a desk whose line was down; now by default. */
  receivedAt?: Date | null;
  /** Ended part that the request refiles. */
  refiles?: Refiles | null;
  /** Further writes in the transaction that accepts the dossier. */
  alongside?: readonly Alongside[];
};

/** Collects the problems of the desk and of all agencies. Writes nothing. */
async function examine<Input, Request extends object>(
  kind: SubmittableKind<Input, Request>,
  input: Input,
  ctx: OneStopContext,
  deadlineMs: number,
  now = ctx.now,
): Promise<Examined<Request>> {
  const own = new Problems();
  const { agencies, configuration, rules } = ctx.loaders.desk();
  const asRead = kind.read(input, ctx.caller, now, own);
  const enquiry = enquiryOf(ctx, now);
  const request = kind.complete ? await kind.complete(asRead, enquiry, own) : asRead;
  await rules.reach(1); // a process that has just begun has no rules yet
  const inForce = versionInForce(kind.versionsFor?.(request) ?? kind.versions, legalDayOf(now));
  if (!inForce) {
    own.add([], notInForce());
    return { enquiry, request, definition: null, problems: own.found, verdict: NOT_ASKED };
  }
  const definition = withoutBranches(inForce, kind.leftOut(request), configuration.bundleCodes);
  // the applicant has chosen nothing, which is a problem already
  if (definition.steps.length === 0)
    return { enquiry, request, definition: null, problems: own.found, verdict: NOT_ASKED };
  const { office } = kind.application(request);
  const at = { caller: ctx.caller, now, deadlineMs, office };
  const verdict = await askAgencies(agencies, { kind, definition, request }, at);
  const theirs = verdict.problems.map((each) => ({ ...each, path: kind.pathOf?.(each.path) ?? each.path }));
  return { enquiry, request, definition, problems: mergeProblems(own, theirs), verdict };
}

/** Problems that the caller may see, with an earlier dossier for the same case. */
async function problemsForCaller<Input, Request>(
  kind: SubmittableKind<Input, Request>,
  { problems, request }: Examined<Request>,
  ctx: OneStopContext,
): Promise<Problem[]> {
  const isRegistered = problems.some(({ code }) => code === kind.duplicate.codeOfAgency);
  const keys = keysOfCase(kind, request);
  const holder = isRegistered ? null : await holderOfKeys(ctx.db, keys);
  const earlier = holder ? [duplicateOf(kind, holder)] : [];
  return redactForCaller(ctx.db, ctx.caller, [...problems, ...earlier]);
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
  const { definition, verdict, request, enquiry } = examined;
  const problems = await problemsForCaller(kind, examined, ctx);
  const warnings = silentAgencies(verdict);
  const clock = definition && openingClock(definition, verdict.verified);
  const { office, channel } = kind.application(request);
  const fees = definition ? feesOf(definition, channel, request) : [];
  const plan = { office, receivedAt: ctx.now, clock };
  const due = definition && planDueDates(definition, plan, ctx.loaders.desk().rules.current());
  const procedures = (definition?.steps ?? [])
    .filter((step) => step.part)
    .map(({ key, agency, procedure }) => ({
      agency,
      // a stage that no catalogue lists is one of the whole procedure
      procedure: procedureOf(procedure) || !definition ? procedure : definition.code,
      feeVnd: fees.reduce((sum, { step, amountVnd }) => (step === key ? sum + amountVnd : sum), 0),
      dueAt: due?.steps.get(key)?.dueAt ?? null,
    }));
  const hints = kind.hints?.(request, enquiry) ?? [];
  return { ready: problems.length === 0, problems, warnings, hints, procedures };
}

/** Accepts a request durably and starts its delivery, or returns all its problems. */
export async function submitRequest<Input, Request extends object>(
  kind: SubmittableKind<Input, Request>,
  input: Input,
  { idempotencyKey, waitMs, reservedCode = null, receivedAt, refiles = null, alongside = [] }: Submission,
  ctx: OneStopContext,
): Promise<Submitted> {
  demandIdempotencyKey(idempotencyKey);
  if (waitMs < 0 || waitMs > LONGEST_WAIT_MS)
    throw badUserInput(`waitMs lies between 0 and ${LONGEST_WAIT_MS}`, "waitMs");
  const hash = bodyHash(refiles ? [refiles.part, input] : input);
  const known = await knownByKey(ctx.db, ctx.caller.subject, idempotencyKey, hash);
  if (known) return knownDossier(known, waitMs, ctx);
  const { configuration, worker, rules } = ctx.loaders.desk();
  const now = receivedAt ?? ctx.now;
  const examined = await examine(kind, input, ctx, configuration.checkBudgetMs, now);
  const { request, definition, problems, verdict } = examined;
  if (!definition || problems.length > 0) {
    // The same submission may have been accepted meanwhile: the agencies' problems are then about its own entries.
    const same = await knownByKey(ctx.db, ctx.caller.subject, idempotencyKey, hash);
    return same ? knownDossier(same, waitMs, ctx) : notSubmitted(await problemsForCaller(kind, examined, ctx));
  }
  const accepted = await accept(ctx.database, configuration, {
    ...{ kind, request, definition, caller: ctx.caller, idempotencyKey, bodyHash: hash, now },
    ...{ reservedCode, refiles, alongside },
    application: kind.application(request),
    verified: verdict.verified,
    ...{ leaseFirst: worker.hasRoom(), rules },
  });
  if (accepted.kind === "KNOWN") return knownDossier(accepted, waitMs, ctx);
  if (accepted.kind === "DUPLICATE") return refused(duplicateOf(kind, accepted.code), ctx);
  if (accepted.kind === "CODE_GONE") return refused(ownProblem(["dossierCode"], reservedCodeUsed()), ctx);
  if (accepted.kind === "REFILED") return refused(ownProblem(["part"], partAlreadyRefiled()), ctx);
  if (accepted.kind === "FORESTALLED") return refused(accepted.problem, ctx);
  worker.start(accepted.dossier, accepted.leases);
  const dossier = await dossierAfterWait(accepted.dossier.id, waitMs, ctx, accepted.leases.length > 0);
  return { dossier, problems: [], warnings: silentAgencies(verdict) };
}

/** Nothing was submitted because of the problems. */
export function notSubmitted(problems: Problem[]): Submitted {
  return { dossier: null, problems, warnings: [] };
}

async function knownDossier(known: KnownDossier, waitMs: number, ctx: OneStopContext): Promise<Submitted> {
  if (known.sameBody) return dossierAgain(known.id, waitMs, ctx);
  return refused(ownProblem(["idempotencyKey"], idempotencyConflict(), known.code), ctx);
}

/** Dossier that the caller has submitted with the same key; null if it is another one. */
export async function submittedBefore(
  dossierId: string,
  { idempotencyKey, waitMs }: Submission,
  ctx: OneStopContext,
): Promise<Submitted | null> {
  demandIdempotencyKey(idempotencyKey);
  const known = await dossierOfOwner(ctx.db, ctx.caller, dossierId);
  return known?.idempotencyKey === idempotencyKey ? dossierAgain(dossierId, waitMs, ctx) : null;
}

async function refused(problem: Problem, ctx: OneStopContext): Promise<Submitted> {
  return notSubmitted(await redactForCaller(ctx.db, ctx.caller, [problem]));
}

async function dossierAgain(id: string, waitMs: number, ctx: OneStopContext): Promise<Submitted> {
  const dossier = await dossierAfterWait(id, waitMs, ctx);
  const steps = await ctx.loaders.stepsByDossier.load(id);
  const silent = new Set(steps.filter(isUnanswered).map(({ agency }) => agency));
  return {
    dossier,
    problems: [],
    warnings: [...silent].map((agency) => unavailable(agency, "the part is sent again")),
  };
}

async function dossierAfterWait(id: string, waitMs: number, ctx: OneStopContext, begun = false) {
  const patience = waitWithin(ctx.deadline, waitMs, READ_BACK_MS);
  if (patience > 0) {
    await ctx.loaders.desk().progress.waitFor(id, ctx.database.sql, patience, begun);
    await waitForPayUrl(ctx.database.sql, id, waitWithin(ctx.deadline, waitMs, READ_BACK_MS));
  }
  return dossierOfOwner(ctx.db, ctx.caller, id);
}
