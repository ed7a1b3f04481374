import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  type SelectionSetNode,
} from "graphql";
import type { ClientOperation } from "../../../executor/normalize/client-operation.ts";
import { fieldCollector } from "./collected-fields.ts";
import { type Amount, amountOf, type Evaluation, most, plus, times } from "./cost-amounts.ts";
import { type CostDirectives, directiveFor, readCostDirectives } from "./cost-directives.ts";
import { inputCosts } from "./input-cost.ts";
import { listSizeAmount } from "./list-sizes.ts";

/** Cost of one operation with its coerced variables. @throws GraphQLError where @listSize requires an argument. */
export type OperationCost = (variables: Readonly<Record<string, unknown>>) => number;

/** Cost model of a supergraph; built once for each version. */
export type Costs = { of(client: ClientOperation): OperationCost };

const COMPOSITE_WEIGHT = 1;
const MUTATION_WEIGHT = 10;
/** Introspection calls no subgraph, and the document limits bound its size. */
const INTROSPECTION_WEIGHT = 10;
const NO_SIZES: Sizes = new Map();

/** Lengths that a field with `sizedFields` gives to the lists of its object. */
type Sizes = ReadonlyMap<string, Amount>;

/**
 * Reads @cost and @listSize of a supergraph. The cost of a field is the cost of its arguments plus the length of its list times
 * the sum of its weight and the cost of its selections. The weight is that of the field, or else of its type, or else 1 for a
 * composite type, 10 for a mutation and 0 for anything else; for an abstract type the most expensive possible type counts.
 * Fields that @skip or @include leave out count as well. Expects a valid document within the document limits.
 */
export function openCosts(supergraph: DocumentNode, schema: GraphQLSchema, assumedListSize: number): Costs {
  const directives = readCostDirectives(supergraph);
  const argumentsAmount = inputCosts(directives);
  return {
    of(client) {
      const { amount, shared } = compiled({ schema, directives, argumentsAmount, assumedListSize }, client);
      if (typeof amount === "number") return () => amount;
      return (variables) => amountOf(amount, { variables, known: new Array(shared) });
    },
  };
}

type Rates = {
  schema: GraphQLSchema;
  directives: CostDirectives;
  argumentsAmount: ReturnType<typeof inputCosts>;
  assumedListSize: number;
};

function compiled(rates: Rates, { operation, fragments }: ClientOperation) {
  const { schema, directives, argumentsAmount, assumedListSize } = rates;
  const collectFields = fieldCollector(schema, fragments);
  const shared = sharedAmounts();

  function selections(type: GraphQLObjectType, sets: readonly SelectionSetNode[], sizes: Sizes): Amount {
    if (sizes.size > 0) return ofFields(type, sets, sizes);
    return shared.amount(type, sets, () => ofFields(type, sets, sizes));
  }

  function ofFields(type: GraphQLObjectType, sets: readonly SelectionSetNode[], sizes: Sizes): Amount {
    return plus([...collectFields(type, sets).values()].map((nodes) => ofField(type, nodes, sizes)));
  }

  function ofField(parent: GraphQLObjectType, nodes: readonly FieldNode[], sizes: Sizes): Amount {
    const [node] = nodes;
    if (!node || node.name.value === "__typename") return 0;
    const field = parent.getFields()[node.name.value];
    if (!field) return INTROSPECTION_WEIGHT;
    const listSize = directiveFor(directives.listSizes, parent, field.name);
    const asked = listSize && listSizeAmount(listSize, field, node, assumedListSize);
    const sized = listSize && listSize.sizedFields.size > 0;
    const inner = new Map(sized && asked !== undefined ? [...listSize.sizedFields].map((name) => [name, asked]) : []);
    const sets = nodes.flatMap((each) => each.selectionSet ?? []);
    const length = lengthOf(field.type, sizes.get(field.name) ?? (sized ? undefined : asked));
    return plus([times(length, ofValue(parent, field, sets, inner)), argumentsAmount(parent, field, node)]);
  }

  /** Cost of one element: its weight and its selections, for the most expensive of its possible types. */
  function ofValue(
    parent: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    sets: readonly SelectionSetNode[],
    sizes: Sizes,
  ): Amount {
    const type = getNamedType(field.type);
    const isMutation = parent === schema.getMutationType();
    const own = directiveFor(directives.weights, parent, field.name) ?? (isMutation ? MUTATION_WEIGHT : undefined);
    if (!isCompositeType(type)) return own ?? directives.weights.get(type.name) ?? 0;
    const possible = isObjectType(type) ? [type] : schema.getPossibleTypes(type);
    return most(
      possible.map((each) => {
        const weight = own ?? directives.weights.get(each.name) ?? COMPOSITE_WEIGHT;
        return plus([weight, selections(each, sets, sizes)]);
      }),
    );
  }

  function lengthOf(type: GraphQLOutputType, size: Amount | undefined): Amount {
    const nullable = getNullableType(type);
    if (!isListType(nullable)) return 1;
    return times(size ?? assumedListSize, lengthOf(nullable.ofType, undefined));
  }

  const root = schema.getRootType(operation.operation);
  const amount = root ? selections(root, [operation.selectionSet], NO_SIZES) : 0;
  return { amount, shared: shared.count() };
}

/** Amounts of selections on a type. Equal selections on one type are compiled once, and evaluated once per evaluation. */
function sharedAmounts() {
  const numbers = new Map<SelectionSetNode, number>();
  const known = new Map<string, Amount>();
  let slots = 0;

  function numberOf(set: SelectionSetNode): number {
    const found = numbers.get(set) ?? numbers.size;
    numbers.set(set, found);
    return found;
  }

  function evaluatedOnce(amount: Amount): Amount {
    if (typeof amount === "number") return amount;
    const slot = slots++;
    return (evaluation: Evaluation) => {
      const value = evaluation.known[slot] ?? amount(evaluation);
      evaluation.known[slot] = value;
      return value;
    };
  }

  return {
    amount(type: GraphQLObjectType, sets: readonly SelectionSetNode[], compile: () => Amount): Amount {
      const key = `${type.name} ${sets.map(numberOf).join()}`;
      const found = known.get(key) ?? evaluatedOnce(compile());
      known.set(key, found);
      return found;
    },
    count: () => slots,
  };
}
