import type { DocumentNode, FieldNode, GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import { type Caller, hasAtom } from "../../../subgraphs/_shared/identity/caller.ts";
import { type Atom, holds, type Requirement } from "../../../subgraphs/_shared/rights/requirement.ts";
import { type Denial, EVERY_TYPE } from "../../executor/denials.ts";
import type { ClientOperation } from "../../executor/normalize/client-operation.ts";
import { readAuthDirectives } from "./auth-directives.ts";
import { authorizedOperation } from "./authorized-operation.ts";
import type { Authorization, Decision, OperationAuthorization } from "./decision.ts";
import { denialFor } from "./denial-message.ts";
import { NO_POLICIES, type Policies } from "./policies.ts";
import { type ProtectedField, protectedFields } from "./protected-fields.ts";
import { requirementTable } from "./requirements-by-field.ts";

/** Cached decisions of one operation; usually there are as many as different sets of denials. */
const DECISIONS = 64;

/** Authorization by @authenticated, @requiresScopes and @policy; read once for each version of a supergraph. */
export function authorizationOf(
  supergraph: DocumentNode,
  apiSchema: GraphQLSchema,
  policies: Policies = NO_POLICIES,
): Authorization {
  const directives = readAuthDirectives(supergraph);
  if (!directives) return { of: unrestricted };
  const table = requirementTable(directives);
  return {
    of(document, client) {
      const fields = protectedFields(table, apiSchema, client);
      return fields.length === 0
        ? unrestricted(document, client)
        : operationAuthorization(document, client, fields, policies);
    },
  };
}

function unrestricted(document: DocumentNode, client: ClientOperation): OperationAuthorization {
  const decision = nothingDenied(document, client);
  return { authorize: () => decision };
}

function nothingDenied(document: DocumentNode, client: ClientOperation): Decision {
  return {
    key: "",
    denials: new Map(),
    authorizedDocument: (without) =>
      without ? authorizedOperation(document, client, (field) => (without.has(field) ? [] : undefined)) : document,
  };
}

function operationAuthorization(
  document: DocumentNode,
  client: ClientOperation,
  fields: readonly ProtectedField[],
  policies: Policies,
): OperationAuthorization {
  const requirements = [...new Set(fields.flatMap(({ requirements: demands }) => [...demands.values()]))];
  const unlimited = nothingDenied(document, client);
  const decisions = new LRUCache<string, Decision>({ max: DECISIONS });

  function decision(key: string, denied: readonly Requirement[], caller: Caller): Decision {
    const denials = denialsOf(fields, new Map(denied.map((each) => [each, denialFor(each, caller, policies)])));
    const possible = new Map(fields.map((field) => [field.node, field.possible]));
    const keptFor = (field: FieldNode, without?: { has(field: FieldNode): boolean }) => {
      if (without?.has(field)) return [];
      const ofTypes = denials.get(field);
      if (!ofTypes) return undefined;
      return ofTypes.has(EVERY_TYPE) ? [] : possible.get(field)?.filter((type) => !ofTypes.has(type));
    };
    return {
      key,
      denials,
      authorizedDocument: (without) => authorizedOperation(document, client, (field) => keptFor(field, without)),
    };
  }

  return {
    authorize(caller) {
      const denied = requirements.filter((each) => !holds(each, (atom) => has(caller, atom, policies)));
      if (denied.length === 0) return unlimited;
      const code = caller.role === "anonymous" ? "anonymous" : "known";
      const key = `${code} ${denied.map((each) => requirements.indexOf(each)).join(" ")}`;
      const known = decisions.get(key);
      if (known) return known;
      const fresh = decision(key, denied, caller);
      decisions.set(key, fresh);
      return fresh;
    },
  };
}

function denialsOf(fields: readonly ProtectedField[], denied: ReadonlyMap<Requirement, Denial>) {
  const denials = new Map<FieldNode, ReadonlyMap<string, Denial>>();
  for (const { node, possible, requirements: demands } of fields) {
    const ofTypes = [...demands].flatMap(([type, requirement]) => {
      const denial = denied.get(requirement);
      return denial ? [[type, denial] as const] : [];
    });
    const [first] = ofTypes;
    if (!first) continue;
    const alike = ofTypes.length === possible.length && ofTypes.every(([, denial]) => denial === first[1]);
    denials.set(node, new Map(alike ? [[EVERY_TYPE, first[1]]] : ofTypes));
  }
  return denials;
}

function has(caller: Caller, atom: Atom, policies: Policies): boolean {
  if (!atom.startsWith("policy:")) return hasAtom(caller, atom);
  return policies.get(atom.slice("policy:".length))?.(caller) ?? false;
}
