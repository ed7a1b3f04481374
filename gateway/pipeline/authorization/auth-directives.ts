import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type TypeNode,
} from "graphql";
import { type Atom, allOf, anyOf, OPEN, type Requirement } from "../../../subgraphs/_shared/rights/requirement.ts";
import { directiveArgument, type Link, linksOf, stringValue } from "../../supergraph/link-directives.ts";

/** A selection, on any of these types, that a field cannot be resolved without. */
export type FieldDependency = { on: readonly string[]; selection: string };
export type FieldDirectives = { type: string; requirement: Requirement; dependencies: readonly FieldDependency[] };
export type TypeDirectives = {
  kind: "OBJECT" | "INTERFACE" | "UNION" | "LEAF";
  requirement: Requirement;
  fields: ReadonlyMap<string, FieldDirectives>;
  interfaces: readonly string[];
  /** The object types that a value of this type may have; for an object type, itself. */
  possible: string[];
};

/** The output types of a supergraph, each with the requirements that its own directives state. */
export type AuthDirectives = ReadonlyMap<string, TypeDirectives>;

type Reader = {
  states(directives: readonly ConstDirectiveNode[] | undefined): Requirement;
  needs(field: FieldDefinitionNode, type: string): FieldDependency[];
};

/** Reads the auth directives of a supergraph. Undefined when it has none. */
export function readAuthDirectives(supergraph: DocumentNode): AuthDirectives | undefined {
  const links = new Map(linksOf(supergraph).map((link) => [link.spec, link]));
  if (!["authenticated", "requiresScopes", "policy"].some((spec) => links.has(spec))) return undefined;
  const reader = readerOf(supergraph, links);
  const types = new Map<string, TypeDirectives>();
  for (const definition of supergraph.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        const name = definition.name.value;
        const isObject = definition.kind === Kind.OBJECT_TYPE_DEFINITION;
        types.set(name, {
          kind: isObject ? "OBJECT" : "INTERFACE",
          requirement: reader.states(definition.directives),
          fields: new Map((definition.fields ?? []).map((field) => [field.name.value, fieldOf(field, name, reader)])),
          interfaces: (definition.interfaces ?? []).map((each) => each.name.value),
          possible: isObject ? [name] : [],
        });
        break;
      }
      case Kind.UNION_TYPE_DEFINITION:
        types.set(definition.name.value, {
          ...plain("UNION"),
          possible: (definition.types ?? []).map((each) => each.name.value),
        });
        break;
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
        types.set(definition.name.value, { ...plain("LEAF"), requirement: reader.states(definition.directives) });
    }
  }
  for (const [name, { kind, interfaces }] of types)
    if (kind === "OBJECT") for (const each of interfaces) types.get(each)?.possible.push(name);
  return types;
}

function plain(kind: TypeDirectives["kind"]): TypeDirectives {
  return { kind, requirement: OPEN, fields: new Map(), interfaces: [], possible: [] };
}

function fieldOf(field: FieldDefinitionNode, type: string, reader: Reader): FieldDirectives {
  return {
    type: namedType(field.type),
    requirement: reader.states(field.directives),
    dependencies: reader.needs(field, type),
  };
}

function readerOf(supergraph: DocumentNode, links: ReadonlyMap<string, Link>): Reader {
  const name = (spec: string, directive: string) => links.get(spec)?.nameOf.directive(directive);
  const authenticated = name("authenticated", "authenticated");
  const sets = [
    [name("requiresScopes", "requiresScopes"), "scopes", "scope"] as const,
    [name("policy", "policy"), "policies", "policy"] as const,
  ];
  const joinField = name("join", "field");
  const contexts = contextsOf(supergraph, name("context", "context"));

  function requirementOf(directive: ConstDirectiveNode): Requirement {
    const called = directive.name.value;
    if (called === authenticated) return anyOf([["authenticated"]]);
    return allOf(
      ...sets.map(([directiveName, argumentName, kind]) => {
        if (called !== directiveName) return OPEN;
        const lists = listed(directiveArgument(directive, argumentName));
        return anyOf(lists.map((each) => listed(each).map((one): Atom => `${kind}:${stringValue(one) ?? ""}`)));
      }),
    );
  }

  return {
    states: (directives = []) => allOf(...directives.map(requirementOf)),
    needs: ({ directives = [] }, type) =>
      directives
        .filter((directive) => directive.name.value === joinField)
        .flatMap((directive): FieldDependency[] => {
          const requires = stringValue(directiveArgument(directive, "requires"));
          const fromContexts = listed(directiveArgument(directive, "contextArguments")).map((each): FieldDependency => {
            const field = (called: string) =>
              each.kind === Kind.OBJECT
                ? stringValue(each.fields.find((one) => one.name.value === called)?.value)
                : undefined;
            return { on: contexts.get(field("context") ?? "") ?? [], selection: field("selection") ?? "" };
          });
          return [...(requires ? [{ on: [type], selection: requires }] : []), ...fromContexts];
        }),
  };
}

/** Context → the types that set it (`@context`). */
function contextsOf(supergraph: DocumentNode, directiveName: string | undefined): Map<string, string[]> {
  const contexts = new Map<string, string[]>();
  for (const definition of supergraph.definitions) {
    if (!("name" in definition) || !definition.name || !("directives" in definition)) continue;
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== directiveName) continue;
      const context = stringValue(directiveArgument(directive as ConstDirectiveNode, "name")) ?? ""; // directives of a type definition have constant arguments
      contexts.set(context, [...(contexts.get(context) ?? []), definition.name.value]);
    }
  }
  return contexts;
}

/** Items of a list value; GraphQL coerces a single value to a list of one. */
function listed(value: ConstValueNode | undefined): readonly ConstValueNode[] {
  if (!value || value.kind === Kind.NULL) return [];
  return value.kind === Kind.LIST ? value.values : [value];
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
