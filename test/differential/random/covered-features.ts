import {
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  Kind,
  parse,
  TypeInfo,
  type TypeNode,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { directiveArgument, directivesNamed, stringValue } from "../../../gateway/supergraph/link-directives.ts";

/** Features that random supergraphs must have and random operations must use. */
const FEATURES = [
  "keys by several fields",
  "interfaces",
  "unions",
  "@requires with arguments",
  "required fields that require others",
  "@interfaceObject",
  "@override",
  "@provides",
  "nested lists",
] as const;

type Feature = (typeof FEATURES)[number];

/** Features of a supergraph's types (`T`) and fields (`T.f`). */
type FeaturesByName = ReadonlyMap<string, ReadonlySet<Feature>>;

/** Counts the answered operations that select a field or type with each feature. */
export class CoveredFeatures {
  private readonly counts = new Map<Feature, number>(FEATURES.map((each) => [each, 0]));

  count(document: DocumentNode, api: GraphQLSchema, features: FeaturesByName): void {
    const used = new Set<Feature>();
    const use = (name: string) => {
      for (const each of features.get(name) ?? []) used.add(each);
    };
    const types = new TypeInfo(api);
    const enter = ({ kind }: ASTNode) => {
      if (kind !== Kind.FIELD) return;
      const [parent, returned] = [types.getParentType(), types.getType()];
      if (parent) use(parent.name);
      if (parent) use(`${parent.name}.${types.getFieldDef()?.name}`);
      if (returned) use(getNamedType(returned).name);
    };
    visit(document, visitWithTypeInfo(types, { enter }));
    for (const each of used) this.counts.set(each, (this.counts.get(each) ?? 0) + 1);
  }

  missing(): Feature[] {
    return FEATURES.filter((each) => this.counts.get(each) === 0);
  }

  toString(): string {
    return [...this.counts].map(([feature, count]) => `${feature}: ${count}`).join(", ");
  }
}

export function featuresOf(supergraph: string): FeaturesByName {
  const features = new Map<string, Set<Feature>>();
  const add = (name: string, has: boolean | undefined, feature: Feature) => {
    if (has) features.set(name, (features.get(name) ?? new Set()).add(feature));
  };
  for (const definition of parse(supergraph, { noLocation: true }).definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) add(definition.name.value, true, "unions");
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const type = definition.name.value;
    const joins = directivesNamed(definition, "join__type");
    add(type, definition.kind === Kind.INTERFACE_TYPE_DEFINITION, "interfaces");
    add(
      type,
      joins.some((each) => text(each, "key").includes(" ")),
      "keys by several fields",
    );
    add(
      type,
      joins.some((each) => directiveArgument(each, "isInterfaceObject") !== undefined),
      "@interfaceObject",
    );
    for (const field of definition.fields ?? []) {
      const name = `${type}.${field.name.value}`;
      add(name, isNestedList(field.type), "nested lists");
      for (const join of directivesNamed(field, "join__field")) {
        add(name, text(join, "requires").includes("("), "@requires with arguments");
        add(name, text(join, "requires").includes("sum"), "required fields that require others");
        add(name, text(join, "provides") !== "", "@provides");
        add(name, text(join, "override") !== "", "@override");
      }
    }
  }
  return features;
}

function text(directive: ConstDirectiveNode, argument: string): string {
  return stringValue(directiveArgument(directive, argument)) ?? "";
}

function isNestedList(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return isNestedList(type.type);
  return type.kind === Kind.LIST_TYPE && named(type.type) === Kind.LIST_TYPE;
}

function named(type: TypeNode): TypeNode["kind"] {
  return type.kind === Kind.NON_NULL_TYPE ? named(type.type) : type.kind;
}
