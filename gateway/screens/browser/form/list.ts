import { element, fill } from "../client/element.ts";
import type { FormContext, Place } from "./form-context.ts";
import type { FormFault, FormNode } from "./form-node.ts";
import { type FormSchema, titleOf } from "./form-schema.ts";
import { texts } from "./texts.ts";

/** A list whose items are added and removed one by one. */
export function list(schema: FormSchema, { name, isRequired }: Place, context: FormContext): FormNode {
  const { items = {}, maxItems = 50 } = schema;
  const title = titleOf(schema) || name;
  const body = element("div", { class: "items" });
  const faults = element("p", { class: "field-fault", hidden: true });
  const more = element(
    "button",
    { type: "button", class: "small", click: () => add().focus() },
    `${texts.add}: ${title}`,
  );
  let nodes: FormNode[] = [];

  function add(): FormNode {
    const node = context.nodeOf(items, { name, isRequired: true });
    nodes.push(node);
    draw();
    return node;
  }

  function remove(node: FormNode): void {
    nodes = nodes.filter((each) => each !== node);
    draw();
    more.focus();
  }

  function draw(): void {
    const rows = nodes.map((node, at) => {
      const label = `${texts.remove} ${texts.item(at + 1)}`;
      const button = element("button", { type: "button", class: "small", click: () => remove(node) }, label);
      return element("div", { class: "item" }, node.element, button);
    });
    fill(body, rows);
    more.disabled = nodes.length >= maxItems;
    context.changed();
  }

  if (isRequired) add();
  return {
    element: element("fieldset", { class: "group" }, element("legend", {}, title), faults, body, more),
    value() {
      const values = nodes.map((node) => node.value()).filter((value) => value !== undefined);
      return values.length === 0 && !isRequired ? undefined : values;
    },
    fill(value) {
      const given = Array.isArray(value) ? value : [];
      nodes = given.map(() => context.nodeOf(items, { name, isRequired: true }));
      for (const [at, node] of nodes.entries()) node.fill(given[at]);
      draw();
    },
    below: () => nodes.map((node, at) => [String(at), node]),
    fault: (): FormFault | undefined => (isRequired && nodes.length === 0 ? "missing" : undefined),
    mark(messages) {
      fill(faults, messages.join(" "));
      faults.hidden = messages.length === 0;
    },
    isVisited: () => true,
    focus: () => more.focus(),
  };
}
