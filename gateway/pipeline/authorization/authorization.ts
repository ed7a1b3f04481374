import type { DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { type Caller, hasAtom } from "../../../subgraphs/_shared/identity/caller.ts";
import { type Atom, holds, type Requirement } from "../../../subgraphs/_shared/rights/requirement.ts";
import { statedIn } from "./auth-directives.ts";
import { narrowed } from "./authorized-operation.ts";
import { type Decision, type Denial, EVERY_TYPE, type OperationRights, type Rights } from "./denial.ts";
import { denialFor } from "./denial-message.ts";
import { NO_POLICIES, type Policies } from "./policies.ts";
import { type ProtectedField, protectedFields } from "./protected-fields.ts";
import { rightsTable } from "./requirements-by-field.ts";

/** Different decisions that are remembered for one operation: as many as there are different sets of denials, mostly. */
const DECISIONS = 64;

/** The rights that a supergraph states by @authenticated, @requiresScopes and @policy; read once for each version of it. */
export function rightsOf(supergraph: DocumentNode, apiSchema: GraphQLSchema, policies: Policies = NO_POLICIES): Rights {
  const stated = statedIn(supergraph);
  if (!stated) return { of: (document) => openToAll(document) };
  const table = rightsTable(stated);
  return {
    of(document, operation) {
      const fields = protectedFields(table, apiSchema, document, operation);
      return fields.length === 0 ? openToAll(document) : operationRights(document, operation, fields, policies);
    },
  };
}

function openToAll(document: DocumentNode): OperationRights {
  const decision: Decision = { key: "", denials: new Map(), narrowed: () => document };
  return { decide: () => decision };
}

function operationRights(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fields: readonly ProtectedField[],
  policies: Policies,
): OperationRights {
  const requirements = [...new Set(fields.flatMap(({ demands }) => [...demands.values()]))];
  const nothingDenied: Decision = { key: "", denials: new Map(), narrowed: () => document };
  const decisions = new Map<string, Decision>();

  function decision(key: string, denied: readonly Requirement[], caller: Caller): Decision {
    const denials = denialsOf(fields, new Map(denied.map((each) => [each, denialFor(each, caller, policies)])));
    const possible = new Map(fields.map((field) => [field.node, field.possible]));
    const keptFor = (field: FieldNode) => {
      const ofTypes = denials.get(field);
      if (!ofTypes) return undefined;
      return ofTypes.has(EVERY_TYPE) ? [] : possible.get(field)?.filter((type) => !ofTypes.has(type));
    };
    return { key, denials, narrowed: () => narrowed(document, operation, keptFor) };
  }

  return {
    decide(caller) {
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
  for (const { node, possible, demands } of fields) {
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
