import claimDocument from "../../../playground/examples/claim-part.graphql";
import { element } from "../client/element.ts";
import { type Act, errorText, problemsText } from "../client/error-text.ts";
import { newestAnswer } from "../client/newest-answer.ts";
import { decisionForm } from "./decision-form.ts";
import partDocument from "./documents/part.graphql";
import type { DecisionKind, Office, OpenPart } from "./office.ts";
import { partActions } from "./part-actions.ts";
import { partFacts } from "./part-facts.ts";
import { partHead } from "./part-head.ts";
import { partPane } from "./part-pane.ts";
import { texts } from "./texts.ts";

/** Reactions of the page to an act on a part. */
type Acted = { claimed(code: string): void; decided(kind: DecisionKind, code: string): void; close(): void };
type Found = { workList: { nodes: OpenPart[] } | null };

/** A part to decide: its head, the decisions with their keys, and the facts. */
export function partView(office: Office, { code, id }: { code: string; id: string }, acted: Acted) {
  const pane = partPane(code, acted.close);
  const forms = new Map<DecisionKind, ReturnType<typeof decisionForm>>(); // keeps typed text while another form is open
  const newest = newestAnswer();
  let known: OpenPart | undefined;
  let isOpen = false;

  /** Reads the part again; a form that is open stays as it is. */
  async function read(): Promise<void> {
    const answer = await newest.to(office.ask<Found>(partDocument, { code }));
    if (!answer) return;
    const parts = answer.data?.workList?.nodes;
    const found = parts?.find(({ part }) => part.id === id);
    if (found) show(found);
    else if (parts) end(texts.notOpen(code));
    else if (!known) end(`${texts.notRead}. ${errorText(answer)}`);
  }

  function show(found: OpenPart): void {
    const isFirst = known === undefined;
    known = found;
    isOpen = true;
    pane.showHead(partHead(found), partActions(found, isOwn(found), { claim, decide }));
    pane.showFacts(partFacts(found.part));
    if (isFirst) pane.focusHead();
  }

  /** Says why there is nothing to decide; the facts stay as they were read last. */
  function end(reason: string): void {
    isOpen = false;
    pane.showHead(known ? partHead(known) : null, element("p", { class: "notice", role: "status" }, reason));
  }

  function isOwn({ claimedBy }: OpenPart): boolean {
    return claimedBy?.id === office.session.subject;
  }

  async function claim(): Promise<void> {
    if (!known || !isOpen || isOwn(known)) return;
    const problems = problemsText(await office.ask<{ claimPart: Act | null }>(claimDocument, { part: id }));
    pane.showFault(problems);
    await read();
    if (problems) return;
    pane.focusHead();
    acted.claimed(code);
  }

  function decide(kind: DecisionKind): void {
    if (!known || !isOpen || known.part.state !== "PROCESSING") return;
    const form = forms.get(kind) ?? decisionForm(office, known.part, kind, () => acted.decided(kind, code));
    forms.set(kind, form);
    pane.showForm(form.element);
    form.focus();
  }

  void read();
  return { element: pane.element, id, code, claim: () => void claim(), decide, closeForm: pane.closeForm, read };
}
