import { $defs } from "motcua:forms";
import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { faultyNodes } from "../form/form-faults.ts";
import { schemaForm } from "../form/schema-form.ts";
import type { Attachments } from "./attachments/attachments.ts";
import type { Desk } from "./desk.ts";
import { batchMember, checkDocument, formSchemaOf, inputOf, type ProcedureFacts } from "./kinds.ts";
import type { Lookups } from "./lookups.ts";
import { paperNodes } from "./papers/paper-nodes.ts";
import { watchPersonalNumbers } from "./personal-numbers.ts";
import { type Check, markNodes, type Problem } from "./request-check.ts";
import type { Kind, StoredProblem } from "./storage.ts";
import { verdictOn } from "./verdict.ts";

/**
 * Pause after the last key before marks are drawn and the agencies are asked. Marks move the fields below them, which must not happen
 * between the beginning of a click and its end.
 */
const PAUSE_MS = 400;

type Shared = { desk: Desk; lookups: Lookups; attachments: Attachments };
type Given = {
  kind: Kind;
  procedure?: ProcedureFacts | undefined;
  content: unknown;
  problems: readonly StoredProblem[];
};

/** Form of a request with what the agencies say about it while it is being filled in. */
export function requestForm(
  { desk, lookups: { lookupOf }, attachments }: Shared,
  { kind, procedure, content, problems: earlier }: Given,
  changed: (content: unknown) => void,
) {
  const verdict = element("div", { class: "verdict", "aria-live": "polite" });
  let pause: ReturnType<typeof setTimeout> | undefined;
  let found: readonly Problem[] = earlier;
  let check: Check | undefined;
  let showsAll = earlier.length > 0;
  let isOpen = false;
  const ownNode = paperNodes(attachments);
  const settings = { definitions: $defs, lookupOf, usualOf, ownNode, changed: edited };
  const form = schemaForm(formSchemaOf(kind, procedure), settings);
  if (content) form.fill(content);
  isOpen = true;
  watchPersonalNumbers(desk, form);
  draw();
  void ask();

  function edited(): void {
    if (!isOpen) return; // the form fills itself in, or is closed
    changed(form.value());
    clearTimeout(pause);
    pause = setTimeout(() => {
      draw();
      void ask();
    }, PAUSE_MS);
  }

  /** Asks the agencies, once the form has what a request must have to be understood. */
  async function ask(): Promise<void> {
    if (!("bundle" in kind) || !desk.isLineUp()) return;
    if (faultyNodes(form).some(({ fault }) => fault === "missing")) return;
    const input = inputOf(kind, desk.office, form.value());
    const asked = JSON.stringify(input);
    const answer = await desk.ask<{ check: Check | null }>(checkDocument(kind), { input });
    if (asked !== JSON.stringify(inputOf(kind, desk.office, form.value()))) return; // edited meanwhile
    check = answer.data?.check ?? undefined;
    found = check?.problems ?? [];
    draw(check ? "" : errorText(answer));
  }

  function draw(failure = ""): void {
    const faulty = faultyNodes(form);
    markNodes(form, faulty, found, showsAll);
    const missing = faulty.filter(({ fault }) => fault !== "malformed").length;
    const line = { isLineUp: desk.isLineUp(), hasReceipt: batchMember(kind) !== undefined };
    fill(verdict, verdictOn(form, { missing, problems: found, check, failure, ...line }));
  }

  return {
    element: form.element,
    verdict,
    value: () => form.value(),
    /** Shows all faults and goes to the first; false if there is none. */
    refuse(): boolean {
      showsAll = true;
      const [first] = faultyNodes(form);
      draw();
      first?.node.focus();
      return first !== undefined;
    },
    close(): void {
      isOpen = false;
      clearTimeout(pause);
    },
  };
}

/** Usual values at a desk, by the name of the field. */
const USUAL: Record<string, string> = { nationality: "VNM", method: "DESK" };
function usualOf(name: string): string | undefined {
  return USUAL[name];
}

export function applicantOf(content: unknown): string {
  const { declarant } = (content ?? {}) as { declarant?: { fullName?: string } };
  return declarant?.fullName ?? "";
}
