import { writtenDay } from "../../../../subgraphs/_shared/reference/written-day.ts";
import { element, fill } from "../client/element.ts";
import { language } from "../client/language.ts";
import { combobox } from "./combobox.ts";
import { isoDate } from "./dates.ts";
import { newId } from "./field-id.ts";
import type { FormContext, Place } from "./form-context.ts";
import type { FormFault, FormNode } from "./form-node.ts";
import { type FormSchema, titleOf } from "./form-schema.ts";
import { typedNumber } from "./numbers.ts";
import { texts } from "./texts.ts";

const DATE_PATTERN = "^\\d{4}-\\d{2}-\\d{2}$";
const PARTIAL_DATE_PATTERN = "^\\d{4}(-\\d{2}){0,2}$";
/** Texts that may be longer than this get several lines. */
const LONG_TEXT = 500;

type Control = {
  element: HTMLElement;
  input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  read(): string | number | boolean;
  write(value: unknown): void;
};

/** Field with its label, its hint and its faults. */
export function leaf(schema: FormSchema, { name, isRequired }: Place, context: FormContext): FormNode {
  const id = newId();
  let isVisited = false;
  const control = controlOf(id, schema, name, context);
  const isTick = schema.type === "boolean";
  const faults = element("p", { class: "field-fault", id: `${id}-fault`, hidden: true });
  const mark = isRequired && !isTick && element("span", { class: "required", title: texts.required }, " *");
  const label = element("label", { for: id }, titleOf(schema) || name, mark);
  const { input } = control;
  const usual = isRequired ? context.usualOf(name) : undefined;
  if (usual !== undefined) control.write(usual);
  input.setAttribute("aria-describedby", `${id}-fault`);
  if (isRequired && !isTick) input.setAttribute("aria-required", "true");
  input.addEventListener("input", context.changed);
  input.addEventListener("blur", () => {
    isVisited = true;
    context.changed();
  });
  const value = () => {
    const read = control.read();
    // a required text is sent even where it is empty, so that the answer marks it
    return read === "" && !(isRequired && schema.type === "string" && !schema.oneOf) ? undefined : read;
  };
  return {
    element: element(
      "div",
      { class: isTick ? "field tick" : "field" },
      ...inOrder(isTick, label, control.element),
      faults,
    ),
    value,
    fill(given) {
      control.write(given);
      isVisited ||= given !== undefined && given !== null;
    },
    below: () => [],
    fault: () => faultOf(schema, isRequired, value()),
    mark(messages) {
      fill(faults, messages.join(" "));
      faults.hidden = messages.length === 0;
      if (messages.length > 0) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
    isVisited: () => isVisited,
    focus: () => input.focus(),
  };
}

function inOrder(isTick: boolean, label: HTMLElement, control: HTMLElement): HTMLElement[] {
  return isTick ? [control, label] : [label, control];
}

function faultOf(schema: FormSchema, isRequired: boolean, value: unknown): FormFault | undefined {
  if (value === undefined) return isRequired ? "missing" : undefined;
  if (value === "") return isRequired ? "empty" : undefined;
  const { type, pattern, minimum = -Infinity, maximum = Infinity, maxLength = Infinity } = schema;
  if (type === "integer" && !Number.isInteger(value)) return "malformed";
  if (type === "number" && !Number.isFinite(value)) return "malformed";
  if (typeof value === "number") return value < minimum || value > maximum ? "malformed" : undefined;
  if (typeof value !== "string") return undefined;
  return value.length > maxLength || (pattern && !new RegExp(pattern, "u").test(value)) ? "malformed" : undefined;
}

function controlOf(id: string, schema: FormSchema, name: string, context: FormContext): Control {
  if (schema.type === "boolean") return tick(id);
  if (schema.oneOf) return menu(id, schema);
  const lookup = context.lookupOf(name, schema);
  if (lookup) {
    const { element: box, input, value, set } = combobox(id, lookup, context.changed);
    return { element: box, input, read: value, write: (given) => set(textOf(given)) };
  }
  if (isDate(schema)) return dateField(id, schema);
  if (schema.type === "integer" || schema.type === "number") return numberField(id, schema.type === "integer");
  const input =
    (schema.maxLength ?? 0) > LONG_TEXT
      ? element("textarea", { id, rows: 3 })
      : element("input", { id, type: "text", autocomplete: "off", ...keyboardOf(schema, name) });
  return {
    element: input,
    input,
    read: () => input.value.trim(),
    write: writerOf(input),
  };
}

function tick(id: string): Control {
  const input = element("input", { id, type: "checkbox" });
  return {
    element: input,
    input,
    read: () => input.checked,
    write(given) {
      input.checked = given === true;
    },
  };
}

function menu(id: string, { oneOf = [] }: FormSchema): Control {
  const options = oneOf.map((each) => element("option", { value: each.const }, titleOf(each)));
  const input = element("select", { id }, element("option", { value: "" }, texts.choose), options);
  return { element: input, input, read: () => input.value, write: writerOf(input) };
}

function dateField(id: string, { format, pattern }: FormSchema): Control {
  const isPartial = format === "partial-date" || pattern === PARTIAL_DATE_PATTERN;
  const placeholder = isPartial ? texts.partialDatePlaceholder : texts.datePlaceholder;
  const input = element("input", { id, type: "text", placeholder, autocomplete: "off" });
  return {
    ...{ element: input, input },
    read: () => isoDate(input.value),
    write: (given) => writerOf(input)(writtenDay(textOf(given))),
  };
}

function numberField(id: string, isWhole: boolean): Control {
  const input = element("input", { id, type: "text", inputmode: isWhole ? "numeric" : "decimal", autocomplete: "off" });
  return {
    ...{ element: input, input },
    read: () => typedNumber(input.value, isWhole, language) ?? input.value.trim(),
    write: (given) => {
      // a decimal point would be read as a sign between groups
      input.value = language === "vi" ? textOf(given).replace(".", ",") : textOf(given);
    },
  };
}

function isDate({ format, pattern }: FormSchema): boolean {
  return format !== undefined || pattern === DATE_PATTERN || pattern === PARTIAL_DATE_PATTERN;
}

/** Keyboard of a phone for numbers of twelve digits and phones. */
function keyboardOf(schema: FormSchema, name: string): { inputmode?: string } {
  return /personalId$|^phone$/i.test(name) || schema.pattern?.startsWith("^\\d{12}") ? { inputmode: "numeric" } : {};
}

function writerOf(input: { value: string }): (given: unknown) => void {
  return (given) => {
    input.value = textOf(given);
  };
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}
