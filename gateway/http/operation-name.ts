import type { GraphqlParameters } from "./read-parameters.ts";

const MOST_KNOWN = 1_000;
const known = new Map<string, string | undefined>();

/** The operation's name for the log. A client may write anything into it, so long numbers are left out. */
export function loggedOperationName({
  operationName,
  query = "",
}: Partial<GraphqlParameters> = {}): string | undefined {
  return operationName === undefined ? nameInText(query) : printable(operationName);
}

/** Most clients do not name the one operation of their document, and send the same documents again and again. */
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
