import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { fieldSet, namedType } from "../supergraph/field-set.ts";
import { subgraphNames } from "../supergraph/join-graph.ts";
import { directiveArgument, directivesNamed, stringValue } from "../supergraph/link-directives.ts";

/** Facts about a supergraph's types, inaccessible ones included, that the executor needs. */
export type SchemaTypes = {
  /** Names of interfaces and unions. */
  abstract: ReadonlySet<string>;
  /** Field names of all types. */
  fieldNames: ReadonlySet<string>;
  /** Names of fields that have arguments in at least one type. */
  fieldsWithArguments: ReadonlySet<string>;
  /** True if a field has a custom scalar or an ID, whose numbers may have any size; such values are opaque to the gateway. */
  isOpaque(type: string, field: string): boolean;
  /** Named type of a field; undefined for an unknown one. */
  fieldType(type: string, field: string): string | undefined;
  /** Name of a root type. */
  rootType(operation: string): string;
  /** True for a field of an interface that a subgraph resolves as an @interfaceObject and that has a @requires. */
  hasRequirement(interfaceName: string, field: string): boolean;
  /** True for an interface that a subgraph knows as an @interfaceObject. */
  isInterfaceObject(interfaceName: string): boolean;
  /** True if the type that a subgraph stated in `__typename` is, or belongs to, another. False for an unknown type. */
  isOfType(typename: unknown, condition: string): boolean;
  /** Keys under which a subgraph resolves a type. */
  keysOf(typename: string, subgraph: string): readonly SelectionSetNode[];
};

type CompositeDefinition = InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode;

/** Reads the facts from the supergraph's SDL. */
export function schemaTypes(supergraph: DocumentNode): SchemaTypes {
  const abstract = new Set<string>();
  const supertypes = new Map<string, Set<string>>(); // object types repeat the interfaces of their interfaces
  const keys = new Map<string, SelectionSetNode[]>();
  const fieldNames = new Set<string>();
  const fieldsWithArguments = new Set<string>();
  const requirements = new Set<string>();
  const interfaceObjects = new Set<string>();
  const fieldTypes = new Map<string, string>();
  const opaque = new Set<string>(["ID"]);
  const rootTypes = new Map<string, string>();
  const graphs = subgraphNames(supergraph);

  function addSupertype(type: string, supertype: string): void {
    supertypes.set(type, (supertypes.get(type) ?? new Set()).add(supertype));
  }

  function readComposite(definition: CompositeDefinition): void {
    const type = definition.name.value;
    for (const field of definition.fields ?? []) {
      fieldNames.add(field.name.value);
      fieldTypes.set(`${type}.${field.name.value}`, namedType(field.type));
      if (field.arguments?.length) fieldsWithArguments.add(field.name.value);
      if (hasRequirement(definition, field)) requirements.add(`${type}.${field.name.value}`);
    }
    for (const each of definition.interfaces ?? []) addSupertype(type, each.name.value);
    for (const directive of directivesNamed(definition, "join__type")) {
      if (directiveArgument(directive, "isInterfaceObject")) interfaceObjects.add(type);
      const graph = graphs.get(stringValue(directiveArgument(directive, "graph")) ?? "");
      const key = stringValue(directiveArgument(directive, "key"));
      if (!graph || !key) continue;
      const id = `${type} ${graph}`;
      keys.set(id, [...(keys.get(id) ?? []), fieldSet(key)]);
    }
  }

  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      abstract.add(definition.name.value);
      for (const member of definition.types ?? []) addSupertype(member.name.value, definition.name.value);
    }
    if (definition.kind === Kind.SCHEMA_DEFINITION) {
      for (const each of definition.operationTypes) rootTypes.set(each.operation, each.type.name.value);
    }
    if (definition.kind === Kind.SCALAR_TYPE_DEFINITION) opaque.add(definition.name.value);
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) abstract.add(definition.name.value);
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      readComposite(definition);
    }
  }
  return {
    abstract,
    fieldNames,
    fieldsWithArguments,
    isOpaque: (type, field) => opaque.has(fieldTypes.get(`${type}.${field}`) ?? ""),
    fieldType: (type, field) => fieldTypes.get(`${type}.${field}`),
    rootType: (operation) => rootTypes.get(operation) ?? `${operation[0]?.toUpperCase()}${operation.slice(1)}`,
    hasRequirement: (interfaceName, field) => requirements.has(`${interfaceName}.${field}`),
    isInterfaceObject: (interfaceName) => interfaceObjects.has(interfaceName),
    isOfType(typename, condition) {
      if (typename === condition) return true;
      return typeof typename === "string" && supertypes.get(typename)?.has(condition) === true;
    },
    keysOf: (typename, subgraph) => keys.get(`${typename} ${subgraph}`) ?? [],
  };
}

function hasRequirement(type: DefinitionNode, field: FieldDefinitionNode): boolean {
  if (type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return false;
  return directivesNamed(field, "join__field").some((each) => stringValue(directiveArgument(each, "requires")));
}
