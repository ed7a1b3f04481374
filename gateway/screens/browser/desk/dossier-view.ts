import { element, fill } from "../client/element.ts";
import { type Answer, follow } from "../client/graph.ts";
import { dayAndTime, language } from "../client/language.ts";
import { downloadPaper } from "../client/papers.ts";
import { stateName } from "../client/state-names.ts";
import type { Attachments } from "./attachments/attachments.ts";
import type { Desk, View } from "./desk.ts";
import followDocument from "./documents/follow-dossier.graphql";
import type { Dossier, DossierPart } from "./dossier.ts";
import { dossierActions } from "./dossier-actions.ts";
import { texts } from "./texts.ts";

/** A dossier as it is, live: its parts, its papers, its history, and what the desk may do with it. */
export function dossierView(shared: { desk: Desk; attachments: Attachments }, code: string): View {
  const { desk } = shared;
  const facts = element("div", { "aria-live": "polite" }, element("p", { class: "hint" }, code));
  const actions = dossierActions(shared, code);
  const results = follow<{ dossierChanged: Dossier | null }>({
    ...{ persona: desk.session.persona, query: followDocument, variables: { code } },
  });
  void listen();

  async function listen(): Promise<void> {
    try {
      for await (const answer of results) show(answer);
    } catch (fault) {
      fill(facts, element("p", { class: "notice" }, `${texts.notRead}. ${String(fault)}`));
    }
  }

  function show({ data, errors = [] }: Answer<{ dossierChanged: Dossier | null }>): void {
    const dossier = data?.dossierChanged;
    if (dossier) {
      fill(facts, headOf(dossier), papersOf(desk, dossier), partsOf(dossier.parts), historyOf(dossier));
      actions.show(dossier);
    } else fill(facts, element("p", { class: "notice" }, errors.map(({ message }) => message).join(" ")));
  }

  return {
    element: element("section", { class: "view dossier-view" }, facts, actions.element),
    close(): void {
      actions.close();
      void results.return?.();
    },
  };
}

function headOf({ code, state, overdue, receivedAt, dueAt, applicant, subject, bundle, parts, handedOver }: Dossier) {
  const people = [...new Set([applicant?.fullName, subject?.fullName].filter(Boolean))].join(" · ");
  return element(
    "div",
    { class: "dossier-head" },
    element("h2", {}, `${code} `, element("span", { class: "badge", "data-state": state }, stateName(state))),
    element("p", {}, element("strong", {}, people), ` · ${bundle?.name ?? parts[0]?.name ?? ""}`),
    element(
      "p",
      { class: "hint" },
      `${texts.received} ${dayAndTime(receivedAt)} · ${texts.columns.due} ${dayAndTime(dueAt)}`,
      overdue && element("strong", { class: "late" }, ` · ${texts.overdue}`),
    ),
    handedOver &&
      element("p", { class: "hint" }, texts.handedOver(dayAndTime(handedOver.at), handedOver.receivedBy ?? "–")),
  );
}

function papersOf({ session }: Desk, { issuedPapers }: Dossier): HTMLElement {
  const fault = element("p", { class: "fault", role: "alert", hidden: true }, texts.paperFailed);
  const buttons = issuedPapers.map(({ name, nameEn, href }) => {
    const save = async () => {
      fault.hidden = await downloadPaper(session.persona, href);
    };
    return element("button", { type: "button", class: "small", click: save }, language === "en" ? nameEn : name);
  });
  return element("div", { class: "actions" }, buttons, fault);
}

function partsOf(parts: readonly DossierPart[]): HTMLElement {
  return element("ul", { class: "parts two-columns" }, parts.map(partItem));
}

function partItem({ name, state, dueAt, agency, waitingFor, refusal }: DossierPart): HTMLElement {
  const english = language === "en";
  const reason = refusal && `${english ? refusal.messageEn : refusal.message} (${refusal.legalBasis})`;
  return element(
    "li",
    { class: `part part-${state.toLowerCase()}` },
    element("h3", {}, name),
    element("p", { class: "part-state" }, stateName(state)),
    element("p", { class: "hint" }, [agency.name, dueAt && dayAndTime(dueAt)].filter(Boolean).join(" · ")),
    waitingFor && element("p", {}, english ? waitingFor.textEn : waitingFor.text),
    reason && element("p", { class: "late" }, reason),
  );
}

function historyOf({ history }: Dossier): HTMLElement {
  const items = history.nodes.map(({ at, state, step, actor, note, part }) =>
    element(
      "li",
      {},
      element("span", { class: "hint" }, `${dayAndTime(at, true)} · ${actor} · `),
      [part?.name ?? step, stateName(state), note].filter(Boolean).join(" · "),
    ),
  );
  return element("details", {}, element("summary", {}, texts.history(items.length)), element("ol", {}, items));
}
