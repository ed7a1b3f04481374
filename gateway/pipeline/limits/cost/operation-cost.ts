import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
} from "graphql";
import { type Amount, amountOf, type Evaluation, most, plus, times } from "./cost-amounts.ts";
import { type CostDirectives, directiveFor, readCostDirectives } from "./cost-directives.ts";
import { inputCosts } from "./input-cost.ts";
import { listSizeAmount } from "./list-sizes.ts";

/** What one operation costs, given its coerced variables. @throws GraphQLError where @listSize demands an argument. */
export type OperationCost = (variables: Readonly<Record<string, unknown>>) => number;

/** The costs of a supergraph; made once for each version of it. */
export type Costs = { of(document: DocumentNode, operation: OperationDefinitionNode): OperationCost };

const COMPOSITE_WEIGHT = 1;
const MUTATION_WEIGHT = 10;
/** The schema is told by the gateway itself; how much of it, the static limits bound. */
const INTROSPECTION_WEIGHT = 10;
const NO_SIZES: Sizes = new Map();

/** Sizes that a field with `sizedFields` gives to the lists in its object. */
type Sizes = ReadonlyMap<string, Amount>;

/**
 * Reads @cost and @listSize of a supergraph. The cost of a field is that of its arguments plus, times the length of its list,
 * its weight and the cost of what is selected in it. The weight is the field's, else its type's, else 1 for what has fields,
 * 10 for a mutation, 0 for the rest; of an abstract type's possible ones the dearest counts. What @skip or @include leave out
 * counts as well. Expects a valid document within the static limits.
 */
export function openCosts(supergraph: DocumentNode, schema: GraphQLSchema, assumedListSize: number): Costs {
  const stated = readCostDirectives(supergraph);
  const argumentsAmount = inputCosts(stated);
  return {
    of(document, operation) {
      const { amount, shared } = compiled({ schema, stated, argumentsAmount, assumedListSize }, document, operation);
      if (typeof amount === "number") return () => amount;
      return (variables) => amountOf(amount, { variables, known: new Array(shared) });
    },
  };
}

type Rates = {
  schema: GraphQLSchema;
  stated: CostDirectives;
  argumentsAmount: ReturnType<typeof inputCosts>;
  assumedListSize: number;
};

function compiled(rates: Rates, document: DocumentNode, operation: OperationDefinitionNode) {
  const { schema, stated, argumentsAmount, assumedListSize } = rates;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const numbers = new Map<SelectionSetNode, number>();
  const known = new Map<string, Amount>();
  let shared = 0;

  /** Selections in one concrete type. The same in the same type are compiled once, and asked once in an evaluation. */
  function selections(type: GraphQLObjectType, sets: readonly SelectionSetNode[], sizes: Sizes): Amount {
    if (sizes.size > 0) return ofFields(type, sets, sizes);
    const key = `${type.name} ${sets.map(numberOf).join()}`;
    const found = known.get(key) ?? once(ofFields(type, sets, sizes));
    known.set(key, found);
    return found;
  }

  function ofFields(type: GraphQLObjectType, sets: readonly SelectionSetNode[], sizes: Sizes): Amount {
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) collect(type, set, fields, spread);
    return plus([...fields.values()].map((nodes) => ofField(type, nodes, sizes)));
  }

  /** Fields of one name in the answer are one field, as in the execution. */
  function collect(
    type: GraphQLObjectType,
    set: SelectionSetNode,
    fields: Map<string, FieldNode[]>,
    spread: Set<string>,
  ): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const alike = fields.get(name);
        if (alike) alike.push(selection);
        else fields.set(name, [selection]);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(selection.name.value)) continue;
        spread.add(selection.name.value);
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment && applies(fragment.typeCondition, type)) collect(type, fragment.selectionSet, fields, spread);
    }
  }

  function applies(condition: FragmentDefinitionNode["typeCondition"] | undefined, type: GraphQLObjectType): boolean {
    if (!condition) return true;
    const named = typeFromAST(schema, condition);
    return named === type || (isAbstractType(named) && schema.isSubType(named, type));
  }

  function ofField(parent: GraphQLObjectType, nodes: readonly FieldNode[], sizes: Sizes): Amount {
    const [node] = nodes;
    if (!node || node.name.value === "__typename") return 0;
    const field = parent.getFields()[node.name.value];
    if (!field) return INTROSPECTION_WEIGHT;
    const listSize = directiveFor(stated.listSizes, parent, field.name);
    const asked = listSize && listSizeAmount(listSize, field, node, assumedListSize);
    const sized = listSize && listSize.sizedFields.size > 0;
    const inner = new Map(sized && asked !== undefined ? [...listSize.sizedFields].map((name) => [name, asked]) : []);
    const sets = nodes.flatMap((each) => each.selectionSet ?? []);
    const length = lengthOf(field.type, sizes.get(field.name) ?? (sized ? undefined : asked));
    return plus([times(length, ofValue(parent, field, sets, inner)), argumentsAmount(parent, field, node)]);
  }

  /** One element: its weight and what is selected in it, the dearest of the types that it may have. */
  function ofValue(
    parent: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    sets: readonly SelectionSetNode[],
    sizes: Sizes,
  ): Amount {
    const type = getNamedType(field.type);
    const isMutation = parent === schema.getMutationType();
    const own = directiveFor(stated.weights, parent, field.name) ?? (isMutation ? MUTATION_WEIGHT : undefined);
    if (!isCompositeType(type)) return own ?? stated.weights.get(type.name) ?? 0;
    const possible = isObjectType(type) ? [type] : schema.getPossibleTypes(type);
    return most(
      possible.map((each) => {
        const weight = own ?? stated.weights.get(each.name) ?? COMPOSITE_WEIGHT;
        return plus([weight, selections(each, sets, sizes)]);
      }),
    );
  }

  function lengthOf(type: GraphQLOutputType, size: Amount | undefined): Amount {
    const nullable = getNullableType(type);
    if (!isListType(nullable)) return 1;
    return times(size ?? assumedListSize, lengthOf(nullable.ofType, undefined));
  }

  function numberOf(set: SelectionSetNode): number {
    const found = numbers.get(set) ?? numbers.size;
    numbers.set(set, found);
    return found;
  }

  function once(amount: Amount): Amount {
    if (typeof amount === "number") return amount;
    const slot = shared++;
    return (evaluation: Evaluation) => {
      const value = evaluation.known[slot] ?? amount(evaluation);
      evaluation.known[slot] = value;
      return value;
    };
  }

  const root = schema.getRootType(operation.operation);
  const amount = root ? selections(root, [operation.selectionSet], NO_SIZES) : 0;
  return { amount, shared };
}
