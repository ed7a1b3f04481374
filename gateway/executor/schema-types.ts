import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
} from "graphql";

/** What the executor asks about the types of a supergraph, those included that clients do not see. */
export type SchemaTypes = {
  /** Names of interfaces and unions. */
  abstract: ReadonlySet<string>;
  /** The names of all fields of all types. */
  fieldNames: ReadonlySet<string>;
  /** The names of those that have arguments, of some type or other. */
  fieldsWithArguments: ReadonlySet<string>;
  /** The fields of an interface that a subgraph resolves as an @interfaceObject and for which it requires others. */
  hasRequirement(interfaceName: string, field: string): boolean;
  /** Whether objects of a type, by the name that a subgraph stated, are of another. Of an unknown type they are not. */
  isOfType(typename: unknown, condition: string): boolean;
  /** The keys under which a subgraph resolves a type. */
  keysOf(typename: string, subgraph: string): readonly SelectionSetNode[];
};

/** Reads them from the supergraph's SDL. */
export function schemaTypes(supergraph: DocumentNode): SchemaTypes {
  const abstract = new Set<string>();
  const wider = new Map<string, Set<string>>(); // an interface's own interfaces are repeated by its object types
  const add = (narrow: string, wide: string) => wider.set(narrow, (wider.get(narrow) ?? new Set()).add(wide));
  const keys = new Map<string, SelectionSetNode[]>();
  const fieldNames = new Set<string>();
  const fieldsWithArguments = new Set<string>();
  const requiring = new Set<string>();
  const graphs = subgraphNames(supergraph);

  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      abstract.add(definition.name.value);
      for (const member of definition.types ?? []) add(member.name.value, definition.name.value);
    }
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) abstract.add(definition.name.value);
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) {
        fieldNames.add(field.name.value);
        if (field.arguments?.length) fieldsWithArguments.add(field.name.value);
        if (hasRequirement(definition, field)) requiring.add(`${definition.name.value}.${field.name.value}`);
      }
      for (const wide of definition.interfaces ?? []) add(definition.name.value, wide.name.value);
      for (const directive of directivesOf(definition, "join__type")) {
        const graph = graphs.get(textOf(directive, "graph") ?? "");
        const key = textOf(directive, "key");
        if (!graph || !key) continue;
        const id = `${definition.name.value} ${graph}`;
        keys.set(id, [...(keys.get(id) ?? []), selectionsOf(key)]);
      }
    }
  }
  return {
    abstract,
    fieldNames,
    fieldsWithArguments,
    hasRequirement: (interfaceName, field) => requiring.has(`${interfaceName}.${field}`),
    isOfType(typename, condition) {
      if (typename === condition) return true;
      return typeof typename === "string" && wider.get(typename)?.has(condition) === true;
    },
    keysOf: (typename, subgraph) => keys.get(`${typename} ${subgraph}`) ?? [],
  };
}

function hasRequirement(type: DefinitionNode, field: FieldDefinitionNode): boolean {
  if (type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return false;
  return (field.directives ?? []).some((each) => each.name.value === "join__field" && textOf(each, "requires"));
}

/** From the values of the enum join__Graph to the names that plans use. */
function subgraphNames(supergraph: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== "join__Graph") continue;
    for (const value of definition.values ?? []) {
      const graph = value.directives?.find((each) => each.name.value === "join__graph");
      names.set(value.name.value, (graph && textOf(graph, "name")) ?? value.name.value);
    }
  }
  return names;
}

function directivesOf(definition: DefinitionNode, name: string): ConstDirectiveNode[] {
  const all = "directives" in definition ? (definition.directives ?? []) : [];
  return (all as readonly ConstDirectiveNode[]).filter((each) => each.name.value === name); // a definition's are constant
}

function textOf(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find((each) => each.name.value === argument)?.value;
  return value && "value" in value && typeof value.value === "string" ? value.value : undefined;
}

/** @param fields a field set as in `@key(fields: "id org { id }")` */
function selectionsOf(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error("A field set is a selection set");
  return definition.selectionSet;
}
