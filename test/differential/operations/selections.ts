import {
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  GraphQLBoolean,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLNonNull,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import type { Random } from "../data/random-stream.ts";
import { introspection } from "./introspection-fields.ts";
import { argumentNode, fieldNode, namedType, nameNode, selectionSet } from "./nodes.ts";
import { argumentsText, type Scope } from "./scopes.ts";
import { literal } from "./values.ts";
import type { Variables } from "./variables.ts";

type Fragment = { name: string; on: GraphQLCompositeType; set: SelectionSetNode };

const TYPENAME = new GraphQLNonNull(GraphQLString);
const ANY_TYPE = GraphQLBoolean; // introspection fields have unique response names, so any type fits

/** Generates selections until the budget of fields is used up. */
export class Selections {
  private readonly named: Fragment[] = [];
  private aliases = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
    private readonly variables: Variables,
    private budget: number,
    private readonly deepest: number,
  ) {}

  fragments(): FragmentDefinitionNode[] {
    return this.named.map(({ name, on, set }) => ({
      kind: Kind.FRAGMENT_DEFINITION,
      name: nameNode(name),
      typeCondition: namedType(on.name),
      selectionSet: set,
    }));
  }

  /** Selections on a type; at least one. */
  selectionsOn(parent: GraphQLCompositeType, scope: Scope, depth: number): SelectionNode[] {
    const { random } = this;
    const wanted = 1 + random.below(depth === 0 ? 5 : 4);
    const made: SelectionNode[] = [];
    for (let count = 0; count < wanted && (this.budget > 0 || made.length === 0); count++) {
      const selection = this.one(parent, scope, depth);
      if (selection) made.push(selection);
    }
    if (made.length > 0) return made;
    scope.add("__typename", { parent, field: "__typename", args: "", type: TYPENAME });
    return [fieldNode("__typename")];
  }

  private one(parent: GraphQLCompositeType, scope: Scope, depth: number): SelectionNode | undefined {
    const { random } = this;
    const likely = isAbstractType(parent) ? 0.4 : 0.12;
    if (depth < this.deepest + 2 && random.chance(likely)) return this.fragment(parent, scope, depth);
    if (parent === this.schema.getQueryType() && random.chance(0.04)) return this.introspective(scope, parent);
    if (random.chance(0.1) || !("getFields" in parent)) return this.typename(parent, scope);
    return this.field(parent, scope, depth);
  }

  private field(parent: GraphQLCompositeType, scope: Scope, depth: number): FieldNode | undefined {
    if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
    const fields = Object.values(parent.getFields()).filter(
      ({ type }) => depth < this.deepest || !isCompositeType(getNamedType(type)),
    );
    if (fields.length === 0) return undefined;
    const definition = this.preferObjects(fields);
    const args = this.args(definition.args);
    const entry = { parent, field: definition.name, args: argumentsText(args), type: definition.type };
    const alias = this.alias(scope, definition.name, entry);
    const name = alias ?? definition.name;
    scope.add(name, entry);
    this.budget -= 1;
    const inner = getNamedType(definition.type);
    const selections = isCompositeType(inner) ? this.selectionsOn(inner, scope.below(name), depth + 1) : undefined;
    return fieldNode(definition.name, { alias, args, directives: this.directives(), selections });
  }

  /** Prefers object fields while there is budget for their selections, because they lead to other subgraphs. */
  private preferObjects(fields: GraphQLField<unknown, unknown>[]): GraphQLField<unknown, unknown> {
    const objects = fields.filter(({ type }) => isCompositeType(getNamedType(type)));
    if (objects.length > 0 && this.budget > 3 && this.random.chance(0.4)) return this.random.pick(objects);
    return this.random.pick(fields);
  }

  private alias(scope: Scope, own: string, entry: Parameters<Scope["admits"]>[1]): string | undefined {
    if (this.random.chance(0.08)) {
      const shared = this.random.pick(["a", "b", "id", "name"]);
      if (shared !== own && scope.admits(shared, entry)) return shared;
    }
    if (!this.random.chance(0.12) && scope.admits(own, entry)) return undefined;
    this.aliases += 1;
    return `${this.random.pick(["a", "b", "Z_", "_x"])}${this.aliases}`;
  }

  private typename(parent: GraphQLCompositeType, scope: Scope): FieldNode {
    const entry = { parent, field: "__typename", args: "", type: TYPENAME };
    const alias = this.random.chance(0.2) ? this.alias(scope, "__typename", entry) : undefined;
    scope.add(alias ?? "__typename", entry);
    return fieldNode("__typename", { alias, directives: this.directives() });
  }

  private introspective(scope: Scope, parent: GraphQLCompositeType): FieldNode {
    const node = introspection(this.schema, this.random, this.variables);
    const entry = { parent, field: node.name.value, args: argumentsText(node.arguments), type: ANY_TYPE };
    this.aliases += 1;
    const alias = `i${this.aliases}`;
    scope.add(alias, entry);
    return { ...node, alias: nameNode(alias), directives: this.directives() };
  }

  private fragment(parent: GraphQLCompositeType, scope: Scope, depth: number): SelectionNode {
    const on = this.overlapping(parent);
    const directives = this.directives();
    const again = this.named.filter(
      (each) => overlappingTypes(this.schema, parent).includes(each.on) && this.fits(each.set, each.on, scope),
    );
    if (again.length > 0 && this.random.chance(0.4)) {
      const { name, set, on: condition } = this.random.pick(again);
      this.take(set, condition, scope);
      return { kind: Kind.FRAGMENT_SPREAD, name: nameNode(name), directives };
    }
    if (this.random.chance(0.3)) {
      const set = selectionSet(this.selectionsOn(on, scope, depth + 1));
      const name = `F${this.named.length}`;
      this.named.push({ name, on, set });
      return { kind: Kind.FRAGMENT_SPREAD, name: nameNode(name), directives };
    }
    const bare = this.random.chance(0.15);
    const set = selectionSet(this.selectionsOn(bare ? parent : on, scope, depth + 1));
    const condition = bare ? {} : { typeCondition: namedType(on.name) };
    return { kind: Kind.INLINE_FRAGMENT, ...condition, directives, selectionSet: set };
  }

  /** Type that shares possible types with the parent type. */
  private overlapping(parent: GraphQLCompositeType): GraphQLCompositeType {
    return this.random.pick(overlappingTypes(this.schema, parent));
  }

  /** True if an existing selection may also be used in this scope. */
  private fits(set: SelectionSetNode, parent: GraphQLCompositeType, scope: Scope): boolean {
    return this.walk(set, parent, scope, (name, entry, at) => at.admits(name, entry));
  }

  private take(set: SelectionSetNode, parent: GraphQLCompositeType, scope: Scope): void {
    this.walk(set, parent, scope, (name, entry, at) => {
      at.add(name, entry);
      return true;
    });
  }

  private walk(
    set: SelectionSetNode,
    parent: GraphQLCompositeType,
    scope: Scope,
    visit: (name: string, entry: Parameters<Scope["admits"]>[1], at: Scope) => boolean,
  ): boolean {
    return set.selections.every((selection) => {
      if (selection.kind === Kind.FIELD) {
        const field = selection.name.value;
        const definition = "getFields" in parent ? parent.getFields()[field] : undefined;
        const type = definition?.type ?? (field === "__typename" ? TYPENAME : ANY_TYPE);
        const name = selection.alias?.value ?? field;
        if (!visit(name, { parent, field, args: argumentsText(selection.arguments), type }, scope)) return false;
        const inner = getNamedType(type);
        if (!definition || !selection.selectionSet || !isCompositeType(inner)) return true;
        return this.walk(selection.selectionSet, inner, scope.below(name), visit);
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition && this.schema.getType(selection.typeCondition.name.value);
        return this.walk(selection.selectionSet, isCompositeType(on) ? on : parent, scope, visit);
      }
      const fragment = this.named.find((each) => each.name === selection.name.value);
      return fragment !== undefined && this.walk(fragment.set, fragment.on, scope, visit);
    });
  }

  private args(definitions: readonly GraphQLArgument[]): ArgumentNode[] {
    return definitions
      .filter((each) => isRequiredArgument(each) || this.random.chance(0.6))
      .map((each) => argumentNode(each.name, this.value(each)));
  }

  private value({ type, defaultValue }: GraphQLArgument): ValueNode {
    if (this.random.chance(0.35)) return this.variables.forPosition(type, defaultValue !== undefined);
    return literal(type, this.random, (inner) =>
      this.random.chance(0.15) ? this.variables.forPosition(inner, false) : undefined,
    );
  }

  private directives(): DirectiveNode[] {
    if (!this.random.chance(0.1)) return [];
    const names = this.random.chance(0.1) ? ["skip", "include"] : [this.random.pick(["skip", "include"])];
    return names.map((name) => {
      const value: ValueNode = this.random.chance(0.3)
        ? { kind: Kind.BOOLEAN, value: this.random.chance(0.5) }
        : this.variables.forPosition(new GraphQLNonNull(GraphQLBoolean), false);
      return { kind: Kind.DIRECTIVE, name: nameNode(name), arguments: [argumentNode("if", value)] };
    });
  }
}

const overlapping = new WeakMap<GraphQLCompositeType, GraphQLCompositeType[]>();

/** Types that share possible types with this type. */
function overlappingTypes(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  const found = overlapping.get(type);
  if (found) return found;
  const own = new Set(possibleNames(schema, type));
  const types = Object.values(schema.getTypeMap())
    .filter(isCompositeType)
    .filter((each) => !each.name.startsWith("__") && possibleNames(schema, each).some((name) => own.has(name)));
  overlapping.set(type, types);
  return types;
}

function possibleNames(schema: GraphQLSchema, type: GraphQLCompositeType): string[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];
}
