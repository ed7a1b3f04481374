import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import type { SchemaTypes } from "../schema-types.ts";
import type { ClientOperation } from "./client-operation.ts";
import { type AddedVariable, ExactLiterals } from "./exact-literals.ts";
import type { ResponseShape } from "./response-shape.ts";

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** Document to plan, with the variables that the gateway adds to the client's. */
export type NormalizedOperation = { document: DocumentNode; added: readonly AddedVariable[] };

/**
 * Removes client aliases, named fragments, @skip and @include (they are decided), and introspection (no subgraph answers it) from
 * the authorized operation. Undefined where no field of a subgraph remains.
 */
export function normalizedOperation(
  shape: ResponseShape,
  clientOperation: ClientOperation,
  types: SchemaTypes,
): NormalizedOperation | undefined {
  const { operation } = clientOperation;
  const root = shape.schema.getRootType(operation.operation);
  if (!root) return undefined;
  const literals = new ExactLiterals(operation.variableDefinitions);
  const normalization = new Normalization(shape, clientOperation, types, literals);
  const selectionSet = normalization.selectionSet(operation.selectionSet, root);
  const directives = normalization.forwarded(operation.directives);
  if (selectionSet.selections.every((each) => each === TYPENAME)) return undefined;
  const used = variablesIn({ ...operation, variableDefinitions: [], selectionSet });
  const variableDefinitions = [
    ...(operation.variableDefinitions ?? [])
      .filter((each) => used.has(each.variable.name.value))
      .map(ExactLiterals.definition),
    ...literals.added.map((each) => each.definition),
  ];
  const definition: OperationDefinitionNode = { ...operation, directives, variableDefinitions, selectionSet };
  return { document: { kind: Kind.DOCUMENT, definitions: [definition] }, added: literals.added };
}

class Normalization {
  private readonly shape: ResponseShape;
  private readonly root: GraphQLObjectType | undefined | null;
  private readonly fragments: ClientOperation["fragments"];
  private readonly types: SchemaTypes;
  private readonly literals: ExactLiterals;

  constructor(
    shape: ResponseShape,
    { operation, fragments }: ClientOperation,
    types: SchemaTypes,
    literals: ExactLiterals,
  ) {
    this.shape = shape;
    this.root = shape.schema.getRootType(operation.operation);
    this.fragments = fragments;
    this.types = types;
    this.literals = literals;
  }

  selectionSet(set: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode {
    const selections = set.selections.flatMap((each) => this.selection(each, parent));
    // An object must be known to exist even where nothing is selected of it, and its type wherever there are fragments.
    const needsTypename = selections.length === 0 || selections.some((each) => each.kind === Kind.INLINE_FRAGMENT);
    return { kind: Kind.SELECTION_SET, selections: needsTypename ? [TYPENAME, ...selections] : selections };
  }

  private selection(selection: SelectionNode, parent: GraphQLCompositeType): SelectionNode[] {
    const { schema, isIncluded } = this.shape;
    if (!isIncluded(selection)) return [];
    if (selection.kind === Kind.FIELD) return this.field(selection, parent);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
    if (!fragment) return [];
    const condition = fragment.typeCondition?.name.value;
    const type = condition === undefined ? parent : schema.getType(condition);
    if (!isCompositeType(type)) return [];
    const isCertain =
      type === parent || (isAbstractType(type) && isObjectType(parent) && schema.isSubType(type, parent));
    if (!isCertain && isObjectType(parent)) return []; // the fragment applies to no object of the parent type
    if (!isCertain && isAbstractType(type) && isAbstractType(parent) && this.types.isInterfaceObject(parent.name)) {
      return this.onEachType(type, selection, parent);
    }
    const inner = fragment.selectionSet.selections.flatMap((each) => this.selection(each, isCertain ? parent : type));
    if (inner.length === 0) return isCertain ? inner : this.onType(type, inner, parent);
    const ofDefinition = selection.kind === Kind.FRAGMENT_SPREAD ? this.forwarded(fragment.directives) : [];
    const directives = this.forwarded(selection.directives);
    const on = isCertain ? undefined : type;
    if (ofDefinition.length > 0) {
      const defined = fragmentOn(on, inner, ofDefinition);
      // Both may have a directive that is not repeatable.
      return [directives.length > 0 ? fragmentOn(on, [defined], directives) : defined];
    }
    if (directives.length > 0) return [fragmentOn(on, inner, directives)];
    return isCertain ? inner : this.onType(type, inner, parent);
  }

  /**
   * A fragment on another interface or a union, selected on each object type that both have. The planner cannot plan it where a
   * subgraph knows the interface around it as an @interfaceObject.
   */
  private onEachType(
    type: GraphQLAbstractType,
    selection: SelectionNode,
    parent: GraphQLAbstractType,
  ): SelectionNode[] {
    const { schema } = this.shape;
    const types = schema.getPossibleTypes(type).filter((each) => schema.isSubType(parent, each));
    return types.flatMap((each) => this.selection(fragmentOn(each, [selection]), parent));
  }

  private onType(type: GraphQLCompositeType, inner: SelectionNode[], parent: GraphQLCompositeType): SelectionNode[] {
    const hoisted = inner.filter((each) => this.isHoisted(each, parent));
    const remaining = inner.filter((each) => !hoisted.includes(each));
    if (remaining.length === 0) return [TYPENAME, ...hoisted]; // the response still depends on the object's type
    return [...hoisted, fragmentOn(type, remaining)];
  }

  /**
   * True if a field moves from a fragment to the interface around it. The planner searches for minutes where a field of an
   * @interfaceObject with a @requires is selected on one object type, so it is selected on all, unless some of them are denied.
   */
  private isHoisted(selection: SelectionNode, parent: GraphQLCompositeType): boolean {
    if (selection.kind !== Kind.FIELD || this.shape.denials.size > 0) return false;
    return this.types.hasRequirement(parent.name, selection.name.value);
  }

  /** Executable directives that subgraphs define, which means all but those that the gateway has decided. */
  forwarded(directives: readonly DirectiveNode[] = []): DirectiveNode[] {
    return directives.flatMap((each) => {
      const name = each.name.value;
      if (name === "skip" || name === "include" || name === "defer") return [];
      if (!each.arguments) return [each];
      const definitions = this.shape.schema.getDirective(name)?.args ?? [];
      return [{ ...each, arguments: this.literals.arguments(each.arguments, definitions) }];
    });
  }

  /** An object type is known from the schema, and subgraphs may name their root types differently. */
  private typename(node: FieldNode, parent: GraphQLCompositeType): SelectionNode[] {
    const needed = isObjectType(parent) ? [] : [TYPENAME];
    const directives = parent === this.root ? [] : this.forwarded(node.directives); // no subgraph is asked for a root type
    return directives.length > 0 ? [...needed, { ...TYPENAME, directives }] : needed;
  }

  private field(node: FieldNode, parent: GraphQLCompositeType): SelectionNode[] {
    const name = node.name.value;
    if (name === "__typename") return this.typename(node, parent);
    const field = isUnionType(parent) ? undefined : parent.getFields()[name];
    if (!field) return [];
    const dataName = this.shape.dataName(node);
    const type = getNamedType(field.type);
    const inner = node.selectionSet && isCompositeType(type) ? this.selectionSet(node.selectionSet, type) : undefined;
    return [
      {
        kind: Kind.FIELD,
        name: node.name,
        ...(dataName !== name && { alias: { kind: Kind.NAME, value: dataName } }),
        ...(node.arguments && { arguments: this.literals.arguments(node.arguments, field.args) }),
        directives: this.forwarded(node.directives),
        ...(inner && { selectionSet: inner }),
      },
    ];
  }
}

function fragmentOn(
  type: GraphQLCompositeType | undefined,
  selections: SelectionNode[],
  directives: DirectiveNode[] = [],
): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    ...(type && { typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } } }),
    directives,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

function variablesIn(set: ASTNode): Set<string> {
  const used = new Set<string>();
  const enter = (node: ASTNode) => void (node.kind === Kind.VARIABLE && used.add(node.name.value));
  visit(set, { enter });
  return used;
}
