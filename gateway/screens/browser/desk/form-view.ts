import { element, fill } from "../client/element.ts";
import type { Desk, View } from "./desk.ts";
import formDocument from "./documents/form-of-procedure.graphql";
import { batchMember, inputOf, type ProcedureFacts } from "./kinds.ts";
import type { Lookups } from "./lookups.ts";
import type { openOutbox } from "./outbox.ts";
import { applicantOf, requestForm } from "./request-form.ts";
import { validCodes } from "./reserved-codes.ts";
import type { Draft, Storage, Taken } from "./storage.ts";
import { texts } from "./texts.ts";

/** Pause after the last key before a draft is written. */
const SAVE_MS = 250;

type Shared = { desk: Desk; storage: Storage; lookups: Lookups; outbox: ReturnType<typeof openOutbox> };

/** A draft as a form. It is kept as it is typed; submitted, it becomes a taken request that the outbox sends. */
export function formView({ desk, storage, lookups, outbox }: Shared, id: string): View {
  const root = element("section", { class: "view" });
  let close = () => {};
  void open();

  async function open(): Promise<void> {
    const draft = await storage.draft(id);
    if (!draft) return fill(root, element("p", { class: "notice" }, texts.draftGone));
    const procedure = "procedure" in draft.kind ? await procedureOf(draft.kind.procedure) : undefined;
    if ("procedure" in draft.kind && !procedure)
      return fill(root, element("p", { class: "notice" }, texts.formUnknown));
    show(draft, procedure);
  }

  /** Form of a procedure; while the line is down, as it was read last. */
  async function procedureOf(code: string): Promise<ProcedureFacts | undefined> {
    const fact = `procedure-${code}`;
    const { data } = await desk.ask<{ procedure: ProcedureFacts | null }>(formDocument, { code });
    if (data?.procedure) await storage.saveFact(fact, data.procedure);
    return data?.procedure ?? storage.fact<ProcedureFacts>(fact);
  }

  function show(draft: Draft, procedure: ProcedureFacts | undefined): void {
    const { kind, name, content, problems = [] } = draft;
    const saved = element("span", { class: "hint", role: "status" });
    let pause: ReturnType<typeof setTimeout> | undefined;
    let unsaved: unknown;
    const save = async () => {
      clearTimeout(pause);
      if (unsaved === undefined) return;
      const now = unsaved;
      unsaved = undefined;
      await storage.saveDraft({ id, kind, name, content: now });
      saved.textContent = texts.saved;
    };
    const form = requestForm(desk, lookups, { kind, procedure, content, problems }, (value) => {
      unsaved = value;
      clearTimeout(pause);
      pause = setTimeout(save, SAVE_MS);
    });
    const button = element("button", { type: "submit" }, texts.submit);
    const fault = element("p", { class: "fault", role: "alert", hidden: true }, texts.notTaken);

    async function submit(event: Event): Promise<void> {
      event.preventDefault();
      if (button.disabled || form.refuse()) return;
      button.disabled = true;
      fault.hidden = true;
      unsaved = form.value();
      let taken: Taken | undefined;
      try {
        await save();
        taken = await take(form.value());
      } catch {
        fault.hidden = false; // the browser refuses to keep it
        button.disabled = false;
        return;
      }
      await send(taken);
    }

    async function send(taken: Taken | undefined): Promise<void> {
      if (!taken) return fill(root, element("p", { class: "notice" }, texts.draftGone));
      if (desk.isLineUp()) await outbox.send();
      const sent = (await storage.taken()).find(({ idempotencyKey }) => idempotencyKey === taken.idempotencyKey);
      if (sent?.state === "ACCEPTED") location.hash = `#dossier/${sent.dossier}`;
      else if (sent?.state === "REFUSED") location.hash = `#form/${await storage.reopen(sent)}`;
      else location.hash = "#outbox";
    }

    /** Without a line the request gets the time of now, and a reserved code if it can be sent with one. */
    async function take(value: unknown): Promise<Taken | undefined> {
      const isLineUp = await desk.checkLine();
      const [code] = isLineUp || !batchMember(kind) ? [] : await validCodes(desk, storage);
      const takenAt = isLineUp ? undefined : desk.now().toISOString();
      const input = inputOf(kind, desk.office, value);
      return storage.takeDraft(id, { applicant: applicantOf(value), input, code, takenAt });
    }

    addEventListener("pagehide", save);
    close = () => {
      form.close();
      removeEventListener("pagehide", save);
      void save();
    };
    fill(
      root,
      element("h2", {}, name),
      element(
        "form",
        { class: "request", novalidate: true, submit },
        element("div", { class: "request-fields" }, form.element),
        element(
          "aside",
          { class: "request-side" },
          form.verdict,
          fault,
          element("p", { class: "actions" }, button, saved),
        ),
      ),
    );
  }

  return { element: root, close: () => close() };
}
