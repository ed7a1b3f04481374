import answerSupplementDocument from "../../../playground/examples/answer-supplement.graphql";
import returnResultsDocument from "../../../playground/examples/return-results.graphql";
import withdrawDocument from "../../../playground/examples/withdraw-dossier.graphql";
import { element, fill } from "../client/element.ts";
import { type Act, problemsText } from "../client/error-text.ts";
import { freshKey } from "../client/fresh-key.ts";
import type { Desk } from "./desk.ts";
import { askedPapers, type Dossier } from "./dossier.ts";
import { texts } from "./texts.ts";

type Field = { name: string; label: string; isOptional?: boolean };
type Action = { title: string; button: string; fields: readonly Field[]; document: string; isGrave?: boolean };
type Values = Record<string, string>;

const OPEN_STATES = new Set(["RECEIVED", "IN_PROGRESS", "AWAITING_CITIZEN", "AWAITING_PAYMENT"]);

/** Forms of what the desk may do with a dossier in its state: answer a supplement, hand the results over, withdraw. */
export function dossierActions(desk: Desk, code: string) {
  const root = element("div", { class: "dossier-actions" });
  let shown = "";

  function show(dossier: Dossier): void {
    const papers = askedPapers(dossier);
    const state = JSON.stringify([dossier.state, papers]);
    if (state === shown) return; // what is being typed stays
    shown = state;
    fill(
      root,
      papers.length > 0 && actionForm(supplementOf(papers), (values) => answersOf(papers, values)),
      dossier.state === "COMPLETED" && actionForm(HANDOVER, handoverOf),
      OPEN_STATES.has(dossier.state) && actionForm(WITHDRAWAL, ({ reason }) => ({ reason })),
    );
  }

  function actionForm(action: Action, variablesOf: (values: Values) => object): HTMLElement {
    const { title, button, fields, document, isGrave } = action;
    const fault = element("p", { class: "fault", role: "alert", hidden: true });
    const send = element("button", { type: "submit", class: isGrave ? "small grave" : "small" }, button);
    const inputs = fields.map(({ name, label, isOptional }) => {
      const id = `act-${title.length}-${name}`;
      const input = element("input", { id, name, type: "text", autocomplete: "off", required: !isOptional });
      return element("div", { class: "field" }, element("label", { for: id }, label), input);
    });
    const key = freshKey("desk"); // of this form, so that sending it twice acts once

    async function submit(event: SubmitEvent): Promise<void> {
      event.preventDefault();
      send.disabled = true;
      const values = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as Values; // all fields are texts
      const variables = { dossier: code, idempotencyKey: key, ...variablesOf(values) };
      const answer = await desk.ask<Record<string, Act | null>>(document, variables);
      fault.textContent = problemsText(answer);
      fault.hidden = fault.textContent === "";
      send.disabled = false;
    }

    const form = element("form", { submit: (event) => void submit(event as SubmitEvent) }, inputs, fault, send);
    return element("details", { class: "card", open: !isGrave }, element("summary", {}, title), form);
  }

  return { element: root, show };
}

const HANDOVER: Action = {
  title: texts.handover,
  button: texts.handOver,
  fields: [
    { name: "fullName", label: texts.receivedBy },
    { name: "personalId", label: texts.personalId, isOptional: true },
    { name: "receiptCode", label: texts.receiptCode, isOptional: true },
  ],
  document: returnResultsDocument,
};

const WITHDRAWAL: Action = {
  ...{ title: texts.withdrawal, button: texts.withdraw, isGrave: true },
  fields: [{ name: "reason", label: texts.reason }],
  document: withdrawDocument,
};

function handoverOf({ fullName, personalId, receiptCode }: Values): object {
  const receivedBy = { fullName, personalId: personalId || null };
  return { input: { method: "DESK", receiptCode: receiptCode || null, receivedBy } };
}

function supplementOf(papers: readonly { code: string; text: string }[]): Action {
  return {
    ...{ title: texts.supplement, button: texts.answer, document: answerSupplementDocument },
    fields: papers.map(({ code, text }) => ({ name: code, label: text })),
  };
}

function answersOf(papers: readonly { code: string }[], values: Values): object {
  return { answers: papers.map(({ code }) => ({ item: code, text: values[code] ?? "" })) };
}
