import { and, eq } from "drizzle-orm";
import { isUuid } from "../../_shared/reference/uuid.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import { notSubmitted, type Submitted } from "../acceptance/submission.ts";
import { visibleDependencies } from "../definitions/steps.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { visibleCodes, visibleDossiers } from "../rights.ts";
import { isTerminal } from "../saga/state.ts";
import { dossiers, requests, steps } from "../tables.ts";
import type { RefileChanges } from "./input.ts";
import { refilingOf } from "./kinds.ts";
import {
  changeNotOfPart,
  partAlreadyRefiled,
  partCompletedAtAgency,
  partStillOpen,
  partSubmittedAnew,
  refileEarlierPart,
} from "./problems.ts";
import type { Refiling } from "./refiling.ts";

export type RefileRequest = { part: string; changes: RefileChanges; idempotencyKey: string; waitMs: number };

const BRANCHES = ["residence", "insurance", "identityCard"] satisfies (keyof RefileChanges)[];
const CHANGES: readonly string[] = [...BRANCHES, "form", "papers"] satisfies (keyof RefileChanges)[];

/**
 * Submits a part that has ended again, without the other parts, as a new dossier that refers to the earlier one. The agencies check
 * it anew. A part can be refiled once; the part of the new dossier can be refiled in turn.
 *
 * @throws NOT_FOUND if the part is not within the caller's reach
 */
export async function refilePart(
  ctx: OneStopContext,
  { part, changes, idempotencyKey, waitMs }: RefileRequest,
): Promise<Submitted> {
  demandIdempotencyKey(idempotencyKey);
  const found = await visiblePart(ctx, part);
  const { step, dossier } = found;
  if (!isTerminal(step.state)) return refused(ownProblem(["part"], partStillOpen()));
  if (await waitsForEarlierPart(ctx, step)) return refused(ownProblem(["part"], refileEarlierPart()));
  const earlier = await refiledAs(ctx, part);
  const isOwn = earlier?.owner === ctx.caller.subject && earlier.idempotencyKey === idempotencyKey;
  if (earlier && !isOwn) return alreadyRefiled(ctx, earlier.code);
  const next = await nextRequest(ctx, found, changes);
  if (next.kind === "OUTSIDE") return refused(ownProblem(["changes", next.change], changeNotOfPart()));
  if (next.kind === "AT_AGENCY") return refused(ownProblem(["part"], partCompletedAtAgency()));
  if (next.kind === "ANEW") return refused(ownProblem(["part"], partSubmittedAnew(step.procedure)));
  const refiles = { part, dossier: dossier.id, code: dossier.code };
  const { problems, ...submitted } = await next.submit({ idempotencyKey, waitMs, refiles }, ctx);
  if (problems.some(({ code }) => code === partAlreadyRefiled().code))
    return alreadyRefiled(ctx, (await refiledAs(ctx, part))?.code ?? null);
  return {
    ...submitted,
    problems: problems.map((each) => ({ ...each, path: pathInChanges(each.path, next.whole) })),
  };
}

type FoundPart = { step: StepRow; dossier: DossierRow };

async function visiblePart({ db, caller }: OneStopContext, part: string): Promise<FoundPart> {
  if (!isUuid(part)) throw notFound("part");
  const [row] = await db
    .select({ step: steps, dossier: dossiers })
    .from(steps)
    .innerJoin(dossiers, eq(dossiers.id, steps.dossierId))
    .where(and(eq(steps.id, part), eq(steps.part, true), visibleDossiers(caller)));
  if (!row) throw notFound("part");
  return row;
}

/** True if the part was not decided because an earlier part was not granted. */
async function waitsForEarlierPart({ loaders }: OneStopContext, { key, state, dossierId }: StepRow): Promise<boolean> {
  if (state !== "NOT_APPLICABLE" && state !== "CANCELLED") return false;
  const earlier = visibleDependencies(await loaders.definitionByDossier.load(dossierId), key);
  const siblings = await loaders.stepsByDossier.load(dossierId);
  return siblings.some((sibling) => earlier.includes(sibling.key) && sibling.state !== "GRANTED");
}

/** Dossier by which a part was refiled. */
export async function refiledAs({ db }: Pick<OneStopContext, "db">, part: string): Promise<DossierRow | undefined> {
  const [row] = await db.select().from(dossiers).where(eq(dossiers.refiledFrom, part));
  return row;
}

async function nextRequest(
  ctx: OneStopContext,
  { step, dossier }: FoundPart,
  changes: RefileChanges,
): Promise<Refiling> {
  const [stored] = await ctx.db.select().from(requests).where(eq(requests.dossierId, dossier.id));
  const siblings = await ctx.loaders.stepsByDossier.load(dossier.id);
  const facts = Object.assign({}, ...siblings.map((each) => each.facts ?? {}));
  return refilingOf(dossier.definitionId, { stepKey: step.key, request: stored?.request ?? {}, facts, changes });
}

/** Translates the path of a problem of the new request into a path into `changes`, where the client can remedy it. */
function pathInChanges(path: string[], whole: string | null): string[] {
  const [first = ""] = path;
  if (first === "part" || first === "idempotencyKey") return path;
  if (whole !== null) return ["changes", whole, ...path];
  return CHANGES.includes(first) ? ["changes", ...path] : path;
}

function refused(problem: Problem): Submitted {
  return notSubmitted([problem]);
}

async function alreadyRefiled({ db, caller }: OneStopContext, code: string | null): Promise<Submitted> {
  const isVisible = code !== null && (await visibleCodes(db, caller, [code])).has(code);
  return refused(ownProblem(["part"], partAlreadyRefiled(), isVisible ? code : null));
}
