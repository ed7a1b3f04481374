import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { fieldSet } from "./field-sets.ts";
import { subgraphSchema } from "./subgraph-schema.ts";

/** Executable schema of one subgraph, and the federation rules that its directives state. */
export type SubgraphRules = {
  name: string;
  schema: GraphQLSchema;
  keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
  /** Keys by which it resolves references. */
  resolvableKeys: ReadonlyMap<string, readonly SelectionSetNode[]>;
  /** `Type.field` → field set that it requires in a representation. */
  requires: ReadonlyMap<string, SelectionSetNode>;
  /** `Type.field` that this subgraph must not be asked for: external, or overridden by another subgraph. */
  notResolvable: ReadonlySet<string>;
  /** Interfaces that this subgraph declares with @interfaceObject. */
  interfaceObjects: ReadonlySet<string>;
};

/** Federation rules of all subgraphs of a supergraph. */
export type FederationRules = {
  subgraphs: ReadonlyMap<string, SubgraphRules>;
  entities: ReadonlySet<string>;
  /** `Type.field` that are part of a key: unique and never null. */
  keyFields: ReadonlySet<string>;
  /** `Type.field` that keys or other fields require: their resolvers never fail in the generated data. */
  requiredByOthers: ReadonlySet<string>;
  /** `Type.field` → field set that it requires, in any subgraph. */
  requires: ReadonlyMap<string, SelectionSetNode>;
  /** Object types, or enum values, known to every subgraph that resolves `Type.field`. */
  possibleNames(type: string, field: string): readonly string[];
};

export type NamedSdl = { name: string; typeDefs: DocumentNode };

/** Reads the federation directives of all subgraphs; `full` is the merged schema. */
export function rulesOf(subgraphs: readonly NamedSdl[], full: GraphQLSchema): FederationRules {
  const keyFields = new Set<string>();
  const requiredByOthers = new Set<string>();
  const requires = new Map<string, SelectionSetNode>();
  const overridden = new Map<string, Set<string>>(subgraphs.map(({ name }) => [name, new Set()]));
  const rulesBySubgraph = new Map<string, SubgraphRules>();

  for (const { typeDefs } of subgraphs) {
    for (const { type, field } of fieldsOf(typeDefs)) {
      const from = argumentOf(field.directives, "override", "from");
      if (from) overridden.get(from)?.add(`${type}.${field.name.value}`);
    }
  }
  for (const subgraph of subgraphs) {
    const rules = subgraphRulesOf(subgraph, overridden.get(subgraph.name) ?? new Set());
    rulesBySubgraph.set(rules.name, rules);
    for (const [type, sets] of rules.keys) {
      for (const set of sets)
        mark(type, set, (each) => [keyFields, requiredByOthers].forEach((into) => void into.add(each)));
    }
    for (const [coordinate, set] of rules.requires) {
      const [type = "", field] = coordinate.split(".");
      mark(type, set, (each) => void requiredByOthers.add(each));
      for (const each of family(type)) requires.set(`${each}.${field}`, set);
    }
  }

  /** Calls `name` with every field of a set, on the type, its possible types and its interfaces. */
  function mark(type: string, set: SelectionSetNode, name: (coordinate: string) => void): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        mark(selection.typeCondition?.name.value ?? type, selection.selectionSet, name);
      }
      if (selection.kind !== Kind.FIELD || selection.name.value === "__typename") continue;
      for (const each of family(type)) name(`${each}.${selection.name.value}`);
      const inner = selection.selectionSet && fieldType(full, type, selection.name.value);
      if (inner && selection.selectionSet) mark(inner.name, selection.selectionSet, name);
    }
  }

  function family(type: string): string[] {
    const own = full.getType(type);
    const below = isAbstractType(own) ? full.getPossibleTypes(own).map(({ name }) => name) : [];
    const above = isObjectType(own) ? own.getInterfaces().map(({ name }) => name) : [];
    return [type, ...below, ...above];
  }

  const known = new Map<string, readonly string[]>();
  return {
    subgraphs: rulesBySubgraph,
    entities: new Set([...rulesBySubgraph.values()].flatMap(({ keys }) => [...keys.keys()])),
    keyFields,
    requiredByOthers,
    requires,
    possibleNames(type, field) {
      const coordinate = `${type}.${field}`;
      const found = known.get(coordinate) ?? possibleNamesOf(type, field, [...rulesBySubgraph.values()], full);
      known.set(coordinate, found);
      return found;
    },
  };
}

function possibleNamesOf(
  type: string,
  field: string,
  subgraphs: readonly SubgraphRules[],
  full: GraphQLSchema,
): readonly string[] {
  const named = fieldType(full, type, field);
  if (!named) return [];
  let left = namesOf(full, named.name);
  for (const { schema, notResolvable, interfaceObjects } of subgraphs) {
    const own = full.getType(type);
    const above = isObjectType(own) ? own.getInterfaces().map(({ name }) => name) : [];
    for (const holder of [type, ...above.filter((each) => interfaceObjects.has(each))]) {
      const inner = notResolvable.has(`${holder}.${field}`) ? undefined : fieldType(schema, holder, field);
      if (!inner || interfaceObjects.has(inner.name)) continue;
      const names = new Set(namesOf(schema, inner.name));
      left = left.filter((each) => names.has(each));
    }
  }
  return left;
}

/** Possible names of a type: object types, or the values of an enum. */
function namesOf(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  if (isEnumType(type)) return type.getValues().map((each) => each.name);
  return isAbstractType(type) ? schema.getPossibleTypes(type).map((each) => each.name) : [name];
}

function fieldType(schema: GraphQLSchema, type: string, field: string) {
  const holder = schema.getType(type);
  const found = isObjectType(holder) || isInterfaceType(holder) ? holder.getFields()[field] : undefined;
  return found && getNamedType(found.type);
}

function subgraphRulesOf({ name, typeDefs }: NamedSdl, overridden: ReadonlySet<string>): SubgraphRules {
  const schema = subgraphSchema(typeDefs);
  const keys = new Map<string, SelectionSetNode[]>();
  const resolvableKeys = new Map<string, SelectionSetNode[]>();
  const requires = new Map<string, SelectionSetNode>();
  const interfaceObjects = new Set<string>();
  const external = new Set<string>();
  const allowed = new Set<string>();
  for (const definition of typesOf(typeDefs)) {
    const type = definition.name.value;
    for (const directive of definition.directives ?? []) {
      if (directive.name.value === "interfaceObject") interfaceObjects.add(type);
      const fields = directive.name.value === "key" && argumentOf([directive], "key", "fields");
      if (!fields) continue;
      keys.set(type, [...(keys.get(type) ?? []), fieldSet(fields)]);
      if (isResolvable(directive)) resolvableKeys.set(type, [...(resolvableKeys.get(type) ?? []), fieldSet(fields)]);
      allow(type, fieldSet(fields));
    }
  }
  for (const { type, field } of fieldsOf(typeDefs)) {
    const coordinate = `${type}.${field.name.value}`;
    const needs = argumentOf(field.directives, "requires", "fields");
    if (needs) requires.set(coordinate, fieldSet(needs));
    if (field.directives?.some((each) => each.name.value === "external")) external.add(coordinate);
    const provides = argumentOf(field.directives, "provides", "fields");
    const inner = provides && fieldType(schema, type, field.name.value);
    if (provides && inner) allow(inner.name, fieldSet(provides));
  }

  function allow(type: string, set: SelectionSetNode): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        allow(selection.typeCondition?.name.value ?? type, selection.selectionSet);
      }
      if (selection.kind !== Kind.FIELD) continue;
      const own = schema.getType(type);
      const below = isAbstractType(own) ? schema.getPossibleTypes(own).map((each) => each.name) : [];
      for (const each of [type, ...below]) allowed.add(`${each}.${selection.name.value}`);
      const inner = selection.selectionSet && fieldType(schema, type, selection.name.value);
      if (inner && selection.selectionSet) allow(inner.name, selection.selectionSet);
    }
  }

  const notResolvable = new Set([...external, ...overridden].filter((each) => !allowed.has(each)));
  return { name, schema, keys, resolvableKeys, requires, notResolvable, interfaceObjects };
}

function isResolvable({ arguments: args }: ConstDirectiveNode): boolean {
  const value = args?.find((each) => each.name.value === "resolvable")?.value;
  return value?.kind !== Kind.BOOLEAN || value.value;
}

function typesOf(document: DocumentNode) {
  return document.definitions.filter(
    (each) =>
      each.kind === Kind.OBJECT_TYPE_DEFINITION ||
      each.kind === Kind.OBJECT_TYPE_EXTENSION ||
      each.kind === Kind.INTERFACE_TYPE_DEFINITION ||
      each.kind === Kind.INTERFACE_TYPE_EXTENSION,
  );
}

function fieldsOf(document: DocumentNode): { type: string; field: FieldDefinitionNode }[] {
  return typesOf(document).flatMap(({ name, fields = [] }) => fields.map((field) => ({ type: name.value, field })));
}

function argumentOf(directives: FieldDefinitionNode["directives"], name: string, argument: string): string | undefined {
  const directive = directives?.find((each) => each.name.value === name);
  const value = directive?.arguments?.find((each) => each.name.value === argument)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
