import type { DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { type Caller, hasAtom } from "../../../subgraphs/_shared/identity/caller.ts";
import { type Atom, holds, type Requirement } from "../../../subgraphs/_shared/rights/requirement.ts";
import { type Denial, EVERY_TYPE } from "../../executor/denials.ts";
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
  const stated = readAuthDirectives(supergraph);
  if (!stated) return { of: (document) => unrestricted(document) };
  const table = requirementTable(stated);
  return {
    of(document, operation) {
      const fields = protectedFields(table, apiSchema, document, operation);
      return fields.length === 0
        ? unrestricted(document)
        : operationAuthorization(document, operation, fields, policies);
    },
  };
}

function unrestricted(document: DocumentNode): OperationAuthorization {
  const decision: Decision = { key: "", denials: new Map(), authorizedDocument: () => document };
  return { authorize: () => decision };
}

function operationAuthorization(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fields: readonly ProtectedField[],
  policies: Policies,
): OperationAuthorization {
  const requirements = [...new Set(fields.flatMap(({ requirements: demands }) => [...demands.values()]))];
  const nothingDenied: Decision = { key: "", denials: new Map(), authorizedDocument: () => document };
  const decisions = new Map<string, Decision>();

  function decision(key: string, denied: readonly Requirement[], caller: Caller): Decision {
    const denials = denialsOf(fields, new Map(denied.map((each) => [each, denialFor(each, caller, policies)])));
    const possible = new Map(fields.map((field) => [field.node, field.possible]));
    const keptFor = (field: FieldNode) => {
      const ofTypes = denials.get(field);
      if (!ofTypes) return undefined;
      return ofTypes.has(EVERY_TYPE) ? [] : possible.get(field)?.filter((type) => !ofTypes.has(type));
    };
    return { key, denials, authorizedDocument: () => authorizedOperation(document, operation, keptFor) };
  }

  return {
    authorize(caller) {
      const denied = requirements.filter((each) => !holds(each, (atom) => has(caller, atom, policies)));
      if (denied.length === 0) return nothingDenied;
      const code = caller.role === "anonymous" ? "anonymous" : "known";
      const key = `${code} ${denied.map((each) => requirements.indexOf(each)).join(" ")}`;
      const known = decisions.get(key);
      if (known) return known;
      const fresh = decision(key, denied, caller);
      if (decisions.size >= DECISIONS) decisions.delete(decisions.keys().next().value ?? "");
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
