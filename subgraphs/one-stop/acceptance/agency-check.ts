import { randomUUID } from "node:crypto";
import type { Caller } from "../../_shared/identity/caller.ts";
import type { Database } from "../../_shared/serving/database.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { StepDefinition } from "../definitions/definition.ts";
import { officeOfStep, type Pinned } from "../definitions/dossier-kind.ts";
import { visibleCodes } from "../rights.ts";
import type { Agencies, PartCall, PartCheckAnswer } from "../saga/agency-client.ts";
import { NotAnswered } from "../saga/agency-requests.ts";
import { agencyUnavailable, type Problem, type Problems } from "./problems.ts";

export type Verdict = {
  problems: Problem[];
  /** True if an agency has to verify something, so that the longer limit applies. */
  verified: boolean;
  /** Agencies that did not respond in time. */
  silent: { agency: AgencyCode; reason: string }[];
};

export const NOT_ASKED: Verdict = { problems: [], verified: false, silent: [] };

type CheckedRequest = Pinned & { request: unknown };
type CheckOptions = { caller: Caller; office: string; now: Date; deadlineMs: number };

/** Checks the parts at all agencies in parallel, for at most `deadlineMs` altogether. */
export async function askAgencies(agencies: Agencies, checked: CheckedRequest, at: CheckOptions): Promise<Verdict> {
  const verdict: Verdict = { problems: [], verified: false, silent: [] };
  const asked = checked.definition.steps.filter(({ checkable }) => checkable !== false);
  const purpose = { onBehalfOf: at.caller.subject, requestId: at.caller.requestId };
  await Promise.all(
    [...new Set(asked.map((step) => step.agency))].map(async (agency) => {
      const parts = asked.filter((step) => step.agency === agency).map((step) => partToCheck(step, checked, at));
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

function partToCheck(
  { key, procedure }: StepDefinition,
  { kind, request }: CheckedRequest,
  { office, now }: CheckOptions,
): PartCall {
  return {
    id: randomUUID(),
    procedure,
    dossier: "",
    office: officeOfStep({ kind, request, office }, key),
    receivedAt: now.toISOString(),
    content: kind.contentFor(key, request, {}),
  };
}

function keepVerdict(verdict: Verdict, agency: AgencyCode, answer: PartCheckAnswer): void {
  verdict.verified ||= answer.handling === "OFFICER";
  for (const { code, message, messageEn, path, existingDossier } of answer.problems) {
    verdict.problems.push({ code, message, messageEn, path, agency, existingDossier: existingDossier ?? null });
  }
}

/** Problems of the desk and of the agencies, each once. An agency's problem with a stand-in is left out. */
export function mergeProblems(own: Problems, theirs: readonly Problem[]): Problem[] {
  const merged = new Map<string, Problem>();
  for (const problem of [...own.found, ...theirs.filter(({ path }) => !own.isStandIn(path))]) {
    const place = `${problem.code} ${problem.path.join(".")}`;
    if (!merged.has(place)) merged.set(place, problem);
  }
  return [...merged.values()];
}

/** Removes the codes of dossiers that the caller may not see. */
export async function redactForCaller(db: Database, caller: Caller, problems: readonly Problem[]): Promise<Problem[]> {
  const codes = problems.flatMap((problem) => (problem.existingDossier ? [problem.existingDossier] : []));
  const seen = await visibleCodes(db, caller, codes);
  return problems.map((problem) => ({
    ...problem,
    existingDossier: problem.existingDossier && seen.has(problem.existingDossier) ? problem.existingDossier : null,
  }));
}

export function silentAgencies(verdict: Verdict): Problem[] {
  return verdict.silent.map(({ agency, reason }) => unavailable(agency, reason));
}

/** Warning that an agency has not answered, which delays its parts and nothing else. */
export function unavailable(agency: AgencyCode, reason: string): Problem {
  return { ...agencyUnavailable(reason), path: [], agency, existingDossier: null };
}
