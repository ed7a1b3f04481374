import { element } from "../client/element.ts";
import { type Act, problemsText } from "../client/error-text.ts";
import { freshKey } from "../client/fresh-key.ts";
import { inOwnLanguage } from "../client/language.ts";
import { newId } from "../form/field-id.ts";
import type { Attachments } from "./attachments/attachments.ts";
import type { Desk, View } from "./desk.ts";
import { type FileField, fileField } from "./papers/file-field.ts";
import { texts } from "./texts.ts";

type Field = { name: string; label: string; isOptional?: boolean; takesFile?: boolean };

/** An act on a dossier: the fields of its form, and the document that it sends. */
export type Action = { title: string; button: string; fields: readonly Field[]; document: string; isGrave?: boolean };

/** Texts and ids of files by the names of their fields. */
export type ActionValues = { texts: Record<string, string>; files: Record<string, string | undefined> };

/** Form of an act on a dossier. A field that takes a file needs no text beside it. The files stay until the form is closed. */
export function actionForm(
  { desk, attachments }: { desk: Desk; attachments: Attachments },
  dossier: string,
  { title, button, fields, document, isGrave }: Action,
  variablesOf: (values: ActionValues) => object,
): View {
  const fault = element("p", { class: "fault", role: "alert", hidden: true });
  const send = element("button", { type: "submit", class: isGrave ? "small grave" : "small" }, button);
  const inputs = fields.map((field) => ({ name: field.name, ...inputOf(attachments, field) }));
  const close = attachments.spare(() => inputs.flatMap(({ files }) => files?.ids() ?? []));
  const key = freshKey("desk"); // of this form, so that sending it twice acts once

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    send.disabled = true;
    fault.textContent = (await fileFault()) || problemsText(await sent());
    fault.hidden = fault.textContent === "";
    send.disabled = false;
  }

  /** Uploads the files. @returns the reason why one of them is not at the gateway; empty if all are */
  async function fileFault(): Promise<string> {
    for (const { files } of inputs) {
      if (files?.isIncomplete()) return texts.files.incomplete;
      for (const id of files?.ids() ?? []) {
        const sent = await attachments.send(id);
        if (sent.state === "REFUSED") return inOwnLanguage(sent.problem.message, sent.problem.messageEn);
        if (sent.state === "DELAYED") return sent.failure;
        if (sent.state === "ABSENT") return texts.files.lost;
      }
    }
    return "";
  }

  function sent() {
    const values: ActionValues = {
      texts: Object.fromEntries(inputs.map(({ name, input }) => [name, input.value])),
      files: Object.fromEntries(inputs.map(({ name, files }) => [name, files?.ids()[0]])),
    };
    const variables = { dossier, idempotencyKey: key, ...variablesOf(values) };
    return desk.ask<Record<string, Act | null>>(document, variables);
  }

  const rows = inputs.map((each) => each.element);
  const form = element("form", { submit }, rows, fault, send);
  const details = element("details", { class: "card", open: !isGrave }, element("summary", {}, title), form);
  return { element: details, close };
}

function inputOf(attachments: Attachments, { name, label, isOptional, takesFile }: Field) {
  const id = newId();
  const input = element("input", { id, name, type: "text", autocomplete: "off", required: !isOptional });
  const toggle = () => {
    input.required = !isOptional && files?.ids().length === 0;
  };
  const files: FileField | undefined = takesFile
    ? fileField(attachments, { id: `${id}-file`, title: label, isMultiple: false }, toggle)
    : undefined;
  const field = element("div", { class: "field" }, element("label", { for: id }, label), input, files?.element);
  return { element: field, input, files };
}
