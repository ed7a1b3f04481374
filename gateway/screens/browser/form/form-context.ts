import type { Lookup } from "./combobox.ts";
import type { FormNode } from "./form-node.ts";
import type { Definitions, FormSchema } from "./form-schema.ts";

/** Settings of a form, given by its page. */
export type FormSettings = {
  definitions: Definitions;
  /** Choices of a field with codes or names of a list that is too long for a menu. */
  lookupOf(name: string, schema: FormSchema): Lookup | undefined;
  /** Value of a field that nobody has filled in; undefined for most. */
  usualOf(name: string): unknown;
  /** Node that the page makes itself; undefined for most. */
  ownNode(schema: FormSchema, place: Place, context: FormContext): FormNode | undefined;
  /** Called after each change of a value. */
  changed(): void;
};

/** The settings, and how groups and lists make what they contain. */
export type FormContext = FormSettings & { nodeOf(schema: FormSchema, place: Place): FormNode };

/** Place of a node: its name in the data, and whether the schema requires it. */
export type Place = { name: string; isRequired: boolean; isRoot?: boolean };
