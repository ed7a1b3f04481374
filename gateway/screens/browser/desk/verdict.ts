import { element } from "../client/element.ts";
import { dayAndTime, inOwnLanguage } from "../client/language.ts";
import { type FormNode, nodeAt } from "../form/form-node.ts";
import type { Check, Problem } from "./request-check.ts";
import { texts } from "./texts.ts";

/** Facts of which a verdict consists. */
export type VerdictFacts = {
  /** Number of required fields that are empty. */
  missing: number;
  problems: readonly Problem[];
  check: Check | undefined;
  /** Reason why the agencies were not asked; empty if they were. */
  failure: string;
  isLineUp: boolean;
  /** False for a request that gets no receipt while the line is down. */
  hasReceipt: boolean;
};

/** Texts beside a form: missing fields, problems that lead to their fields, procedures with fee and due date. */
export function verdictOn(form: FormNode, facts: VerdictFacts) {
  const { missing, problems, check, failure, isLineUp, hasReceipt } = facts;
  return [
    element("h2", {}, texts.check),
    failure && element("p", { class: "notice" }, failure),
    !isLineUp && element("p", { class: "notice" }, texts.checkOffline),
    !isLineUp && !hasReceipt && element("p", { class: "notice" }, texts.noReceipt),
    missing > 0 && element("p", { class: "hint" }, texts.missing(missing)),
    problems.length > 0 &&
      element(
        "ul",
        { class: "problems" },
        problems.map((each) => problemItem(form, each)),
      ),
    check?.ready && missing === 0 && element("p", { class: "ready" }, texts.ready),
    check?.warnings.map((each) => element("p", { class: "notice" }, textOf(each))),
    check && proceduresOf(check),
    check?.hints.map((each) => element("p", { class: "hint" }, textOf(each))),
  ];
}

function problemItem(form: FormNode, problem: Problem): HTMLElement {
  const { path, agency, existingDossier } = problem;
  const node = nodeAt(form, path);
  const go = element("button", { type: "button", class: "plain", click: () => node.focus() }, textOf(problem));
  return element(
    "li",
    {},
    go,
    agency && element("span", { class: "hint" }, ` ${agency.name}`),
    existingDossier && element("a", { href: `#dossier/${existingDossier.code}` }, ` ${existingDossier.code}`),
  );
}

function textOf({ message, messageEn }: { message: string; messageEn: string }): string {
  return inOwnLanguage(message, messageEn);
}

function proceduresOf({ procedures }: Check): HTMLElement {
  const items = procedures.map(({ procedure, agency, feeVnd, dueAt }) =>
    element(
      "li",
      {},
      element("strong", {}, procedure?.name ?? ""),
      element("br"),
      `${agency.name} · ${texts.fee(feeVnd)}`,
      dueAt && ` · ${dayAndTime(dueAt)}`,
    ),
  );
  return element("ul", { class: "procedures" }, items);
}
