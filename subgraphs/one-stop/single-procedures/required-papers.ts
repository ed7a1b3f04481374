import type { Caller } from "../../_shared/identity/caller.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { fault } from "../../_shared/reference/identifiers/parsed.ts";
import { type AgencyCode, subgraphOf } from "../../agency-registry.ts";
import type { Enquiry } from "../acceptance/application.ts";
import { ownProblem, type Problem, type Problems } from "../acceptance/problems.ts";
import { procedureOn } from "../procedures/catalogue.ts";
import { type Paper, paperOf } from "../procedures/papers.ts";
import { ownSubmitter } from "../rights.ts";
import { NotAnswered } from "../saga/agency-requests.ts";

/** Required paper for which the desk asked the agency that holds it, in place of the citizen. */
export type LookedUpPaper = { code: string; agency: AgencyCode; state: "FOUND" | "NOT_ANSWERED" };

/** Share of a request that tells which papers it brings, and whose they are. */
type Bringing = {
  declarant: { personalId: string | null };
  form: Record<string, unknown>;
  papers: readonly { code: string }[];
};

type HeldPaper = Paper & { heldBy: AgencyCode };

/** Longer than the agencies' checks may take: a look-up without an answer costs an officer and the citizen another errand. */
const LOOKUP_DEADLINE_MS = 2_000;

/** Fields of a form whose person has the papers; the declarant where a form has none of them. */
const HOLDERS = ["transferor", "owner", "insured", "user", "person", "subject"];

const paperMissing = (name: string) =>
  fault(
    "PAPER_MISSING",
    `Hồ sơ thiếu giấy tờ trong danh mục đã công bố: ${name}; đề nghị nộp kèm`,
    `A paper of the posted list of the procedure is missing: ${name}; add it to papers`,
  );
const paperNotHeld = (name: string, { vi, en }: { vi: string; en: string }) =>
  fault(
    "PAPER_NOT_HELD",
    `Đã tra cứu nhưng ${vi} không có dữ liệu về giấy tờ này: ${name}; đề nghị nộp kèm`,
    `${en} was asked and does not have this paper: ${name}; add it to papers`,
  );
const paperNotLookedUp = (name: string, { vi, en }: { vi: string; en: string }) =>
  fault(
    "PAPER_NOT_LOOKED_UP",
    `${vi} chưa trả lời nên chưa tra cứu được giấy tờ: ${name}; cán bộ sẽ yêu cầu bổ sung nếu cần`,
    `${en} did not answer about this paper: ${name}; an officer asks for it later if it is needed`,
  );

/**
 * Compares the papers with the list that was published for the day of receipt. A paper that an agency holds is looked up there;
 * one that is neither given nor found is a problem.
 *
 * @returns the request with the papers that were looked up
 */
export async function lookUpPapers<Request extends Bringing>(
  procedure: string,
  request: Request,
  enquiry: Enquiry,
  problems: Problems,
): Promise<Request & { lookedUpPapers: LookedUpPaper[] }> {
  const given = new Set(request.papers.map(({ code }) => code));
  const required = procedureOn(procedure, legalDayOf(enquiry.now))?.requiredPapers ?? [];
  const missing = required.filter((code) => !given.has(code));
  const found = await Promise.all(missing.map((code) => lookUp(code, request, enquiry)));
  const lookedUpPapers = found.flatMap((each) => ("state" in each ? [each] : []));
  problems.found.push(...found.flatMap((each) => ("state" in each ? [] : [each])));
  return { ...request, lookedUpPapers };
}

/** Warnings for the papers whose agency did not answer. */
export function unansweredLookups(papers: readonly LookedUpPaper[]): Problem[] {
  return papers
    .filter(({ state }) => state === "NOT_ANSWERED")
    .map(({ code, agency }) => paperProblem(code, paperNotLookedUp(paperName(code), subgraphOf(agency)), agency));
}

export function paperName(code: string): string {
  return paperOf(code)?.name ?? code;
}

function paperProblem(code: string, found: ReturnType<typeof fault>, agency: AgencyCode | null): Problem {
  return { ...ownProblem(["papers", code], found), agency };
}

async function lookUp(code: string, request: Bringing, enquiry: Enquiry): Promise<LookedUpPaper | Problem> {
  const paper = paperOf(code);
  const holder = holderOf(request, enquiry.caller);
  if (!isHeld(paper) || !holder) return paperProblem(code, paperMissing(paperName(code)), null);
  const { heldBy: agency } = paper;
  const { caller, agencies } = enquiry;
  const purpose = { onBehalfOf: caller.subject, requestId: caller.requestId };
  try {
    if (await agencies.holdsPaper(agency, code, holder, purpose, LOOKUP_DEADLINE_MS))
      return { code, agency, state: "FOUND" };
    return paperProblem(code, paperNotHeld(paper.name, subgraphOf(agency)), agency);
  } catch (error) {
    if (!(error instanceof NotAnswered)) throw error;
    return { code, agency, state: "NOT_ANSWERED" };
  }
}

function isHeld(paper: Paper | undefined): paper is HeldPaper {
  return Boolean(paper?.heldBy && paper.isLookedUp);
}

/** Personal number of the papers' holder; null if it is not known, or if a citizen would learn about another person. */
function holderOf({ form, declarant }: Bringing, caller: Caller): string | null {
  const person = HOLDERS.map((name) => form[name]).find((value) => typeof value === "object" && value !== null);
  const named = person ? (person as { personalId?: unknown }).personalId : declarant.personalId; // an object, as found above
  const holder = typeof named === "string" ? named : null;
  const own = ownSubmitter(caller);
  return own === null || own === holder ? holder : null;
}
