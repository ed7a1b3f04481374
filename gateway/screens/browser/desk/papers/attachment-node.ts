import { element, fill } from "../../client/element.ts";
import { newId } from "../../form/field-id.ts";
import type { FormContext } from "../../form/form-context.ts";
import type { FormNode } from "../../form/form-node.ts";
import { type FormSchema, titleOf } from "../../form/form-schema.ts";
import type { Attachments } from "../attachments/attachments.ts";
import { fileField } from "./file-field.ts";

/** The file of one paper of a list. */
export function attachmentNode(attachments: Attachments, schema: FormSchema, { changed }: FormContext): FormNode {
  const id = newId();
  const title = titleOf(schema);
  const files = fileField(attachments, { id, title, isMultiple: false }, changed);
  const faults = element("p", { class: "field-fault", hidden: true });
  return {
    element: element(
      "div",
      { class: "field" },
      element("span", { class: "field-title" }, title),
      files.element,
      faults,
    ),
    value: () => files.ids()[0],
    fill: (value) => void files.set(typeof value === "string" ? [value] : []),
    below: () => [],
    fault: () => (files.isIncomplete() ? "malformed" : undefined),
    mark(messages) {
      fill(faults, files.isIncomplete() ? "" : messages.join(" ")); // the row of a refused file tells the problem
      faults.hidden = !faults.textContent;
    },
    isVisited: () => true,
    focus: () => files.input.focus(),
  };
}
