import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import {
  buildSchema,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

export const API_SCHEMA = projectPath("schema", "api.graphql");

/** Inputs of submissions. `DossierInput` has the procedure's own form as its member `form`. */
const INPUTS = [
  "BirthBundleInput",
  "DeathBundleInput",
  "MarriageBundleInput",
  "MoveBundleInput",
  "BusinessStartBundleInput",
  "LandTransferBundleInput",
  "DossierInput",
] as const;

/** Order in which people fill forms in; the schema is sorted by name. Fields that are not named here come before `handover`. */
const FIRST = [
  ...[
    "declarant",
    "form",
    "person",
    "deceased",
    "child",
    "husband",
    "wife",
    "business",
    "land",
    "mother",
    "father",
    "residence",
    "insurance",
  ],
  ...[
    "personalId",
    "fullName",
    "sex",
    "dateOfBirth",
    "ethnicity",
    "nationality",
    "relation",
    "phone",
    "email",
    "line",
    "commune",
  ],
];
const LAST = ["handover", "filledBy"];

type JsonSchema = Record<string, unknown>;

/** The module `motcua:forms`: forms of all submissions as one JSON Schema, made of the public schema as any client could make it. */
export const bundleForms: Plugin = {
  name: "bundle-forms",
  setup(build) {
    build.onResolve({ filter: /^motcua:forms$/ }, ({ path }) => ({ path, namespace: "bundle-forms" }));
    build.onLoad({ filter: /.*/, namespace: "bundle-forms" }, () => {
      const contents = JSON.stringify(formsOf(buildSchema(readFileSync(API_SCHEMA, "utf8"))));
      return { contents, loader: "json", watchFiles: [API_SCHEMA] };
    });
  },
};

/** JSON Schema (draft 2020-12) whose `$defs` are the inputs of submissions with all types that they contain. */
export function formsOf(schema: GraphQLSchema): { $defs: Record<string, JsonSchema> } {
  const $defs: Record<string, JsonSchema> = {};
  const define = (type: GraphQLInputType): JsonSchema => {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return { type: "array", items: define(nullable.ofType) };
    if (!isEnumType(nullable) && !isInputObjectType(nullable)) return scalarOf(nullable.name);
    if (!$defs[nullable.name]) {
      $defs[nullable.name] = {}; // a type may contain itself
      $defs[nullable.name] = isEnumType(nullable)
        ? {
            type: "string",
            oneOf: nullable.getValues().map(({ name, description }) => ({ const: name, ...titlesOf(description) })),
          }
        : objectOf(Object.values(nullable.getFields()), define);
    }
    return { $ref: `#/$defs/${nullable.name}` };
  };
  for (const name of INPUTS) {
    const type = schema.getType(name);
    if (!isInputObjectType(type)) throw new Error(`The public schema has no input ${name}`);
    define(type);
  }
  return { $defs };
}

type InputField = { name: string; type: GraphQLInputType; description?: string | null };

function objectOf(fields: readonly InputField[], define: (type: GraphQLInputType) => JsonSchema): JsonSchema {
  const properties = [...fields]
    .sort((one, other) => rankOf(one.name) - rankOf(other.name))
    .map(({ name, type, description }) => {
      const format = formatOf(description ?? "");
      return [name, { ...titlesOf(description), ...define(type), ...(format && { format }) }];
    });
  const required = fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name);
  return { type: "object", properties: Object.fromEntries(properties), required };
}

function rankOf(name: string): number {
  const [first, last] = [FIRST.indexOf(name), LAST.indexOf(name)];
  return first >= 0 ? first : FIRST.length + last + 1;
}

function scalarOf(name: string): JsonSchema {
  if (name === "Boolean") return { type: "boolean" };
  if (name === "Int" || name === "Vnd") return { type: "integer" };
  if (name === "Float") return { type: "number" };
  return name === "Date" ? { type: "string", format: "date" } : { type: "string" };
}

function formatOf(description: string): string | undefined {
  if (!description.includes("yyyy-MM-dd")) return undefined;
  return description.includes("yyyy-MM or") ? "partial-date" : "date";
}

/** Titles of a description such as "Relation to the head, form CT01 (quan hệ với chủ hộ)": the words before the first sign, and those in brackets. */
function titlesOf(description: string | null | undefined): { title: string; titleEn: string } {
  const text = (description ?? "").replaceAll(/\s+/g, " ").trim();
  const [english = ""] = text.split(/\s*[,;.(:]/);
  const vietnamese = [...text.matchAll(/\(([^()]+)\)/g)].at(-1)?.[1] ?? english;
  return { title: capital(vietnamese), titleEn: capital(english.replace(/^True to /, "").replace(/^The /, "")) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
