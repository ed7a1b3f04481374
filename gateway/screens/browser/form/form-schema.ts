import { language } from "../client/language.ts";

/** The part of JSON Schema (draft 2020-12) that forms use, with English titles where there are some. */
export type FormSchema = {
  $ref?: string;
  type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  title?: string;
  titleEn?: string;
  properties?: Record<string, FormSchema>;
  required?: string[];
  items?: FormSchema;
  oneOf?: { const: string; title?: string; titleEn?: string }[];
  format?: "date" | "partial-date";
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
};

export type Definitions = Record<string, FormSchema>;

/** Schema with its reference replaced by what it refers to. */
export function resolved(schema: FormSchema, definitions: Definitions): FormSchema {
  const name = schema.$ref?.replace("#/$defs/", "");
  if (!name) return schema;
  const { $ref: _, ...own } = schema;
  return { ...definitions[name], ...own };
}

export function titleOf({ title = "", titleEn }: Pick<FormSchema, "title" | "titleEn">): string {
  return language === "en" ? titleEn || title : title;
}
