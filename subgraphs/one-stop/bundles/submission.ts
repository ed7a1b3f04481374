import { legalDayOf } from "../../_shared/days.ts";
import { badUserInput } from "../../_shared/errors.ts";
import { dossierByCode } from "../dossiers/list.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { accept, knownByKey } from "./acceptance.ts";
import { bundleFor } from "./bundles.ts";
import { askAgencies, hideUnseen, mergeProblems, silentAgencies, type Verdict } from "./check.ts";
import type { BundleDefinition } from "./definitions.ts";
import { planDueDates } from "./due.ts";
import { bodyHash } from "./idempotency.ts";
import type { BirthBundleInput } from "./input.ts";
import { childAlreadySubmitted, idempotencyConflict, noBundleYet, type Problem, Problems } from "./problems.ts";
import type { BirthRequest } from "./request.ts";
import { readRequest } from "./validation.ts";

const LONGEST_WAIT_MS = 30_000;
const CHECK_DEADLINE_MS = 5_000;
const ADDED_AFTER_2015 = "2015-07-01";

type Examined = {
  request: BirthRequest | null;
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
  const nobody: Verdict = { problems: [], verified: false, silent: [] };
  if (day < ADDED_AFTER_2015) own.add([], noBundleYet());
  if (day < ADDED_AFTER_2015 || (!input.residence && !input.insurance)) {
    return { request: null, definition: null, problems: own.found, verdict: nobody };
  }
  const chosen = { residence: !!input.residence, insurance: !!input.insurance };
  const definition = bundleFor(day, chosen, configuration.bundleCodes);
  const verdict = await askAgencies(agencies, definition, request ?? input, {
    caller: ctx.caller,
    now: ctx.now,
    deadlineMs,
  });
  const problems = await hideUnseen(ctx.db, ctx.caller, mergeProblems(own.found, verdict.problems));
  return { request, definition, problems, verdict };
}

/** Would this request go through? An agency that does not answer is a problem here: its part cannot be promised. */
export async function checkBundle(input: BirthBundleInput, ctx: OneStopContext) {
  const { definition, problems, verdict } = await examine(input, ctx, CHECK_DEADLINE_MS);
  const all = [...problems, ...silentAgencies(verdict)];
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
  const { request, definition, problems, verdict } = await examine(input, ctx, configuration.checkBudgetMs);
  if (!request || !definition || problems.length > 0) return { dossier: null, problems };
  const accepted = await accept(ctx.database, configuration, {
    ...{ request, definition, caller: ctx.caller, idempotencyKey, bodyHash: hash, now: ctx.now },
    verified: verdict.verified,
    claimFirst: worker.hasRoom(),
  });
  if (accepted.kind === "KNOWN") return knownDossier(accepted, waitMs, ctx);
  if (accepted.kind === "CHILD_TAKEN")
    return refused({ ...childAlreadySubmitted(), path: ["child"] }, accepted.code, ctx);
  worker.take(accepted.dossier, accepted.claims);
  return waitedFor(accepted.dossier.id, accepted.dossier.code, waitMs, ctx);
}

async function knownDossier(
  known: { id: string; code: string; sameBody: boolean },
  waitMs: number,
  ctx: OneStopContext,
): Promise<Submitted> {
  if (known.sameBody) return waitedFor(known.id, known.code, waitMs, ctx);
  return refused({ ...idempotencyConflict(), path: ["idempotencyKey"] }, known.code, ctx);
}

async function refused(
  problem: Omit<Problem, "agency" | "existingDossier">,
  existingDossier: string | null,
  ctx: OneStopContext,
): Promise<Submitted> {
  const problems = await hideUnseen(ctx.db, ctx.caller, [{ ...problem, agency: null, existingDossier }]);
  return { dossier: null, problems };
}

async function waitedFor(id: string, code: string, waitMs: number, ctx: OneStopContext): Promise<Submitted> {
  if (waitMs > 0) await ctx.loaders.desk().progress.waitFor(id, ctx.database.sql, waitMs);
  return { dossier: await dossierByCode(ctx.db, ctx.caller, code), problems: [] };
}
