import { Kind, type TypeNode } from "graphql";
import type { RestParameter, RestResource } from "./rest-documents.ts";

/** Values of the segments of a path; undefined for the path of another resource. */
export function pathValues({ segments }: RestResource, path: readonly string[]): Map<string, string> | undefined {
  if (segments.length !== path.length) return undefined;
  const values = new Map<string, string>();
  for (const [at, segment] of segments.entries()) {
    const given = path[at] ?? "";
    if (segment.startsWith("{")) values.set(segment.slice(1, -1), given);
    else if (segment !== given) return undefined;
  }
  return values;
}

export type GivenArguments = {
  path: ReadonlyMap<string, string>;
  search: URLSearchParams;
  header(name: string): string | undefined;
};

/** The variables of a request, or all faults of its parameters. Values that are wrong for their type are left to the pipeline. */
export function variablesOf(
  { parameters }: RestResource,
  given: GivenArguments,
): { variables: Record<string, unknown> } | { faults: string[] } {
  const inQuery = parameters.filter((each) => each.in === "query");
  const known = inQuery.map(({ name }) => name);
  const unknown = [...new Set(given.search.keys())].filter((name) => !known.includes(name));
  const possible = known.length === 0 ? "there are none" : `there are ${known.join(", ")}`;
  const faults = unknown.map((name) => `The parameter ${printable(name)} does not exist: ${possible}`);
  const variables: Record<string, unknown> = {};
  for (const parameter of parameters) {
    const { name, definition } = parameter;
    const values = textsOf(parameter, given);
    const { type, isRequired, isList } = shapeOf(definition.type);
    if (values.length > 1 && !isList) faults.push(`The parameter ${name} is given more than once; give it once`);
    if (values.length === 0) {
      const isMissing = isRequired && definition.defaultValue === undefined;
      if (isMissing) faults.push(`The ${parameter.in === "header" ? "header" : "parameter"} ${name} is required`);
      continue;
    }
    const read = values.map((text) => typedValue(text, type));
    variables[definition.variable.name.value] = isList ? read : read[0];
  }
  return faults.length > 0 ? { faults } : { variables };
}

function textsOf({ name, in: place }: RestParameter, { path, search, header }: GivenArguments): string[] {
  if (place === "query") return search.getAll(name);
  const value = place === "path" ? path.get(name) : header(name);
  return value === undefined ? [] : [value];
}

/** Names of types that a text is not a value of. */
const NUMBERS: ReadonlySet<string> = new Set(["Int", "Float"]);

function typedValue(text: string, type: string): unknown {
  if (type === "Boolean") return text === "true" ? true : text === "false" ? false : text;
  return NUMBERS.has(type) && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Name of the innermost type of a variable, and its shape. */
export function shapeOf(node: TypeNode): { type: string; isRequired: boolean; isList: boolean } {
  const isRequired = node.kind === Kind.NON_NULL_TYPE;
  const nullable = isRequired ? node.type : node;
  if (nullable.kind === Kind.LIST_TYPE) return { ...shapeOf(nullable.type), isRequired, isList: true };
  if (nullable.kind === Kind.NAMED_TYPE) return { type: nullable.name.value, isRequired, isList: false };
  return { ...shapeOf(nullable), isRequired };
}

/** Names of unknown parameters are texts of the client: only those of usual form are repeated. */
function printable(name: string): string {
  return /^[A-Za-z]\w{0,39}$/.test(name) && !/\d{6}/.test(name) ? name : "with an unusual name";
}
