import { identityText } from "../../subgraphs/_shared/identity/caller-text.ts";
import { IDENTITY_HEADER, type IdentityKeys, identitySigner } from "../../subgraphs/_shared/identity/identity.ts";
import type { CallerTokens } from "../identity/caller-tokens.ts";
import type { Utf8 } from "../utf8.ts";
import type { RequestScope } from "./request-scope.ts";

/** Identity of the caller in the form that one subgraph receives. */
export type CallerIdentity = {
  /** False if the subgraph cannot distinguish callers. */
  readonly tellsCallers: boolean;
  /** Appends the headers that state the caller to a list of alternating names and values. */
  append(headers: string[], body: Utf8, scope: RequestScope): void;
  /** Key of the caller as the subgraph sees it: the same for two requests that may share a response. */
  keyOf(scope: RequestScope): string;
};

/** No identity: the subgraph cannot know the caller. */
export const NO_IDENTITY: CallerIdentity = { tellsCallers: false, append() {}, keyOf: () => "" };

/** A signed identity for each request, see PROTOCOL.md. @param audience name of the subgraph. */
export function sealedIdentity(keys: IdentityKeys, audience: string): CallerIdentity {
  const sign = identitySigner(keys, { audience, issuer: "gateway" });
  return {
    tellsCallers: true,
    append(headers, body, { caller }) {
      headers.push(IDENTITY_HEADER, sign({ body: { latin1: body }, caller, now: Date.now() }));
    },
    keyOf: ({ caller }) => identityText(caller),
  };
}

/** The client's own token, passed on. A client without one is anonymous to the subgraph, too. */
export const CLIENT_TOKEN: CallerIdentity = {
  tellsCallers: true,
  append(headers, _, { client }) {
    if (client?.token !== undefined) headers.push("authorization", `Bearer ${client.token}`);
  },
  keyOf: ({ client }) => client?.token ?? "",
};

/** A token of the gateway's own with the caller's claims. An anonymous caller has none. */
export function issuedIdentity(tokens: Pick<CallerTokens, "tokenOf">, audience: string): CallerIdentity {
  return {
    tellsCallers: true,
    append(headers, _, { caller }) {
      if (caller.role !== "anonymous") headers.push("authorization", `Bearer ${tokens.tokenOf(caller, audience)}`);
    },
    keyOf: ({ caller }) => identityText(caller),
  };
}
