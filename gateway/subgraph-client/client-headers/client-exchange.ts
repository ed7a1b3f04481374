import type { IncomingMessage } from "node:http";
import { type BySubgraph, readBySubgraph, variablesBySubgraph } from "../../subgraph-settings.ts";
import { type ForwardedHeaders, forwardedHeaders } from "./forwarded-headers.ts";
import { forwardedNames, returnedNames } from "./header-names.ts";
import { ReturnedHeaders } from "./returned-headers.ts";

/** Token and headers that pass between one client and the subgraphs beside the operation. */
export type ClientExchange = {
  /** Bearer token, where a subgraph receives it. */
  readonly token: string | undefined;
  readonly forwarded: ForwardedHeaders;
  /** Undefined where no header is returned. */
  readonly returned: ReturnedHeaders | undefined;
};

/** Headers that pass between clients and subgraphs: none by default. */
export type HeaderLists = { forwarded: BySubgraph<readonly string[]>; returned: BySubgraph<readonly string[]> };

const FORWARD = "FORWARD_HEADERS";
const RETURN = "RETURN_HEADERS";

export function headerVariables(environment: NodeJS.ProcessEnv) {
  return {
    ...variablesBySubgraph(FORWARD, forwardedNames, environment),
    ...variablesBySubgraph(RETURN, returnedNames, environment),
  };
}

export function headerLists(environment: NodeJS.ProcessEnv, read: Readonly<Record<string, unknown>>): HeaderLists {
  return { forwarded: readBySubgraph(FORWARD, environment, read), returned: readBySubgraph(RETURN, environment, read) };
}

/** Opens the exchange of one client's request. @throws Refusal 400 for a header that cannot be forwarded. */
export type OpenExchange = (
  request: Pick<IncomingMessage, "headers">,
  token: string | undefined,
  requestId: string,
) => ClientExchange;

/** Undefined if no header or token passes, so that requests without one have no cost. */
export function clientExchange({ forwarded, returned }: HeaderLists, passesToken: boolean): OpenExchange | undefined {
  const names = everyItem(forwarded);
  const returns = everyItem(returned).length > 0;
  if (names.length === 0 && !returns && !passesToken) return undefined;
  return (request, token, requestId) => ({
    token: passesToken ? token : undefined,
    forwarded: forwardedHeaders(request, names, requestId),
    returned: returns ? new ReturnedHeaders() : undefined,
  });
}

function everyItem<Item>({ all, single }: BySubgraph<readonly Item[]>): readonly Item[] {
  return [...new Set([...all, ...[...single.values()].flat()])];
}
