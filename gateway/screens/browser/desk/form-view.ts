import { element, fill } from "../client/element.ts";
import type { Attachments } from "./attachments/attachments.ts";
import type { Desk, View } from "./desk.ts";
import formDocument from "./documents/form-of-procedure.graphql";
import { saveWhileTyped } from "./draft-saving.ts";
import type { ProcedureFacts } from "./kinds.ts";
import type { Lookups } from "./lookups.ts";
import type { openOutbox } from "./outbox.ts";
import { requestForm } from "./request-form.ts";
import type { Draft, Storage, Taken } from "./storage.ts";
import { sendRequest, takeRequest } from "./submission.ts";
import { texts } from "./texts.ts";

type Shared = {
  desk: Desk;
  storage: Storage;
  lookups: Lookups;
  attachments: Attachments;
  outbox: ReturnType<typeof openOutbox>;
};

/** A draft as a form. It is kept as it is typed; submitted, it becomes a taken request that the outbox sends. */
export function formView(shared: Shared, id: string): View {
  const root = element("section", { class: "view" });
  let close = () => {};
  const say = (text: string) => fill(root, element("p", { class: "notice" }, text));

  async function open(): Promise<void> {
    const draft = await shared.storage.draft(id);
    if (!draft) return say(texts.draftGone);
    const procedure = "procedure" in draft.kind ? await procedureOf(shared, draft.kind.procedure) : undefined;
    if ("procedure" in draft.kind && !procedure) return say(texts.formUnknown);
    const form = draftForm(shared, draft, procedure, () => say(texts.draftGone));
    close = form.close;
    fill(root, element("h2", {}, draft.name), form.element);
  }

  void open();
  return { element: root, close: () => close() };
}

/** Form of a procedure; while the line is down, as it was read last. */
async function procedureOf({ desk, storage }: Shared, code: string): Promise<ProcedureFacts | undefined> {
  const fact = `procedure-${code}`;
  const { data } = await desk.ask<{ procedure: ProcedureFacts | null }>(formDocument, { code });
  if (data?.procedure) await storage.saveFact(fact, data.procedure);
  return data?.procedure ?? storage.fact<ProcedureFacts>(fact);
}

/** Fields of a draft beside the verdict on them. `gone` is called if another tab has submitted or discarded the draft. */
function draftForm(shared: Shared, draft: Draft, procedure: ProcedureFacts | undefined, gone: () => void) {
  const { kind, content, problems = [] } = draft;
  const saved = element("span", { class: "hint", role: "status" });
  const saving = saveWhileTyped(shared.storage, draft, () => {
    saved.textContent = texts.saved;
  });
  const form = requestForm(shared, { kind, procedure, content, problems }, saving.note);
  const button = element("button", { type: "submit" }, texts.submit);
  const fault = element("p", { class: "fault", role: "alert", hidden: true }, texts.notTaken);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (button.disabled || form.refuse()) return;
    button.disabled = true;
    fault.hidden = true;
    let taken: Taken | undefined;
    try {
      await saving.saveNow(form.value());
      taken = await takeRequest(shared, draft, form.value());
    } catch {
      fault.hidden = false;
      button.disabled = false;
      return;
    }
    if (taken) location.hash = await sendRequest(shared, taken);
    else gone();
  }

  const actions = element("p", { class: "actions" }, button, saved);
  return {
    element: element(
      "form",
      { class: "request", novalidate: true, submit },
      element("div", { class: "request-fields" }, form.element),
      element("aside", { class: "request-side" }, form.verdict, fault, actions),
    ),
    close(): void {
      form.close();
      saving.close();
    },
  };
}
