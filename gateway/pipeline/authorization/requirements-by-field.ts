import { Kind, parse, type SelectionSetNode } from "graphql";
import { allOf, isSame, OPEN, oneOf, type Requirement } from "../../../subgraphs/_shared/rights/requirement.ts";
import type { AuthDirectives, FieldDependency } from "./auth-directives.ts";

/** What each protected field of each object type demands of a caller, all told; equal requirements are one object. */
export type RequirementTable = ReadonlyMap<string, ReadonlyMap<string, Requirement>>;

/**
 * A field demands what it states, what its object type states, what the type it returns states, and all that the fields
 * demand which it `@requires`. What an interface states is demanded of every type that implements it, except where it
 * merely sums up what those types state each for itself, as composition writes it: then each type's own word counts.
 * A field returning an interface or union is denied as a whole where no type that it may return is to be read.
 */
export function requirementTable(types: AuthDirectives): RequirementTable {
  const ofInterfaces = interfacesOwn(types);
  const ofTypes = new Map([...types.keys()].map((name) => [name, demandedOfType(name)]));

  function demandedOfType(name: string): Requirement {
    const type = types.get(name);
    if (!type) return OPEN;
    if (type.kind === "LEAF") return type.requirement;
    if (type.kind !== "OBJECT")
      return allOf(ofInterfaces.type.get(name) ?? OPEN, oneOf(type.possible.map(demandedOfType)));
    return allOf(type.requirement, ...type.interfaces.map((each) => ofInterfaces.type.get(each) ?? OPEN));
  }

  /** Of a field by itself, without what it needs. */
  function demandedOfField(typeName: string, fieldName: string): Requirement {
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

  function demandedWithNeeds(typeName: string, fieldName: string, seen: Set<string>): Requirement {
    const coordinate = `${typeName}.${fieldName}`;
    if (seen.has(coordinate)) return OPEN;
    seen.add(coordinate);
    const needs = types.get(typeName)?.fields.get(fieldName)?.dependencies ?? [];
    return allOf(demandedOfField(typeName, fieldName), ...needs.map((each) => demandedOfNeed(each, seen)));
  }

  function demandedOfNeed({ on, selection }: FieldDependency, seen: Set<string>): Requirement {
    const [definition] = parse(selection.trimStart().startsWith("{") ? selection : `{${selection}}`).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) return OPEN;
    return allOf(...on.map((each) => demandedOfSelection(definition.selectionSet, each, seen)));
  }

  /** Whatever the type at run time, so of all that are possible. */
  function demandedOfSelection(selections: SelectionSetNode, on: string, seen: Set<string>): Requirement {
    return allOf(
      ...selections.selections.map((selection) => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return OPEN;
        const { selectionSet } = selection;
        if (selection.kind === Kind.INLINE_FRAGMENT)
          return demandedOfSelection(selection.selectionSet, selection.typeCondition?.name.value ?? on, seen);
        const field = selection.name.value;
        const objects = types.get(on)?.possible ?? [];
        const returned = types.get(on)?.fields.get(field)?.type;
        const inside = selectionSet && returned ? demandedOfSelection(selectionSet, returned, seen) : OPEN;
        return allOf(...objects.map((each) => demandedWithNeeds(each, field, seen)), inside);
      }),
    );
  }

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
    const demands = [...fields.keys()].map(
      (field) => [field, shared(demandedWithNeeds(name, field, new Set()))] as const,
    );
    const protectedOnes = demands.filter(([, requirement]) => requirement.length > 0);
    if (protectedOnes.length > 0) table.set(name, new Map(protectedOnes));
  }
  return table;
}

/** What interfaces and their fields state beyond the sum of what the types that implement them state. */
function interfacesOwn(types: AuthDirectives) {
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
