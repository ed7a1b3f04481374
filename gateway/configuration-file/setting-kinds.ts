import * as z from "zod";

/** A setting of the configuration file: the variable that it stands for, the form of its value, and that value as the variable's text. */
export type Setting<Value = unknown> = {
  readonly variable: string;
  readonly form: z.ZodType<Value>;
  readonly textOf: (value: Value) => string;
};

/** Settings by name, in sections. */
export type Section = { readonly [name: string]: Setting | Section };

export function isSetting(entry: Setting | Section): entry is Setting {
  return "textOf" in entry && typeof entry.textOf === "function";
}

/** Erases the type of the value: a file's value has passed the form before its text is made. */
function setting<Value>(variable: string, form: z.ZodType<Value>, textOf: (value: Value) => string): Setting {
  return { variable, form: described(variable, form), textOf: textOf as (value: unknown) => string };
}

function described<Value>(variable: string, form: z.ZodType<Value>): z.ZodType<Value> {
  return form.describe(`The variable ${variable} of gateway/README.md, which wins over this setting.`);
}

const plain = z
  .string({ error: "must be a text" })
  .min(1, { error: "must not be empty; leave it out for the default" });

export function text(variable: string): Setting {
  return setting(variable, plain, (value) => value);
}

export function number(variable: string): Setting {
  return setting(variable, z.number({ error: "must be a number" }), String);
}

export function choice<const Choice extends string>(variable: string, choices: readonly Choice[]): Setting {
  return setting(variable, z.enum(choices, { error: `must be one of ${choices.join(", ")}` }), (value) => value);
}

/** A switch: YAML has true and false, the variables have on and off. */
export function onOff(variable: string): Setting {
  const form = z.union([z.boolean(), z.enum(["on", "off"])], { error: "must be true or false" });
  return setting(variable, form, (value) => (value === true || value === "on" ? "on" : "off"));
}

const item = z
  .string({ error: "must be a text" })
  .regex(/^[^,]+$/, { error: "must be a text without commas; write each value as a separate item" });

/** A list, or a single item. An empty list is the same as none. */
export function list(variable: string, least: 0 | 1 = 0): Setting {
  const items = z.array(item).min(least, { error: "must not be empty; leave it out for the default" });
  const form = z.union([item, items], { error: "must be a list of texts" });
  return setting(variable, form, (value) => [value].flat().join(","));
}

/** Place of a claim in a token; null where no token has it. */
export function claim(variable: string): Setting {
  const form = z.union([plain, z.null()], { error: "must be a JSON pointer such as /role, or null" });
  return setting(variable, form, (value) => value ?? "none");
}

/** A structured value, which the variable takes as JSON. */
export function structure<Value>(variable: string, form: z.ZodType<Value>): Setting {
  return setting(variable, form, (value) => JSON.stringify(value));
}
