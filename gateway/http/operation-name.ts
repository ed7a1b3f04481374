import type { GraphqlParameters } from "../pipeline/graphql-parameters.ts";

const MOST_KNOWN = 1_000;
const known = new Map<string, string | undefined>();

/** Name of an operation for log, metrics and trace. Clients choose it freely: it is one line of a name's letters, without long numbers. */
export function loggedOperationName({
  operationName,
  query = "",
}: Partial<GraphqlParameters> = {}): string | undefined {
  return operationName === undefined ? nameInText(query) : printable(operationName);
}

/** Most clients do not send an operation name, and repeat the same documents; the name is cached by the text. */
function nameInText(query: string): string | undefined {
  if (known.has(query)) return known.get(query);
  const syntax = query.slice(0, LOOKED_AT).replaceAll(STRING_OR_COMMENT, " ");
  const found = /\b(?:query|mutation)\s+([_A-Za-z]\w*)/.exec(syntax)?.[1];
  const name = found === undefined ? undefined : printable(found);
  if (known.size < MOST_KNOWN && query.length <= LOOKED_AT) known.set(query, name);
  return name;
}

const LOOKED_AT = 2_000;
/** Values of the request; the last one may be cut off. */
const STRING_OR_COMMENT = /"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*(?:"|\n|$)|#[^\n]*/g;

/** Text that is no name of GraphQL may be any personal text, so nothing of it is kept. */
function printable(name: string): string {
  return /^[_A-Za-z]\w*$/.test(name) ? name.slice(0, 80).replaceAll(/\d{6,}/g, "#") : "#";
}
