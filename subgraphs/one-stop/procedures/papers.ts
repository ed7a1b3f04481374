import { readFileSync } from "node:fs";
import { projectPath } from "../../_shared/serving/paths.ts";
import type { AgencyCode } from "../../agency-registry.ts";

/**
 * Kind of paper (giấy tờ): our code, Vietnamese name, the provision that requires it, the agency that already holds it.
 * `isLookedUp`: that agency's register tells whether it has the paper of a person.
 */
export type Paper = { code: string; name: string; basis: string; heldBy: AgencyCode | null; isLookedUp: boolean };

let all: readonly Paper[] | undefined;

/** Every kind of paper, in the order of the data file. */
export function allPapers(): readonly Paper[] {
  all ??= readPapers();
  return all;
}

/** The paper of a code, or undefined. */
export function paperOf(code: string): Paper | undefined {
  return allPapers().find((paper) => paper.code === code);
}

// Our own data file, checked by a test.
function readPapers(): Paper[] {
  const text = readFileSync(projectPath("subgraphs", "one-stop", "data", "papers.json"), "utf8");
  return (JSON.parse(text) as { papers: Paper[] }).papers;
}
