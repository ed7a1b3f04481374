import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
  type SelectionSetNode,
} from "graphql";
import { fieldSet, namedType } from "./field-set.ts";
import { subgraphNames } from "./join-graph.ts";
import { directiveArgument, directivesNamed, stringValue } from "./link-directives.ts";

/** A field that stands in the planner's supergraph for another field with arguments. */
export type RequirementField = { field: string; arguments: readonly ArgumentNode[] };

/**
 * Requirement of one field: the names in the planner's supergraph by the path of original names below the object. A path has
 * several names where type conditions lead to different arguments; their keys are the paths with the conditions.
 */
export type RequirementNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

export type SeparateRequirements = {
  supergraph: DocumentNode;
  /** Fields that stand for others, by name. */
  fields: ReadonlyMap<string, RequirementField>;
  /** Requirements of a field in a subgraph, by `requirementKey`. Only those of fields with a requirement. */
  requirements: ReadonlyMap<string, RequirementNames>;
};

export function requirementKey(subgraph: string, type: string, field: string): string {
  return `${subgraph} ${type}.${field}`;
}

/** A path with one more type condition. Conditions of the object itself are left out: plans state them in any case. */
export function withCondition(path: string, condition: string): string {
  return path === "" ? "" : `${path} ${condition}`;
}

/** Position of a selection in a requirement. */
type Place = { type: string; path: string; conditions: string };

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Gives each field that a @requires names with arguments a unique name. The planner identifies required fields by name, so that
 * `price(currency: "USD")` and `price(currency: "VND")` would share one value. The additional fields are inaccessible to clients.
 */
export function separateRequirements(supergraph: DocumentNode): SeparateRequirements {
  const separation = new Separation(supergraph);
  const definitions = supergraph.definitions.map((each) => (isComposite(each) ? separation.rewritten(each) : each));
  if (separation.fields.size === 0) return { supergraph, fields: new Map(), requirements: new Map() };
  return {
    supergraph: {
      ...supergraph,
      definitions: definitions.map((each) => (isComposite(each) ? separation.extended(each) : each)),
    },
    fields: separation.fields,
    requirements: separation.requirements,
  };
}

function isComposite(definition: { kind: string }): definition is Composite {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

class Separation {
  readonly fields = new Map<string, RequirementField>();
  readonly requirements = new Map<string, RequirementNames>();
  private readonly types: ReadonlyMap<string, Composite>;
  private readonly names = new Map<string, string>();
  /** Fields that directives of a subgraph name, as `subgraph Type.field`. */
  private readonly used = new Set<string>();
  /** Names of additional fields by type. */
  private readonly additions = new Map<string, Set<string>>();

  private readonly subgraphs: ReadonlyMap<string, string>;

  constructor(supergraph: DocumentNode) {
    const { definitions } = supergraph;
    this.subgraphs = subgraphNames(supergraph);
    this.types = new Map(definitions.filter(isComposite).map((each) => [each.name.value, each]));
  }

  /** Replaces the requirements of a type's fields. */
  rewritten(type: Composite): Composite {
    for (const join of directivesNamed(type, "join__type")) {
      const key = stringValue(directiveArgument(join, "key"));
      if (key) this.use(fieldSet(key), type.name.value, this.subgraphOf(join));
    }
    const fields = type.fields?.map((field): FieldDefinitionNode => {
      const directives = field.directives?.map((directive) => this.rewrittenJoin(type, field, directive));
      return directives ? { ...field, directives } : field;
    });
    return fields ? { ...type, fields } : type;
  }

  private rewrittenJoin(
    type: Composite,
    field: FieldDefinitionNode,
    directive: ConstDirectiveNode,
  ): ConstDirectiveNode {
    if (directive.name.value !== "join__field") return directive;
    const graph = this.subgraphOf(directive);
    const provides = stringValue(directiveArgument(directive, "provides"));
    if (provides) this.use(fieldSet(provides), namedType(field.type), graph);
    const requires = stringValue(directiveArgument(directive, "requires"));
    if (!requires) return directive;
    const names = new Map<string, Map<string, string>>();
    this.requirements.set(requirementKey(graph, type.name.value, field.name.value), names);
    const set = this.renamed(fieldSet(requires), { type: type.name.value, path: "", conditions: "" }, names);
    this.use(set, type.name.value, graph);
    const text = print(set).replace(/\s+/g, " ").slice(1, -1).trim();
    const value = { kind: Kind.STRING, value: text } as const;
    return {
      ...directive,
      arguments: directive.arguments?.map((each) => (each.name.value === "requires" ? { ...each, value } : each)) ?? [],
    };
  }

  private subgraphOf(join: ConstDirectiveNode): string {
    return this.subgraphs.get(stringValue(directiveArgument(join, "graph")) ?? "") ?? "";
  }

  private use({ selections }: SelectionSetNode, type: string, subgraph: string): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.use(selection.selectionSet, selection.typeCondition?.name.value ?? type, subgraph);
        continue;
      }
      const name = selection.name.value;
      for (const each of this.typesWith(type)) this.used.add(requirementKey(subgraph, each, name));
      const original = this.fields.get(name)?.field ?? name;
      if (selection.selectionSet) this.use(selection.selectionSet, this.fieldType(type, original), subgraph);
    }
  }

  private renamed(set: SelectionSetNode, place: Place, names: Map<string, Map<string, string>>): SelectionSetNode {
    const { type, path, conditions } = place;
    const selections = set.selections.map((selection): SelectionSetNode["selections"][number] => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value ?? type;
        const inside = { type: condition, path, conditions: withCondition(conditions, condition) };
        return { ...selection, selectionSet: this.renamed(selection.selectionSet, inside, names) };
      }
      const original = selection.name.value;
      const below = { path: `${path}/${original}`, conditions: `${conditions}/${original}` };
      const name = selection.arguments?.length ? this.nameFor(type, selection) : original;
      names.set(below.path, (names.get(below.path) ?? new Map()).set(below.conditions, name));
      const inner = { type: this.fieldType(type, original), ...below };
      return {
        kind: Kind.FIELD,
        name: { kind: Kind.NAME, value: name },
        ...(selection.selectionSet && { selectionSet: this.renamed(selection.selectionSet, inner, names) }),
      };
    });
    return { kind: Kind.SELECTION_SET, selections };
  }

  private nameFor(type: string, { name, arguments: args = [] }: FieldNode): string {
    const key = `${name.value}(${args.map(print).sort().join(",")})`;
    const known = this.names.get(key) ?? `${name.value}__requirement_${this.names.size + 1}`;
    this.names.set(key, known);
    this.fields.set(known, { field: name.value, arguments: args });
    for (const each of this.typesWith(type))
      this.additions.set(each, (this.additions.get(each) ?? new Set()).add(known));
    return known;
  }

  /** A type with its interfaces and, for an interface, its implementations: an additional field belongs to all of them. */
  private typesWith(type: string): string[] {
    const found = new Set([type]);
    for (const name of found) {
      for (const each of this.types.values()) {
        if (each.interfaces?.some((one) => one.name.value === name)) found.add(each.name.value);
      }
    }
    return [...found];
  }

  private fieldType(type: string, field: string): string {
    const definition = this.types.get(type)?.fields?.find((each) => each.name.value === field);
    return definition ? namedType(definition.type) : "";
  }

  /** Adds the fields of a type that stand for others. */
  extended(type: Composite): Composite {
    const added = [...(this.additions.get(type.name.value) ?? [])].flatMap((name): FieldDefinitionNode[] => {
      const original = type.fields?.find((each) => each.name.value === this.fields.get(name)?.field);
      if (!original) return [];
      const directives = [...this.joins(type, original, name), INACCESSIBLE];
      return [{ ...original, name: { kind: Kind.NAME, value: name }, arguments: [], directives }];
    });
    const separated = new Set(added.map((each) => this.fields.get(each.name.value)?.field));
    const fields = (type.fields ?? []).map((field): FieldDefinitionNode => {
      if (!separated.has(field.name.value)) return field;
      const others = field.directives?.filter((each) => each.name.value !== "join__field") ?? [];
      return { ...field, directives: [...others, ...this.joins(type, field, field.name.value)] };
    });
    return { ...type, fields: [...fields, ...added] };
  }

  /** Joins of a field, without external ones that no directive of their subgraph needs, which the planner would refuse. */
  private joins(type: Composite, field: FieldDefinitionNode, name: string): ConstDirectiveNode[] {
    return directivesNamed(field, "join__field").filter((join) => {
      const external = directiveArgument(join, "external");
      if (external?.kind !== Kind.BOOLEAN || !external.value) return true;
      return (
        this.used.has(requirementKey(this.subgraphOf(join), type.name.value, name)) || this.isInherited(type, name)
      );
    });
  }

  private isInherited(type: Composite, name: string): boolean {
    return (type.interfaces ?? []).some((each) =>
      this.types.get(each.name.value)?.fields?.some((field) => field.name.value === name),
    );
  }
}

/** Placeholder; the supergraph may give the directive another name. */
export const INACCESSIBLE: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: "inaccessible" },
};
