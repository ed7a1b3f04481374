import {
  type DirectiveNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Variables } from "../executor/compiled-operation.ts";
import { type Denial, EVERY_TYPE } from "../executor/denials.ts";
import type { ClientOperation } from "../executor/normalize/client-operation.ts";
import { inclusionFor } from "../executor/normalize/skip-include.ts";
import type { Decision } from "./authorization/decision.ts";
import { badOperation } from "./request-errors.ts";

/**
 * Nulls in variables that stand where null is not allowed. Validation allows it where either side has a default value, so that such
 * a null is found only when the operation is executed (GraphQL specification, "All Variable Usages Are Allowed").
 */
export type NullVariables = {
  /** Error of a condition at the root of the operation. */
  rootError(variables: Variables): GraphQLError | undefined;
  /** Decision that also denies the fields whose arguments or conditions are null. */
  withDenials(decision: Decision, variables: Variables): Decision;
};

/** Undefined where no variable of the operation can be such a null. */
export function nullVariables(schema: GraphQLSchema, operation: ClientOperation): NullVariables | undefined {
  const names = variablesInNonNullPlaces(schema, operation);
  if (names.length === 0) return undefined;
  const isAffected = (variables: Variables) => names.some((name) => variables[name] === null);
  return {
    rootError(variables) {
      if (!isAffected(variables)) return undefined;
      const message = new NullSearch(schema, operation, variables).conditionFault(operation.operation.selectionSet);
      return message === undefined ? undefined : badOperation(message);
    },
    withDenials(decision, variables) {
      if (!isAffected(variables)) return decision;
      const search = new NullSearch(schema, operation, variables);
      search.visit(operation.operation.selectionSet, schema.getRootType(operation.operation.operation) ?? undefined);
      const { denied } = search;
      const denials = new Map(decision.denials);
      for (const [field, message] of denied) {
        denials.set(field, new Map([[EVERY_TYPE, { code: "BAD_USER_INPUT", message } satisfies Denial]]));
      }
      const nulls = names.filter((name) => variables[name] === null);
      return {
        ...decision,
        key: `${decision.key} null ${nulls.join(" ")}`,
        denials,
        authorizedDocument: () => decision.authorizedDocument(denied),
      };
    },
  };
}

/** Nullable variables that are used where the type is non-null. */
function variablesInNonNullPlaces(schema: GraphQLSchema, { operation, fragments }: ClientOperation): string[] {
  const definitions = operation.variableDefinitions ?? [];
  const nullable = new Set(
    definitions.filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE).map(({ variable }) => variable.name.value),
  );
  if (nullable.size === 0) return [];
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    enter(node) {
      if (node.kind === Kind.VARIABLE_DEFINITION) return false;
      if (node.kind !== Kind.VARIABLE || !isNonNullType(types.getInputType())) return undefined;
      if (nullable.has(node.name.value)) found.add(node.name.value);
      return undefined;
    },
  });
  for (const node of [operation, ...fragments.values()]) visit(node, visitor);
  return [...found];
}

/** Search of one operation for nulls that its selected fields meet. */
class NullSearch {
  /** Fields to deny, with the reason. */
  readonly denied = new Map<FieldNode, string>();
  private readonly schema: GraphQLSchema;
  private readonly fragments: ClientOperation["fragments"];
  private readonly variables: Variables;
  private readonly isIncluded: (selection: SelectionNode) => boolean;
  private readonly visited = new Set<string>();

  constructor(schema: GraphQLSchema, { fragments }: ClientOperation, variables: Variables) {
    this.schema = schema;
    this.fragments = fragments;
    this.variables = variables;
    this.isIncluded = inclusionFor(variables);
  }

  /** Fault of the conditions in a selection set, its fragments expanded. Conditions are read in the order of graphql-js. */
  conditionFault({ selections }: SelectionSetNode, spread = new Set<string>()): string | undefined {
    for (const selection of selections) {
      for (const name of ["skip", "include"]) {
        const condition = selection.directives?.find((each) => each.name.value === name);
        if (condition && this.isNull(conditionOf(condition))) {
          return 'Argument "if" of non-null type "Boolean!" must not be null.';
        }
      }
      if (selection.kind === Kind.FIELD || !this.isIncluded(selection)) continue;
      const fragment = this.fragmentOf(selection, spread);
      const fault = fragment && this.conditionFault(fragment.selectionSet, spread);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  visit({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): void {
    for (const selection of selections) {
      if (!this.isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        this.visitField(selection, parent);
        continue;
      }
      const fragment = this.fragmentOf(selection, this.visited);
      const condition = fragment?.typeCondition?.name.value;
      if (fragment) this.visit(fragment.selectionSet, condition ? this.schema.getType(condition) : parent);
    }
  }

  private visitField(node: FieldNode, parent: GraphQLNamedType | undefined): void {
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    const fault =
      (definition && this.argumentFault(node, definition.args)) ??
      (node.selectionSet && this.conditionFault(node.selectionSet));
    if (fault !== undefined) this.denied.set(node, fault);
    else if (node.selectionSet) this.visit(node.selectionSet, definition && getNamedType(definition.type));
  }

  private fragmentOf(selection: Exclude<SelectionNode, FieldNode>, spread: Set<string>) {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
    const name = selection.name.value;
    if (spread.has(name)) return undefined;
    spread.add(name);
    return this.fragments.get(name);
  }

  private argumentFault(node: FieldNode, args: readonly GraphQLArgument[]): string | undefined {
    for (const given of node.arguments ?? []) {
      const type = args.find((each) => each.name === given.name.value)?.type;
      const fault = type && this.valueFault(given.value, type, `Argument "${given.name.value}"`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  private valueFault(value: ValueNode, type: GraphQLInputType, name: string): string | undefined {
    if (isNonNullType(type)) {
      if (this.isNull(value)) return `${name} of non-null type "${type}" must not be null.`;
      return this.valueFault(value, type.ofType, name);
    }
    if (isListType(type)) {
      const values = value.kind === Kind.LIST ? value.values : [];
      return firstDefined(values, (each) => this.valueFault(each, type.ofType, `An element of the list in ${name}`));
    }
    if (!isInputObjectType(type) || value.kind !== Kind.OBJECT) return undefined;
    const types = type.getFields();
    return firstDefined(value.fields, (field) => {
      const inner = types[field.name.value]?.type;
      return inner && this.valueFault(field.value, inner, `Field "${type.name}.${field.name.value}"`);
    });
  }

  private isNull(value: ValueNode | undefined): boolean {
    return value?.kind === Kind.VARIABLE && this.variables[value.name.value] === null;
  }
}

function conditionOf(directive: DirectiveNode): ValueNode | undefined {
  return directive.arguments?.find((each) => each.name.value === "if")?.value;
}

function firstDefined<Each, Found>(list: readonly Each[], search: (each: Each) => Found | undefined) {
  for (const each of list) {
    const found = search(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
