import claimDocument from "../../../playground/examples/claim-part.graphql";
import { element, fill } from "../client/element.ts";
import { type Act, errorText, problemsText } from "../client/error-text.ts";
import { dayAndTime } from "../client/language.ts";
import { stateName } from "../client/state-names.ts";
import { contentView } from "./content.ts";
import { decisionForm } from "./decision-form.ts";
import partDocument from "./documents/part.graphql";
import { likenessView } from "./likeness-view.ts";
import { DECISIONS, type DecisionKind, type Office, type OpenPart } from "./office.ts";
import { texts } from "./texts.ts";
import { riskOf } from "./work-list.ts";

/** What the page does after an act on a part. */
type Acted = { claimed(code: string): void; decided(kind: DecisionKind, code: string): void; close(): void };

/** A part to decide: the suspected duplicates first, then the request, with the decisions and their keys. */
export function partView(office: Office, { code, id }: { code: string; id: string }, acted: Acted) {
  const root = element("section", { class: "part-view", "aria-label": code });
  const place = element("div");
  const fault = element("p", { class: "fault", role: "alert", hidden: true });
  const forms = new Map<DecisionKind, ReturnType<typeof decisionForm>>(); // what is being typed stays when another is looked at
  let open: OpenPart | undefined;

  async function read(): Promise<void> {
    const answer = await office.ask<{ workList: { nodes: OpenPart[] } | null }>(partDocument, { code });
    const found = answer.data?.workList?.nodes.find(({ part }) => part.id === id);
    if (found) show(found);
    else {
      const said = answer.data?.workList ? texts.notOpen(code) : `${texts.notRead}. ${errorText(answer)}`;
      fill(root, backButton(), element("p", { class: "notice" }, said));
    }
  }

  function show(found: OpenPart): void {
    const isFirst = open === undefined;
    open = found;
    const { part } = found;
    const likenesses = part.likenesses ?? [];
    fill(
      root,
      backButton(),
      headOf(found),
      actions(found),
      fault,
      place,
      likenesses.length > 0 && element("p", { class: "notice" }, texts.likeness.notice(likenesses.length)),
      likenesses.map((each, at) => likenessView(each, at + 1)),
      supplementOf(part),
      element("h3", {}, texts.content),
      part.content ? contentView(part.content, part.procedure?.formSchema) : element("p", {}, texts.noContent),
    );
    if (isFirst) root.querySelector<HTMLElement>("h2")?.focus();
  }

  function backButton(): HTMLElement {
    return element("button", { type: "button", class: "small back", click: acted.close }, texts.back);
  }

  function actions({ claimedBy, part }: OpenPart): HTMLElement {
    const isOwn = claimedBy?.id === office.session.subject;
    const claiming =
      !isOwn && button(texts.claim, "c", () => void claim(), claimedBy !== null ? "small" : "small main");
    const deciding = DECISIONS.map((kind) =>
      button(texts.decisions[kind], texts.keys.decisions[kind], () => decide(kind), "small"),
    );
    return element("div", { class: "actions" }, claiming, part.state === "PROCESSING" ? deciding : null);
  }

  async function claim(): Promise<void> {
    if (!open || open.claimedBy?.id === office.session.subject) return;
    const answer = await office.ask<{ claimPart: Act | null }>(claimDocument, { part: id });
    fault.textContent = problemsText(answer);
    fault.hidden = fault.textContent === "";
    await read();
    if (fault.hidden) {
      root.querySelector<HTMLElement>("h2")?.focus();
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
    root.querySelector<HTMLElement>("h2")?.focus();
    return true;
  }

  void read();
  return { element: root, id, code, claim: () => void claim(), decide, closeForm };
}

function button(name: string, key: string, click: () => void, look: string): HTMLElement {
  return element(
    "button",
    { type: "button", class: look, "aria-keyshortcuts": key, click },
    `${name} `,
    element("kbd", { "aria-hidden": "true" }, key),
  );
}

function headOf({ dossier, part, risk, claimedBy }: OpenPart): HTMLElement {
  const people = [...new Set([dossier.applicant?.fullName, dossier.subject?.fullName].filter(Boolean))].join(" · ");
  const due = part.dueAt ? ` · ${texts.due} ${dayAndTime(part.dueAt)}` : "";
  return element(
    "div",
    { class: "part-head" },
    element(
      "h2",
      { tabindex: -1 },
      `${part.name} `,
      element("span", { class: "badge", "data-state": part.state }, stateName(part.state)),
    ),
    element("p", {}, element("strong", {}, people), dossier.bundle ? ` · ${dossier.bundle.name}` : ""),
    element(
      "p",
      { class: "hint" },
      element("span", { class: "code" }, dossier.code),
      ` · ${texts.received} ${dayAndTime(dossier.receivedAt)}${due}`,
      riskOf(risk),
      ` · ${claimedBy ? texts.claimedBy(claimedBy.name) : texts.unclaimed}`,
    ),
  );
}

function supplementOf({ supplement, supplementAnswers }: OpenPart["part"]): HTMLElement | null {
  if (!supplement) return null;
  const answerOf = (code: string) => supplementAnswers?.find(({ item }) => item === code)?.text;
  const rows = supplement.items.map(({ code, text }) =>
    element("div", {}, element("dt", {}, text), element("dd", {}, answerOf(code) ?? texts.notAnswered)),
  );
  return element("section", {}, element("h3", {}, texts.supplement), element("dl", { class: "facts" }, rows));
}
