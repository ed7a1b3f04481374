import { randomUUID } from "node:crypto";
import type { Caller } from "../../_shared/identity/caller.ts";
import type { Database } from "../../_shared/serving/database.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import { contentFor, isCheckable } from "../bundles/birth/content.ts";
import { agencyUnavailable, type Problem, type Problems } from "../bundles/birth/problems.ts";
import type { BirthRequest } from "../bundles/birth/request.ts";
import type { BundleDefinition, BundleStep } from "../bundles/birth/versions.ts";
import { seenByCaller } from "../dossiers/rights.ts";
import { type Agencies, NotAnswered, type PartCall, type PartCheckAnswer } from "../saga/agencies.ts";

export type Verdict = {
  problems: Problem[];
  /** Some agency wants a person to look: the longer limit of the group holds. */
  verified: boolean;
  /** Who did not answer in time, and why. */
  silent: { agency: AgencyCode; reason: string }[];
};

/**
 * Asks every agency at once whether its part would go through, for at most `deadlineMs` altogether. Who
 * does not answer is named, and decides later in its part.
 */
export async function askAgencies(
  agencies: Agencies,
  definition: BundleDefinition,
  request: BirthRequest,
  at: { caller: Caller; now: Date; deadlineMs: number },
): Promise<Verdict> {
  const verdict: Verdict = { problems: [], verified: false, silent: [] };
  const asked = definition.steps.filter((step) => isCheckable(step.key));
  const purpose = { onBehalfOf: at.caller.subject, requestId: at.caller.requestId };
  await Promise.all(
    [...new Set(asked.map((step) => step.agency))].map(async (agency) => {
      const parts = asked.filter((step) => step.agency === agency).map((step) => partToCheck(step, request, at.now));
      try {
        const answers = await agencies.check(agency, parts, purpose, at.deadlineMs);
        for (const answer of answers) keepVerdict(verdict, agency, answer);
      } catch (error) {
        if (!(error instanceof NotAnswered)) throw error;
        verdict.silent.push({ agency, reason: error.message });
      }
    }),
  );
  return verdict;
}

function partToCheck({ key, procedure }: BundleStep, request: BirthRequest, now: Date): PartCall {
  return {
    id: randomUUID(),
    procedure,
    dossier: "",
    office: request.office,
    receivedAt: now.toISOString(),
    content: contentFor(key, request, {}),
  };
}

function keepVerdict(verdict: Verdict, agency: AgencyCode, answer: PartCheckAnswer): void {
  verdict.verified ||= answer.handling === "OFFICER";
  for (const { code, message, messageEn, path, existingDossier } of answer.problems) {
    verdict.problems.push({ code, message, messageEn, path, agency, existingDossier: existingDossier ?? null });
  }
}

/**
 * The desk's problems and the agencies', each once: what the desk found first needs no second voice, and what an agency says
 * about a stand-in is left out.
 */
export function mergeProblems(own: Problems, theirs: readonly Problem[]): Problem[] {
  const merged = new Map<string, Problem>();
  for (const problem of [...own.found, ...theirs.filter(({ path }) => !own.isStandIn(path))]) {
    const place = `${problem.code} ${problem.path.join(".")}`;
    if (!merged.has(place)) merged.set(place, problem);
  }
  return [...merged.values()];
}

/** Takes away the names of dossiers that the caller may not see. */
export async function hideUnseen(db: Database, caller: Caller, problems: readonly Problem[]): Promise<Problem[]> {
  const codes = problems.flatMap((problem) => (problem.existingDossier ? [problem.existingDossier] : []));
  const seen = await seenByCaller(db, caller, codes);
  return problems.map((problem) => ({
    ...problem,
    existingDossier: problem.existingDossier && seen.has(problem.existingDossier) ? problem.existingDossier : null,
  }));
}

export function silentAgencies(verdict: Verdict): Problem[] {
  return verdict.silent.map(({ agency, reason }) => ({
    ...agencyUnavailable(reason),
    path: [],
    agency,
    existingDossier: null,
  }));
}
