import { $defs } from "motcua:forms";
import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { dayAndTime, language } from "../client/language.ts";
import { allNodes, type FormNode, nodeAt } from "../form/form-node.ts";
import { schemaForm } from "../form/schema-form.ts";
import { texts as formTexts } from "../form/texts.ts";
import type { Desk } from "./desk.ts";
import { batchMember, checkDocument, formSchemaOf, inputOf, type ProcedureFacts } from "./kinds.ts";
import type { Lookups } from "./lookups.ts";
import { watchPersonalNumbers } from "./personal-numbers.ts";
import type { Kind, StoredProblem } from "./storage.ts";
import { texts } from "./texts.ts";

/**
 * Pause after the last key before marks are drawn and the agencies are asked. Marks move the fields below them, which must not happen
 * between the beginning of a click and its end.
 */
const PAUSE_MS = 400;

type Problem = StoredProblem & { agency?: { name: string } | null; existingDossier?: { code: string } | null };
type Check = {
  ready: boolean;
  problems: Problem[];
  warnings: Problem[];
  hints: { message: string; messageEn: string }[];
  procedures: { procedure: { name: string } | null; agency: { name: string }; feeVnd: number; dueAt: string | null }[];
};

type Given = {
  kind: Kind;
  procedure?: ProcedureFacts | undefined;
  content: unknown;
  problems: readonly StoredProblem[];
};

/** Form of a request with what the agencies say about it while it is being filled in. */
export function requestForm(
  desk: Desk,
  { lookupOf }: Lookups,
  { kind, procedure, content, problems: earlier }: Given,
  changed: (content: unknown) => void,
) {
  const verdict = element("div", { class: "verdict", "aria-live": "polite" });
  let pause: ReturnType<typeof setTimeout> | undefined;
  let found: readonly Problem[] = earlier;
  let check: Check | undefined;
  let showsAll = earlier.length > 0;
  let isOpen = false;
  const form: FormNode = schemaForm(formSchemaOf(kind, procedure), {
    definitions: $defs,
    lookupOf,
    usualOf,
    changed: edited,
  });
  if (content) form.fill(content);
  isOpen = true;
  watchPersonalNumbers(desk, form);
  draw();
  void ask();

  function edited(): void {
    if (!isOpen) return; // the form fills itself in
    changed(form.value());
    clearTimeout(pause);
    pause = setTimeout(() => {
      draw();
      void ask();
    }, PAUSE_MS);
  }

  function faults() {
    return allNodes(form).flatMap(({ path, node }) => {
      const fault = node.fault();
      return fault ? [{ path, node, fault }] : [];
    });
  }

  /** Asks the agencies, once the form has what a request must have to be understood. */
  async function ask(): Promise<void> {
    if (!("bundle" in kind) || !desk.isLineUp() || faults().some(({ fault }) => fault === "missing")) return;
    const input = inputOf(kind, desk.office, form.value());
    const asked = JSON.stringify(input);
    const answer = await desk.ask<{ check: Check | null }>(checkDocument(kind), { input });
    if (asked !== JSON.stringify(inputOf(kind, desk.office, form.value()))) return; // edited meanwhile
    check = answer.data?.check ?? undefined;
    found = check?.problems ?? [];
    draw(check ? "" : errorText(answer));
  }

  function draw(failure = ""): void {
    const own = faults();
    for (const { path, node } of allNodes(form)) {
      const isShown = showsAll || node.isVisited();
      const fault = own.find((each) => each.node === node)?.fault;
      const said = found
        .filter((each) => nodeAt(form, each.path) === node && (path.length > 0 || showsAll))
        .map(textOf);
      const local = fault === "malformed" ? formTexts.malformed : formTexts.missing;
      node.mark(!isShown ? [] : fault ? [local] : said);
    }
    const missing = own.filter(({ fault }) => fault !== "malformed").length;
    fill(
      verdict,
      element("h2", {}, texts.check),
      failure && element("p", { class: "notice" }, failure),
      !desk.isLineUp() && element("p", { class: "notice" }, texts.checkOffline),
      !desk.isLineUp() && !batchMember(kind) && element("p", { class: "notice" }, texts.noReceipt),
      missing > 0 && element("p", { class: "hint" }, texts.missing(missing)),
      found.length > 0 && element("ul", { class: "problems" }, found.map(problemItem)),
      check?.ready && missing === 0 && element("p", { class: "ready" }, texts.ready),
      check?.warnings.map((each) => element("p", { class: "notice" }, textOf(each))),
      check && proceduresOf(check),
      check?.hints.map(({ message, messageEn }) =>
        element("p", { class: "hint" }, language === "en" ? messageEn : message),
      ),
    );
  }

  function problemItem(problem: Problem): HTMLElement {
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

  return {
    element: form.element,
    verdict,
    value: () => form.value(),
    /** Shows all faults and goes to the first; false if there is none. */
    refuse(): boolean {
      showsAll = true;
      const own = faults();
      draw();
      const [first] = own;
      first?.node.focus();
      return own.length > 0;
    },
    showProblems(problems: readonly StoredProblem[]): void {
      showsAll = true;
      found = problems;
      draw();
    },
    close: () => clearTimeout(pause),
  };
}

/** What most people at a desk are, or want. */
const USUAL: Record<string, string> = { nationality: "VNM", method: "DESK" };
function usualOf(name: string): string | undefined {
  return USUAL[name];
}

function textOf({ message, messageEn }: { message: string; messageEn: string }): string {
  return language === "en" ? messageEn : message;
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

export function applicantOf(content: unknown): string {
  const { declarant } = (content ?? {}) as { declarant?: { fullName?: string } };
  return declarant?.fullName ?? "";
}
