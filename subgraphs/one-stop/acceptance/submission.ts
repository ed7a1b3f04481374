import { legalDayOf } from "../../_shared/reference/days.ts";
import { waitWithin } from "../../_shared/serving/deadline.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import type { BirthBundleInput } from "../bundles/birth/input.ts";
import {
  childAlreadySubmitted,
  idempotencyConflict,
  noBundleYet,
  type Problem,
  Problems,
} from "../bundles/birth/problems.ts";
import type { BirthRequest } from "../bundles/birth/request.ts";
import { readRequest } from "../bundles/birth/validation.ts";
import type { BundleDefinition } from "../bundles/birth/versions.ts";
import { bundleFor } from "../definitions/definitions.ts";
import { planDueDates } from "../definitions/due.ts";
import { dossierOfOwner } from "../dossiers/list.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { accept, childKeysOf, holderOfChild, knownByKey } from "./acceptance.ts";
import { askAgencies, hideUnseen, mergeProblems, silentAgencies, type Verdict } from "./agency-check.ts";
import { bodyHash } from "./body-hash.ts";

const LONGEST_WAIT_MS = 30_000;
const CHECK_DEADLINE_MS = 5_000;
/** What reading the dossier back takes at most, out of the time that the caller waits. */
const ANSWER_MS = 500;
/** Joint circular 05/2015/TTLT-BTP-BCA-BYT; before it nothing was combined. */
const FIRST_BUNDLE_DAY = "2015-07-01";

type Examined = {
  /** To be accepted only where there are no problems. */
  request: BirthRequest;
  definition: BundleDefinition | null;
  problems: Problem[];
  verdict: Verdict;
};
export type Submitted = { dossier: DossierRow | null; problems: Problem[] };

/** What the desk and all agencies say to a request, all problems together. Writes nothing. */
async function examine(input: BirthBundleInput, ctx: OneStopContext, deadlineMs: number): Promise<Examined> {
  const own = new Problems();
  const request = readRequest(input, ctx.caller, ctx.now, own);
  const day = legalDayOf(ctx.now);
  const { agencies, configuration } = ctx.loaders.desk();
  if (day < FIRST_BUNDLE_DAY) {
    own.add([], noBundleYet());
    return { request, definition: null, problems: own.found, verdict: { problems: [], verified: false, silent: [] } };
  }
  const chosen = { residence: !!input.residence, insurance: !!input.insurance };
  const definition = bundleFor(day, chosen, configuration.bundleCodes);
  const at = { caller: ctx.caller, now: ctx.now, deadlineMs };
  const verdict = await askAgencies(agencies, definition, request, at);
  return { request, definition, problems: mergeProblems(own, verdict.problems), verdict };
}

/** The problems as the caller may see them, with the dossier that is already on its way for the same child. */
async function shownProblems({ problems, request }: Examined, ctx: OneStopContext): Promise<Problem[]> {
  const registered = problems.some(({ code }) => code === "CHILD_ALREADY_REGISTERED");
  const holder = registered ? null : await holderOfChild(ctx.db, childKeysOf(request));
  const taken = holder ? [childTaken(holder)] : [];
  return hideUnseen(ctx.db, ctx.caller, [...problems, ...taken]);
}

function childTaken(existingDossier: string | null): Problem {
  return { ...childAlreadySubmitted(), path: ["child"], agency: null, existingDossier };
}

/** Would this request go through? An agency that does not answer is a problem here: its part cannot be promised. */
export async function checkBundle(input: BirthBundleInput, ctx: OneStopContext) {
  const examined = await examine(input, ctx, CHECK_DEADLINE_MS);
  const { definition, verdict } = examined;
  const all = [...(await shownProblems(examined, ctx)), ...silentAgencies(verdict)];
  const due = definition ? planDueDates(definition, ctx.now, verdict.verified) : null;
  const procedures = (definition?.steps ?? [])
    .filter((step) => step.part)
    .map(({ key, agency, procedure, feeVnd }) => ({ agency, procedure, feeVnd, dueAt: due?.steps[key] ?? null }));
  return { ready: all.length === 0, problems: all, procedures };
}

/** Accepts a request durably and begins to deliver it, or says everything that stands in the way. */
export async function submitBundle(
  input: BirthBundleInput,
  idempotencyKey: string,
  waitMs: number,
  ctx: OneStopContext,
): Promise<Submitted> {
  if (!/^[\x21-\x7e]{1,200}$/.test(idempotencyKey)) {
    throw badUserInput("idempotencyKey is 1 to 200 printable ASCII characters", "idempotencyKey");
  }
  if (waitMs < 0 || waitMs > LONGEST_WAIT_MS)
    throw badUserInput(`waitMs lies between 0 and ${LONGEST_WAIT_MS}`, "waitMs");
  const hash = bodyHash(input);
  const known = await knownByKey(ctx.db, ctx.caller.subject, idempotencyKey, hash);
  if (known) return knownDossier(known, waitMs, ctx);
  const { configuration, worker } = ctx.loaders.desk();
  const examined = await examine(input, ctx, configuration.checkBudgetMs);
  const { request, definition, problems, verdict } = examined;
  if (!definition || problems.length > 0) {
    // a double click whose twin was accepted meanwhile: what the agencies object to is that twin's own child
    const twin = await knownByKey(ctx.db, ctx.caller.subject, idempotencyKey, hash);
    return twin ? knownDossier(twin, waitMs, ctx) : { dossier: null, problems: await shownProblems(examined, ctx) };
  }
  const accepted = await accept(ctx.database, configuration, {
    ...{ request, definition, caller: ctx.caller, idempotencyKey, bodyHash: hash, now: ctx.now },
    verified: verdict.verified,
    claimFirst: worker.hasRoom(),
  });
  if (accepted.kind === "KNOWN") return knownDossier(accepted, waitMs, ctx);
  if (accepted.kind === "CHILD_TAKEN") return refused(childTaken(accepted.code), ctx);
  worker.take(accepted.dossier, accepted.claims);
  return waitedFor(accepted.dossier.id, waitMs, ctx, accepted.claims.length > 0);
}

async function knownDossier(
  known: { id: string; code: string; sameBody: boolean },
  waitMs: number,
  ctx: OneStopContext,
): Promise<Submitted> {
  if (known.sameBody) return waitedFor(known.id, waitMs, ctx);
  const conflict = { ...idempotencyConflict(), path: ["idempotencyKey"], agency: null, existingDossier: known.code };
  return refused(conflict, ctx);
}

async function refused(problem: Problem, ctx: OneStopContext): Promise<Submitted> {
  return { dossier: null, problems: await hideUnseen(ctx.db, ctx.caller, [problem]) };
}

async function waitedFor(id: string, waitMs: number, ctx: OneStopContext, begun = false): Promise<Submitted> {
  const patience = waitWithin(ctx.deadline, waitMs, ANSWER_MS);
  if (patience > 0) await ctx.loaders.desk().progress.waitFor(id, ctx.database.sql, patience, begun);
  return { dossier: await dossierOfOwner(ctx.db, ctx.caller, id), problems: [] };
}
