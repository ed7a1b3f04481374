import { Supergraph } from "@apollo/federation-internals";
import { type FieldNode, getOperationAST, parse, print } from "graphql";
import type { Denial } from "../../../gateway/executor/denials.ts";
import { clientOperationOf } from "../../../gateway/executor/normalize/client-operation.ts";
import { authorizationOf } from "../../../gateway/pipeline/authorization/authorization.ts";
import type { Decision } from "../../../gateway/pipeline/authorization/decision.ts";
import type { Policies } from "../../../gateway/pipeline/authorization/policies.ts";
import { withoutAuthDirectives } from "../../../gateway/supergraph/security-directives.ts";
import { type Caller, anonymous as nobody } from "../../../subgraphs/_shared/identity/caller.ts";
import { composed } from "./gateway-world.ts";

export const anonymous = nobody("request-1");

/** A caller whose token has these scopes of a foreign supergraph. */
export function having(...scopes: string[]): Caller {
  return { subject: "somebody", role: "clerk", permissions: [], otherScopes: scopes, requestId: "request-1" };
}

const RIGHTS = '"@authenticated", "@requiresScopes", "@policy"';

/** Composes subgraphs whose schemas are written without their header; `rights` imports the directives that state rights. */
export function supergraphOf(subgraphs: Record<string, string>, rights = RIGHTS): string {
  const imports = `["@key", "@external", "@requires", "@shareable", "@inaccessible", "@interfaceObject", "@context", "@fromContext", ${rights}]`;
  const header = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${imports})`;
  return composed(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: "http://127.0.0.1:1", sdl: `${header}\n${sdl}` })),
  );
}

export type AskedRights = {
  /** Denied fields of a caller: response name → the types that deny them. */
  denied(caller: Caller, query: string): Record<string, string[]>;
  /** Denial at one response name. */
  why(caller: Caller, query: string, name: string): Denial | undefined;
  narrowed(caller: Caller, query: string): string;
  decide(caller: Caller, query: string): Decision;
};

export function rightsIn(supergraph: string, policies?: Policies): AskedRights {
  const api = Supergraph.build(withoutAuthDirectives(supergraph)).apiSchema().toGraphQLJSSchema();
  const rights = authorizationOf(parse(supergraph), api, policies);
  const known = new Map<string, ReturnType<typeof rights.of>>();

  function decide(caller: Caller, query: string): Decision {
    const document = parse(query, { noLocation: true });
    const operation = getOperationAST(document, /(?:query|mutation) (\w+)/.exec(query)?.[1]);
    if (!operation) throw new Error("The document has no such operation");
    const ofOperation = known.get(query) ?? rights.of(document, clientOperationOf(document, operation));
    known.set(query, ofOperation);
    return ofOperation.authorize(caller);
  }
  const entries = (caller: Caller, query: string) =>
    [...decide(caller, query).denials].map(([node, types]) => [nameOf(node), types] as const);

  return {
    decide,
    denied: (caller, query) =>
      Object.fromEntries(entries(caller, query).map(([name, types]) => [name, [...types.keys()]])),
    why: (caller, query, name) => {
      const types = entries(caller, query).find(([each]) => each === name)?.[1];
      return types && [...types.values()][0];
    },
    narrowed: (caller, query) => flat(print(decide(caller, query).authorizedDocument())),
  };
}

const nameOf = (node: FieldNode) => node.alias?.value ?? node.name.value;

/** Text on one line. */
export const flat = (text: string) => text.replaceAll(/\s+/g, " ").trim();
