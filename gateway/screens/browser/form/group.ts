import { element, fill } from "../client/element.ts";
import { newId } from "./field-id.ts";
import type { FormContext, Place } from "./form-context.ts";
import type { FormNode } from "./form-node.ts";
import { type FormSchema, titleOf } from "./form-schema.ts";

/** Fields of one thing. One that may be left out has a tick in its title and is open while it is ticked. */
export function group(schema: FormSchema, { name, isRequired, isRoot }: Place, context: FormContext): FormNode {
  const { properties = {}, required = [] } = schema;
  const id = newId();
  const body = element("div", { class: "fields" });
  const faults = element("p", { class: "field-fault", hidden: true });
  const choice: HTMLInputElement = element("input", { type: "checkbox", id, change: () => open(choice.checked) });
  let nodes: [string, FormNode][] | undefined;

  /** Fields are made when the group is opened: a type may contain itself. */
  function made(): [string, FormNode][] {
    if (nodes) return nodes;
    const entries = Object.entries(properties);
    // the simple fields first, then the groups
    const inOrder = [...entries.filter(([, each]) => !isBranch(each)), ...entries.filter(([, each]) => isBranch(each))];
    nodes = inOrder.map(([key, each]) => [
      key,
      context.nodeOf(each, { name: key, isRequired: required.includes(key) }),
    ]);
    fill(
      body,
      nodes.map(([, node]) => node.element),
    );
    return nodes;
  }

  function isBranch(each: FormSchema): boolean {
    const type = each.$ref ? context.definitions[each.$ref.replace("#/$defs/", "")]?.type : each.type;
    return type === "object" || type === "array";
  }

  function open(isOpen: boolean): void {
    choice.checked = isOpen;
    if (isOpen) made();
    body.hidden = !isOpen;
    context.changed();
  }

  const isOpen = () => isRequired || choice.checked;
  if (isRequired) made();
  else body.hidden = true;
  const title = titleOf(schema) || name;
  const legend = isRequired
    ? element("legend", {}, title)
    : element("legend", { class: "optional" }, choice, element("label", { for: id }, title));
  return {
    element: isRoot
      ? element("div", { class: "root" }, body)
      : element("fieldset", { class: "group", "data-name": name }, legend, faults, body),
    value() {
      if (!isOpen()) return undefined;
      const entries = made().map(([key, node]) => [key, node.value()] as const);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    },
    fill(value) {
      const isGiven = typeof value === "object" && value !== null;
      if (!isRequired) open(isGiven);
      if (!isGiven) return;
      for (const [key, node] of made()) if (key in value) node.fill((value as Record<string, unknown>)[key]);
    },
    below: () => (isOpen() ? made() : []),
    fault: () => undefined,
    mark(messages) {
      fill(faults, messages.join(" "));
      faults.hidden = messages.length === 0;
    },
    isVisited: () => true,
    focus: () => (isRequired ? made()[0]?.[1].focus() : choice.focus()),
  };
}
