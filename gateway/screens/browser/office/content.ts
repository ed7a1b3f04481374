import { $defs } from "motcua:forms";
import { writtenDay } from "../../../../subgraphs/_shared/reference/written-day.ts";
import { element } from "../client/element.ts";
import { type FormSchema, resolved, titleOf } from "../form/form-schema.ts";
import { texts } from "./texts.ts";

type Row = { label: string; value: string };

/** Members of all submissions: the content of a part has the shape of the client's input. */
const INPUT: FormSchema["properties"] = Object.fromEntries(
  Object.entries($defs)
    .filter(([name]) => name.endsWith("BundleInput") || name === "DossierInput")
    .reverse() // where bundles differ, the first of them, a birth, has the richest form
    .flatMap(([, { properties = {} }]) => Object.entries(properties)),
);

/** Content of a part, under the titles of its form. */
export function contentView(content: Record<string, unknown>, form: FormSchema | undefined): HTMLElement {
  const known: FormSchema["properties"] = { ...INPUT, ...form?.properties };
  const groups = Object.entries(content).map(([name, value]) => {
    const schema = known[name] ?? {};
    const rows = rowsOf(value, schema, []);
    if (rows.length === 0) return null;
    const title = titleOf(schema) || texts.members[name] || name;
    return element(
      "section",
      {},
      element("h4", {}, title),
      element(
        "dl",
        { class: "facts" },
        rows.map((row) => element("div", {}, element("dt", {}, row.label || title), element("dd", {}, row.value))),
      ),
    );
  });
  return element("div", { class: "content" }, groups);
}

/** Schema at a path into the client's input, joined by dots. */
export function schemaAt(path: string): FormSchema {
  return path
    .split(".")
    .reduce<FormSchema>((found, name) => resolved(resolved(found, $defs).properties?.[name] ?? {}, $defs), {
      properties: INPUT,
    });
}

/** A single value as people read it. */
export function shownValue(value: unknown, { oneOf = [] }: FormSchema): string {
  if (typeof value === "boolean") return value ? texts.yes : texts.no;
  const text = String(value);
  const choice = oneOf.find((each) => each.const === text);
  if (choice) return titleOf(choice) || text;
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? writtenDay(text) : text;
}

function rowsOf(value: unknown, schema: FormSchema, labels: readonly string[]): Row[] {
  if (value === null || value === undefined || value === "") return [];
  const own = resolved(schema, $defs);
  if (Array.isArray(value)) {
    const many = value.length > 1;
    return value.flatMap((each, at) => rowsOf(each, own.items ?? {}, many ? [...labels, String(at + 1)] : labels));
  }
  if (typeof value !== "object") return [{ label: labels.join(" · "), value: shownValue(value, own) }];
  return Object.entries(value).flatMap(([name, each]) => {
    const property = own.properties?.[name] ?? {};
    return rowsOf(each, property, [...labels, titleOf(property) || texts.members[name] || name]);
  });
}
