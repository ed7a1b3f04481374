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
  /** Open forms by their question; a form whose question stays keeps what is typed and the chosen files. */
  let forms = new Map<string, View>();

  function show(dossier: Dossier): void {
    const wanted = wantedForms(dossier);
    if (wanted.length === forms.size && wanted.every(([asks]) => forms.has(asks))) return;
    const former = forms;
    forms = new Map(wanted.map(([asks, open]) => [asks, former.get(asks) ?? open()]));
    for (const [asks, each] of former) if (!forms.has(asks)) each.close?.();
    fill(
      root,
      [...forms.values()].map((each) => each.element),
    );
  }

  function wantedForms(dossier: Dossier): [asks: string, open: () => View][] {
    const papers = askedPapers(dossier);
    const wanted: [string, () => View][] = [];
    if (papers.length > 0)
      wanted.push([JSON.stringify(papers), () => form(supplementOf(papers), (values) => answersOf(papers, values))]);
    if (dossier.state === "COMPLETED") wanted.push(["handover", () => form(HANDOVER, handoverOf)]);
    if (OPEN_STATES.has(dossier.state))
      wanted.push(["withdrawal", () => form(WITHDRAWAL, ({ texts: { reason } }) => ({ reason }))]);
    return wanted;
  }

  function close(): void {
    for (const each of forms.values()) each.close?.();
    forms = new Map();
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
