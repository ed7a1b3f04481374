import { element, fill } from "../../client/element.ts";
import { newId } from "../../form/field-id.ts";
import type { FormContext, Place } from "../../form/form-context.ts";
import type { FormNode } from "../../form/form-node.ts";
import { type FormSchema, resolved, titleOf } from "../../form/form-schema.ts";
import type { Attachments } from "../attachments/attachments.ts";
import { texts } from "../texts.ts";
import { fileField } from "./file-field.ts";

/** A paper of a submission, as the graph takes it; one with several files is submitted once for each. */
type Paper = { code: string; kind?: string; attachment?: string };
type Choice = { const: string; title?: string; titleEn?: string };

/** Kind of a paper of which files are chosen. */
const FILE_KIND = "SCAN";

/** The papers that a procedure asks for, each with its kind and its files. */
export function papersNode(
  attachments: Attachments,
  schema: FormSchema,
  codes: readonly Choice[],
  place: Place,
  { definitions, changed }: FormContext,
): FormNode {
  const kind = resolved(schema.items?.properties?.kind ?? {}, definitions);
  const rows = codes.map((each) => ({ code: each.const, node: paperNode(attachments, each, kind, changed) }));
  const faults = element("p", { class: "field-fault", hidden: true });
  const papers = () => rows.flatMap(({ node }) => node.papers().map((paper) => ({ paper, node })));
  const legend = element("legend", {}, titleOf(schema) || place.name);
  return {
    element: element(
      "fieldset",
      { class: "group papers" },
      legend,
      faults,
      rows.map(({ node }) => node.element),
    ),
    value() {
      const given = papers().map(({ paper }) => paper);
      return given.length > 0 ? given : undefined;
    },
    fill(value) {
      const given = Array.isArray(value) ? (value as Paper[]) : [];
      for (const { code, node } of rows) node.fill(given.filter((each) => each.code === code));
    },
    // problems name a paper by its code, or by its place in the list
    below: () => [
      ...rows.map(({ code, node }): [string, FormNode] => [code, node]),
      ...papers().map(({ node }, at): [string, FormNode] => [String(at), node]),
    ],
    fault: () => undefined,
    mark(messages) {
      fill(faults, messages.join(" "));
      faults.hidden = messages.length === 0;
    },
    isVisited: () => true,
    focus: () => rows[0]?.node.focus(),
  };
}

function paperNode(attachments: Attachments, paper: Choice, kind: FormSchema, changed: () => void) {
  const id = newId();
  const title = titleOf(paper) || paper.const;
  const options = (kind.oneOf ?? []).map((each) => element("option", { value: each.const }, titleOf(each)));
  const none = element("option", { value: "" }, texts.files.notHandedIn);
  const chosen = element(
    "select",
    { id: `${id}-kind`, change: changed, "aria-describedby": `${id}-fault` },
    none,
    options,
  );
  const files = fileField(attachments, { id: `${id}-files`, title, isMultiple: true }, () => {
    if (files.ids().length > 0) chosen.value ||= FILE_KIND;
    changed();
  });
  const faults = element("p", { class: "field-fault", id: `${id}-fault`, hidden: true });

  function papers(): Paper[] {
    const given = { code: paper.const, ...(chosen.value && { kind: chosen.value }) };
    const ids = files.ids();
    if (ids.length > 0) return ids.map((attachment) => ({ ...given, attachment }));
    return chosen.value ? [given] : [];
  }

  const label = element(
    "label",
    { for: `${id}-kind` },
    title,
    element("span", { class: "unseen" }, `, ${titleOf(kind)}`),
  );
  const node: FormNode = {
    element: element("div", { class: "paper field" }, label, chosen, files.element, faults),
    value: papers,
    fill(value) {
      const given = Array.isArray(value) ? (value as Paper[]) : [];
      chosen.value = given[0]?.kind ?? "";
      void files.set(given.flatMap(({ attachment }) => attachment ?? []));
    },
    below: () => [],
    fault: () => (files.isIncomplete() ? "malformed" : undefined),
    mark(messages) {
      const shown = files.isIncomplete() ? [] : messages; // the row of a refused file tells the problem
      fill(faults, shown.join(" "));
      faults.hidden = shown.length === 0;
      if (messages.length > 0) chosen.setAttribute("aria-invalid", "true");
      else chosen.removeAttribute("aria-invalid");
    },
    isVisited: () => true,
    focus: () => chosen.focus(),
  };
  return { ...node, papers };
}
