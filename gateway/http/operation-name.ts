import type { GraphqlParameters } from "../pipeline/graphql-parameters.ts";

const MOST_KNOWN = 1_000;
const known = new Map<string, string | undefined>();

/** Name of an operation for the log. Clients choose it freely, so long numbers are masked. */
export function loggedOperationName({
  operationName,
  query = "",
}: Partial<GraphqlParameters> = {}): string | undefined {
  return operationName === undefined ? nameInText(query) : printable(operationName);
}

/** Most clients do not send an operation name, and repeat the same documents; the name is cached by the text. */
function nameInText(query: string): string | undefined {
  if (known.has(query)) return known.get(query);
  const found = /\b(?:query|mutation)\s+([_A-Za-z]\w*)/.exec(query.slice(0, LOOKED_AT))?.[1];
  const name = found === undefined ? undefined : printable(found);
  if (known.size < MOST_KNOWN && query.length <= LOOKED_AT) known.set(query, name);
  return name;
}

const LOOKED_AT = 2_000;

function printable(name: string): string {
  return name.slice(0, 80).replaceAll(/[^\w]|\d{6,}/g, "#");
}
