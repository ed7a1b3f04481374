import { type DocumentNode, Kind, type SelectionSetNode } from "graphql";
import { fieldSet, namedType } from "../../supergraph/field-set.ts";
import { subgraphNames } from "../../supergraph/join-graph.ts";
import { directiveArgument, directivesNamed, stringValue } from "../../supergraph/link-directives.ts";

/** Fields of a supergraph as its subgraphs have them. Keys are `subgraph Type.field`. */
export type JoinedFields = {
  /** Names of the first level of a field's requirement. */
  requires: ReadonlyMap<string, readonly string[]>;
  provides: ReadonlyMap<string, readonly SelectionSetNode[]>;
  /** External fields that are no part of a key of their subgraph. */
  externals: ReadonlySet<string>;
  /** Named type of a field, by `Type.field`. */
  fieldTypes: ReadonlyMap<string, string>;
};

export function joinedFields(supergraph: DocumentNode): JoinedFields {
  const subgraphs = subgraphNames(supergraph);
  const requires = new Map<string, string[]>();
  const provides = new Map<string, SelectionSetNode[]>();
  const externals = new Set<string>();
  const types = compositesOf(supergraph);
  const fieldTypes = new Map(
    types.flatMap(({ name, fields = [] }) =>
      fields.map((field): [string, string] => [`${name.value}.${field.name.value}`, namedType(field.type)]),
    ),
  );
  for (const { name: type, fields = [] } of types) {
    for (const field of fields) {
      for (const join of directivesNamed(field, "join__field")) {
        const text = (argument: string) => stringValue(directiveArgument(join, argument));
        const key = `${subgraphs.get(text("graph") ?? "")} ${type.value}.${field.name.value}`;
        const [required, provided] = [text("requires"), text("provides")];
        if (required) requires.set(key, namesIn(fieldSet(required)));
        if (provided) provides.set(key, [fieldSet(provided)]);
        const external = directiveArgument(join, "external");
        if (external?.kind === Kind.BOOLEAN && external.value) externals.add(key);
      }
    }
  }

  function resolve(subgraph: string, type: string, { selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) continue;
      const coordinate = `${type}.${selection.name.value}`;
      externals.delete(`${subgraph} ${coordinate}`);
      if (selection.selectionSet) resolve(subgraph, fieldTypes.get(coordinate) ?? "", selection.selectionSet);
    }
  }

  for (const type of types) {
    for (const join of directivesNamed(type, "join__type")) {
      const key = stringValue(directiveArgument(join, "key"));
      const subgraph = subgraphs.get(stringValue(directiveArgument(join, "graph")) ?? "") ?? "";
      if (key) resolve(subgraph, type.name.value, fieldSet(key));
    }
  }
  return { requires, provides, externals, fieldTypes };
}

function compositesOf({ definitions }: DocumentNode) {
  return definitions.filter(
    (each) => each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );
}

function namesIn({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : []));
}
