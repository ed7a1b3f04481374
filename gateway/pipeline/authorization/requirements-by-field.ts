import { Kind, parse, type SelectionSetNode } from "graphql";
import { allOf, isSame, OPEN, oneOf, type Requirement } from "../../../subgraphs/_shared/rights/requirement.ts";
import type { AuthDirectives, FieldDependency } from "./auth-directives.ts";

/** Complete requirement of each protected field of each object type; equal requirements are one object. */
export type RequirementTable = ReadonlyMap<string, ReadonlyMap<string, Requirement>>;

/**
 * The requirement of a field combines its own directives, those of its object type and of the type that it returns, and the
 * requirements of the fields that it `@requires` or takes from a context (`@fromContext`). The directives of an interface apply
 * to every type that implements it, unless they are only the sum of the directives of those types, as composition writes it:
 * then each type's own directives apply. A field that returns an interface or union is denied where the caller may read none of
 * its possible types.
 */
export function requirementTable(types: AuthDirectives): RequirementTable {
  const ofInterfaces = ownInterfaceRequirements(types);
  const ofTypes = new Map([...types.keys()].map((name) => [name, requirementOfType(name)]));

  function requirementOfType(name: string): Requirement {
    const type = types.get(name);
    if (!type) return OPEN;
    if (type.kind === "LEAF") return type.requirement;
    if (type.kind !== "OBJECT")
      return allOf(ofInterfaces.type.get(name) ?? OPEN, oneOf(type.possible.map(requirementOfType)));
    return allOf(type.requirement, ...type.interfaces.map((each) => ofInterfaces.type.get(each) ?? OPEN));
  }

  /** Requirement of a field without those of the fields it depends on. */
  function requirementOfField(typeName: string, fieldName: string): Requirement {
    const type = types.get(typeName);
    const field = type?.fields.get(fieldName);
    if (!type || !field) return OPEN;
    return allOf(
      field.requirement,
      ofTypes.get(typeName) ?? OPEN,
      ofTypes.get(field.type) ?? OPEN,
      ...type.interfaces.map((each) => ofInterfaces.field.get(`${each}.${fieldName}`) ?? OPEN),
    );
  }

  function requirementWithDependencies(typeName: string, fieldName: string, seen: Set<string>): Requirement {
    const coordinate = `${typeName}.${fieldName}`;
    if (seen.has(coordinate)) return OPEN;
    seen.add(coordinate);
    const needs = dependenciesOfField(types, typeName, fieldName);
    return allOf(requirementOfField(typeName, fieldName), ...needs.map((each) => requirementOfDependency(each, seen)));
  }

  function requirementOfDependency({ on, selection }: FieldDependency, seen: Set<string>): Requirement {
    const [definition] = parse(selection.trimStart().startsWith("{") ? selection : `{${selection}}`).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) return OPEN;
    return allOf(...on.map((each) => requirementOfSelection(definition.selectionSet, each, seen)));
  }

  /** The type at run time is unknown, so the requirements of all possible types apply. */
  function requirementOfSelection(selections: SelectionSetNode, on: string, seen: Set<string>): Requirement {
    return allOf(
      ...selections.selections.map((selection) => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return OPEN;
        const { selectionSet } = selection;
        if (selection.kind === Kind.INLINE_FRAGMENT)
          return requirementOfSelection(selection.selectionSet, selection.typeCondition?.name.value ?? on, seen);
        const field = selection.name.value;
        const objects = types.get(on)?.possible ?? [];
        const returned = types.get(on)?.fields.get(field)?.type;
        const inside = selectionSet && returned ? requirementOfSelection(selectionSet, returned, seen) : OPEN;
        return allOf(...objects.map((each) => requirementWithDependencies(each, field, seen)), inside);
      }),
    );
  }

  return tableOf(types, (type, field) => requirementWithDependencies(type, field, new Set()));
}

/** A field of an interface object states on the interface alone what it requires of each object type. */
function dependenciesOfField(types: AuthDirectives, typeName: string, fieldName: string): FieldDependency[] {
  const type = types.get(typeName);
  const inherited = (type?.interfaces ?? []).flatMap((each) =>
    (types.get(each)?.fields.get(fieldName)?.dependencies ?? []).map(({ on, selection }) => ({
      on: on.map((name) => (name === each ? typeName : name)),
      selection,
    })),
  );
  return [...(type?.fields.get(fieldName)?.dependencies ?? []), ...inherited];
}

/** Requirements of the protected fields of all object types. */
function tableOf(
  types: AuthDirectives,
  requirementOf: (typeName: string, fieldName: string) => Requirement,
): RequirementTable {
  const table = new Map<string, ReadonlyMap<string, Requirement>>();
  const known = new Map<string, Requirement>();
  const shared = (requirement: Requirement) => {
    const key = JSON.stringify(requirement);
    const found = known.get(key) ?? requirement;
    known.set(key, found);
    return found;
  };
  for (const [name, { kind, fields }] of types) {
    if (kind !== "OBJECT") continue;
    const requirements = [...fields.keys()].map((field) => [field, shared(requirementOf(name, field))] as const);
    const protectedFields = requirements.filter(([, requirement]) => requirement.length > 0);
    if (protectedFields.length > 0) table.set(name, new Map(protectedFields));
  }
  return table;
}

/** Requirements of interfaces and their fields beyond the sum of those of the types that implement them. */
function ownInterfaceRequirements(types: AuthDirectives) {
  const ofTypes = new Map<string, Requirement>();
  const ofFields = new Map<string, Requirement>();
  for (const [name, { kind, requirement: states, fields, possible }] of types) {
    if (kind !== "INTERFACE") continue;
    const objects = possible.flatMap((each) => types.get(each) ?? []);
    if (!isSame(states, allOf(...objects.map((each) => each.requirement)))) ofTypes.set(name, states);
    for (const [field, { requirement: states }] of fields) {
      const sum = allOf(...objects.map((each) => each.fields.get(field)?.requirement ?? OPEN));
      if (!isSame(states, sum)) ofFields.set(`${name}.${field}`, states);
    }
  }
  return { type: ofTypes, field: ofFields };
}
