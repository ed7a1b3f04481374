import { inOwnLanguage } from "../client/language.ts";
import type { FaultyNode } from "../form/form-faults.ts";
import { allNodes, type FormNode, nodeAt } from "../form/form-node.ts";
import { texts as formTexts } from "../form/texts.ts";
import type { StoredProblem } from "./storage.ts";

/** Problem that an agency finds in a request. */
export type Problem = StoredProblem & { agency?: { name: string } | null; existingDossier?: { code: string } | null };

/** Verdict of the agencies on a request before its submission. */
export type Check = {
  ready: boolean;
  problems: Problem[];
  warnings: Problem[];
  hints: { message: string; messageEn: string }[];
  procedures: { procedure: { name: string } | null; agency: { name: string }; feeVnd: number; dueAt: string | null }[];
};

/** Marks the nodes of a form with their own faults, or else with the problems found. `showsAll`: also where nobody has been yet. */
export function markNodes(
  form: FormNode,
  faulty: readonly FaultyNode[],
  problems: readonly Problem[],
  showsAll: boolean,
): void {
  for (const { path, node } of allNodes(form)) {
    const fault = faulty.find((each) => each.node === node)?.fault;
    const said = problems
      .filter((each) => nodeAt(form, each.path) === node && (path.length > 0 || showsAll))
      .map(({ message, messageEn }) => inOwnLanguage(message, messageEn));
    const local = fault === "malformed" ? formTexts.malformed : formTexts.missing;
    node.mark(!showsAll && !node.isVisited() ? [] : fault ? [local] : said);
  }
}
