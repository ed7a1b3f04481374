import type { QueryPlan } from "@apollo/query-planner";
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  Kind,
} from "graphql";
import { directiveArgument, directivesNamed, stringValue } from "./link-directives.ts";
import { mapFetches } from "./map-fetches.ts";
import { type Composite, graphOf, type MovedFields, movedFields } from "./moved-fields.ts";

export type RequirementSubgraphs = {
  supergraph: DocumentNode;
  /** Replaces the second subgraphs of a plan by the ones that they stand for. */
  restore(plan: QueryPlan): QueryPlan;
};

const UNUSED_SUFFIX = "__moved";

/** Depths of each graph's moved fields. */
type Depths = ReadonlyMap<string, ReadonlySet<number>>;

/**
 * Moves the fields with a @requires of each subgraph to further subgraphs, which know everything that the first one does except its
 * root fields. The planner merges the fetch of such a field into an earlier fetch of the same object from the same subgraph, even
 * where what the field requires must be fetched between the two. It keeps fetches of different subgraphs apart, so a field is moved
 * to another subgraph than the fields that it requires.
 *
 * Undefined if no field has a @requires, or if an interface's field cannot be moved with all of its implementations.
 */
export function requirementSubgraphs(supergraph: DocumentNode): RequirementSubgraphs | undefined {
  const moved = movedFields(supergraph.definitions.filter(isComposite));
  if (!moved || moved.size === 0) return undefined;
  const depths = new Map<string, Set<number>>();
  for (const [key, depth] of moved) {
    const graph = key.slice(0, key.indexOf(" "));
    depths.set(graph, (depths.get(graph) ?? new Set()).add(depth));
  }
  const division = new Division(depths, moved, rootTypes(supergraph));
  const names = new Map<string, string>();
  const definitions = supergraph.definitions.map((each): DefinitionNode => {
    if (each.kind !== Kind.ENUM_TYPE_DEFINITION || each.name.value !== "join__Graph") return division.divided(each);
    return withFurtherGraphs(each, depths, names);
  });
  return {
    supergraph: { ...supergraph, definitions },
    restore: (plan) =>
      mapFetches(plan, (fetch) => ({ ...fetch, serviceName: names.get(fetch.serviceName) ?? fetch.serviceName })),
  };
}

function isComposite(definition: DefinitionNode): definition is Composite {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function rootTypes({ definitions }: DocumentNode): ReadonlySet<string> {
  return new Set(
    definitions.flatMap((each) =>
      each.kind === Kind.SCHEMA_DEFINITION ? each.operationTypes.map(({ type }) => type.name.value) : [],
    ),
  );
}

function furtherName(name: string, depth: number): string {
  return `${name}__requirements_${depth}`;
}

/** Values of `join__Graph` with those of the further subgraphs. Adds the name of each first one by the names of its further ones. */
function withFurtherGraphs(
  type: EnumTypeDefinitionNode,
  depths: Depths,
  names: Map<string, string>,
): EnumTypeDefinitionNode {
  const values = (type.values ?? []).flatMap((value) => {
    const further = [...(depths.get(value.name.value) ?? [])].map((depth) => {
      const directives = value.directives?.map((each) => {
        const name = stringValue(directiveArgument(each, "name")) ?? "";
        names.set(furtherName(name, depth), name);
        return withArgument(each, "name", { kind: Kind.STRING, value: furtherName(name, depth) });
      });
      const name = { ...value.name, value: furtherName(value.name.value, depth) };
      return { ...value, name, ...(directives && { directives }) };
    });
    return [value, ...further];
  });
  return { ...type, values };
}

class Division {
  private readonly depths: Depths;
  private readonly moved: MovedFields;
  private readonly roots: ReadonlySet<string>;

  constructor(depths: Depths, moved: MovedFields, roots: ReadonlySet<string>) {
    this.depths = depths;
    this.moved = moved;
    this.roots = roots;
  }

  divided(definition: DefinitionNode): DefinitionNode {
    if (isComposite(definition)) return this.composite(definition);
    switch (definition.kind) {
      case Kind.ENUM_TYPE_DEFINITION:
        return { ...this.joined(definition), values: definition.values?.map((each) => this.joined(each)) ?? [] };
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        return { ...this.joined(definition), fields: definition.fields?.map((each) => this.joined(each)) ?? [] };
      case Kind.UNION_TYPE_DEFINITION:
      case Kind.SCALAR_TYPE_DEFINITION:
        return this.joined(definition);
      default:
        return definition;
    }
  }

  private composite(type: Composite): Composite {
    const isRoot = this.roots.has(type.name.value);
    const fieldsOf = (field: FieldDefinitionNode) => (isRoot ? this.rootFields(type, field) : this.fields(type, field));
    return { ...this.joined(type), fields: type.fields?.flatMap(fieldsOf) ?? [] };
  }

  /** A root field stays where it is. */
  private rootFields(type: Composite, field: FieldDefinitionNode): FieldDefinitionNode[] {
    const explicit = this.explicit(type, field);
    const own = new Set(explicit.directives);
    const provided = (this.joined(explicit).directives ?? []).filter(
      (each) => !own.has(each) && directiveArgument(each, "provides"),
    );
    return provided.length > 0 ? [explicit, unused(field, provided)] : [explicit];
  }

  private fields(type: Composite, field: FieldDefinitionNode): FieldDefinitionNode[] {
    const depthIn = (graph: string) => this.moved.get(`${graph} ${type.name.value}.${field.name.value}`);
    const graphs = directivesNamed(type, "join__type").map(graphOf);
    if (graphs.every((each) => depthIn(each) === undefined)) return [this.joined(field)];
    const gone = new Set(
      graphs.flatMap((graph) => {
        const depth = depthIn(graph);
        if (depth === undefined) return [];
        const others = [...(this.depths.get(graph) ?? [])].filter((each) => each !== depth);
        return [graph, ...others.map((each) => furtherName(graph, each))];
      }),
    );
    const { directives = [], ...joined } = this.joined(this.explicit(type, field));
    const isGone = (each: ConstDirectiveNode) => each.name.value === "join__field" && gone.has(graphOf(each));
    const moved = { ...joined, directives: directives.filter((each) => !isGone(each)) };
    const required = directives.filter((each) => isGone(each) && directiveArgument(each, "requires"));
    if (required.length === 0) return [moved];
    return [moved, unused(field, required)];
  }

  /** A field without joins belongs to all subgraphs of its type. */
  private explicit(type: Composite, field: FieldDefinitionNode): FieldDefinitionNode {
    if (directivesNamed(field, "join__field").length > 0) return field;
    const graphs = new Map(
      directivesNamed(type, "join__type").flatMap((each) => {
        const graph = each.arguments?.find(({ name }) => name.value === "graph");
        return graph ? [[graphOf(each), graph]] : [];
      }),
    );
    const joins = [...graphs.values()].map(
      (graph): ConstDirectiveNode => ({
        kind: Kind.DIRECTIVE,
        name: { kind: Kind.NAME, value: "join__field" },
        arguments: [graph],
      }),
    );
    return { ...field, directives: [...(field.directives ?? []), ...joins] };
  }

  /** Joins a definition to the further subgraphs, too. */
  private joined<Node extends { readonly directives?: readonly ConstDirectiveNode[] }>(node: Node): Node {
    const directives = node.directives?.flatMap((each) => {
      const graph = each.name.value.startsWith("join__") ? graphOf(each) : "";
      const further = [...(this.depths.get(graph) ?? [])].map((depth) =>
        withArgument(each, "graph", { kind: Kind.ENUM, value: furtherName(graph, depth) }),
      );
      return [each, ...further];
    });
    return directives ? { ...node, directives } : node;
  }
}

/**
 * Copy of a field that no operation selects. Without it a subgraph would be invalid, because no directive would need its external
 * fields.
 */
function unused(field: FieldDefinitionNode, joins: readonly ConstDirectiveNode[]): FieldDefinitionNode {
  return { ...field, name: { ...field.name, value: field.name.value + UNUSED_SUFFIX }, directives: joins };
}

function withArgument(
  directive: ConstDirectiveNode,
  argument: string,
  value: { kind: Kind.ENUM | Kind.STRING; value: string },
): ConstDirectiveNode {
  const replaced = directive.arguments?.map((each) => (each.name.value === argument ? { ...each, value } : each));
  return { ...directive, ...(replaced && { arguments: replaced }) };
}
