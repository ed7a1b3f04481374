import claimDocument from "../../../playground/examples/claim-part.graphql";
import { element, fill } from "../client/element.ts";
import { type Act, errorText, problemsText } from "../client/error-text.ts";
import { decisionForm } from "./decision-form.ts";
import partDocument from "./documents/part.graphql";
import type { DecisionKind, Office, OpenPart } from "./office.ts";
import { partActions } from "./part-actions.ts";
import { partFacts } from "./part-facts.ts";
import { partHead } from "./part-head.ts";
import { texts } from "./texts.ts";

/** Reactions of the page to an act on a part. */
type Acted = { claimed(code: string): void; decided(kind: DecisionKind, code: string): void; close(): void };

/** A part to decide: its head, the decisions with their keys, and the facts. */
export function partView(office: Office, { code, id }: { code: string; id: string }, acted: Acted) {
  const root = element("section", { class: "part-view", "aria-label": code });
  const place = element("div");
  const fault = element("p", { class: "fault", role: "alert", hidden: true });
  const forms = new Map<DecisionKind, ReturnType<typeof decisionForm>>(); // keeps typed text while another form is open
  let open: OpenPart | undefined;

  async function read(): Promise<void> {
    const answer = await office.ask<{ workList: { nodes: OpenPart[] } | null }>(partDocument, { code });
    const found = answer.data?.workList?.nodes.find(({ part }) => part.id === id);
    if (found) return show(found);
    const said = answer.data?.workList ? texts.notOpen(code) : `${texts.notRead}. ${errorText(answer)}`;
    fill(root, backButton(), element("p", { class: "notice" }, said));
  }

  function show(found: OpenPart): void {
    const isFirst = open === undefined;
    open = found;
    const buttons = partActions(found, isOwn(found), { claim, decide });
    fill(root, backButton(), partHead(found), buttons, fault, place, partFacts(found.part));
    if (isFirst) focusHead();
  }

  function backButton(): HTMLElement {
    return element("button", { type: "button", class: "small back", click: acted.close }, texts.back);
  }

  function isOwn({ claimedBy }: OpenPart): boolean {
    return claimedBy?.id === office.session.subject;
  }

  function focusHead(): void {
    root.querySelector<HTMLElement>("h2")?.focus();
  }

  async function claim(): Promise<void> {
    if (!open || isOwn(open)) return;
    const answer = await office.ask<{ claimPart: Act | null }>(claimDocument, { part: id });
    fault.textContent = problemsText(answer);
    fault.hidden = fault.textContent === "";
    await read();
    if (fault.hidden) {
      focusHead();
      acted.claimed(code);
    }
  }

  function decide(kind: DecisionKind): void {
    if (open?.part.state !== "PROCESSING") return;
    const form = forms.get(kind) ?? decisionForm(office, open.part, kind, () => acted.decided(kind, code));
    forms.set(kind, form);
    fill(place, form.element);
    form.focus();
  }

  /** Closes the form of a decision. False: none was open. */
  function closeForm(): boolean {
    if (!place.hasChildNodes()) return false;
    fill(place);
    focusHead();
    return true;
  }

  void read();
  return { element: root, id, code, claim: () => void claim(), decide, closeForm };
}
