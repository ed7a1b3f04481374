import answerSupplementDocument from "../../../playground/examples/answer-supplement.graphql";
import returnResultsDocument from "../../../playground/examples/return-results.graphql";
import withdrawDocument from "../../../playground/examples/withdraw-dossier.graphql";
import { element, fill } from "../client/element.ts";
import { type Action, type ActionValues, actionForm } from "./action-form.ts";
import type { Attachments } from "./attachments/attachments.ts";
import type { Desk, View } from "./desk.ts";
import { askedPapers, type Dossier } from "./dossier.ts";
import { texts } from "./texts.ts";

const OPEN_STATES = new Set(["RECEIVED", "IN_PROGRESS", "AWAITING_CITIZEN", "AWAITING_PAYMENT"]);

/** Forms of what the desk may do with a dossier in its state: answer a supplement, hand the results over, withdraw. */
export function dossierActions(shared: { desk: Desk; attachments: Attachments }, code: string) {
  const root = element("div", { class: "dossier-actions" });
  const form = (action: Action, variablesOf: (values: ActionValues) => object) =>
    actionForm(shared, code, action, variablesOf);
  let shown = "";
  let forms: View[] = [];

  function show(dossier: Dossier): void {
    const papers = askedPapers(dossier);
    const state = JSON.stringify([dossier.state, papers]);
    if (state === shown) return; // what is being typed stays
    shown = state;
    close();
    if (papers.length > 0) forms.push(form(supplementOf(papers), (values) => answersOf(papers, values)));
    if (dossier.state === "COMPLETED") forms.push(form(HANDOVER, handoverOf));
    if (OPEN_STATES.has(dossier.state)) forms.push(form(WITHDRAWAL, ({ texts: { reason } }) => ({ reason })));
    fill(
      root,
      forms.map((each) => each.element),
    );
  }

  function close(): void {
    for (const each of forms) each.close?.();
    forms = [];
  }

  return { element: root, show, close };
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

function handoverOf({ texts: { fullName, personalId, receiptCode } }: ActionValues): object {
  const receivedBy = { fullName, personalId: personalId || null };
  return { input: { method: "DESK", receiptCode: receiptCode || null, receivedBy } };
}

function supplementOf(papers: readonly { code: string; text: string }[]): Action {
  return {
    ...{ title: texts.supplement, button: texts.answer, document: answerSupplementDocument },
    fields: papers.map(({ code, text }) => ({ name: code, label: text, takesFile: true })),
  };
}

function answersOf(papers: readonly { code: string }[], values: ActionValues): object {
  const answerOf = (code: string) => ({ text: values.texts[code] || null, attachment: values.files[code] });
  return { answers: papers.map(({ code }) => ({ item: code, ...answerOf(code) })) };
}
