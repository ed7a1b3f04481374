import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLObjectType,
  type InputValueDefinitionNode,
  Kind,
  valueFromASTUntyped,
} from "graphql";
import { linksOf } from "../../../supergraph/link-directives.ts";

/** `@listSize` of a field: the length of its list, or of the lists of its object that `sizedFields` names. */
export type ListSize = {
  assumedSize: number | undefined;
  /** Paths of arguments, or of fields in input arguments. */
  slicingArguments: readonly (readonly string[])[];
  sizedFields: ReadonlySet<string>;
  requireOneSlicingArgument: boolean;
};

/** Cost directives of a supergraph by coordinate: `Type`, `Type.field`, `Type.field(argument)`, and `Type.field` for input. */
export type CostDirectives = { weights: ReadonlyMap<string, number>; listSizes: ReadonlyMap<string, ListSize> };

/**
 * Reads `@cost` and `@listSize` of a supergraph under the names that its @link gives them; without such a link there are none.
 * Composition keeps both, with the largest weight where subgraphs differ.
 */
export function readCostDirectives(document: DocumentNode): CostDirectives {
  const weights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();
  const names = costNames(document);
  if (!names) return { weights, listSizes };

  const weigh = (place: string, directives: readonly ConstDirectiveNode[] | undefined) => {
    const cost = directives?.find((each) => each.name.value === names.cost);
    const weight = cost && Number(argumentsOf(cost).weight);
    if (weight !== undefined && Number.isFinite(weight)) weights.set(place, weight);
  };
  const weighInputs = (place: (name: string) => string, inputs: readonly InputValueDefinitionNode[] = []) => {
    for (const input of inputs) weigh(place(input.name.value), input.directives);
  };
  const weighField = (place: string, field: FieldDefinitionNode) => {
    weigh(place, field.directives);
    weighInputs((name) => `${place}(${name})`, field.arguments);
    const size = field.directives?.find((each) => each.name.value === names.listSize);
    if (size) listSizes.set(place, listSizeOf(size));
  };

  for (const definition of document.definitions.filter(isTypeDefinition)) {
    const type = definition.name.value;
    weigh(type, definition.directives);
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      weighInputs((name) => `${type}.${name}`, definition.fields);
    } else if ("fields" in definition) {
      for (const field of definition.fields ?? []) weighField(`${type}.${field.name.value}`, field);
    }
  }
  return { weights, listSizes };
}

/** Directive of a member of a type, or else of an interface that the type implements. */
export function directiveFor<T>(
  values: ReadonlyMap<string, T>,
  type: GraphQLObjectType,
  member: string,
): T | undefined {
  const own = values.get(`${type.name}.${member}`);
  if (own !== undefined) return own;
  const declaring = type.getInterfaces().find((each) => values.has(`${each.name}.${member}`));
  return declaring && values.get(`${declaring.name}.${member}`);
}

const TYPES = [
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
] as const;

function isTypeDefinition(node: DefinitionNode): node is Extract<DefinitionNode, { kind: (typeof TYPES)[number] }> {
  return TYPES.some((kind) => node.kind === kind);
}

/** Names of the two directives; undefined without a link to their specification. */
function costNames(document: DocumentNode): { cost: string; listSize: string } | undefined {
  const link = linksOf(document).find(({ spec }) => spec === "cost");
  return link && { cost: link.nameOf.directive("cost"), listSize: link.nameOf.directive("listSize") };
}

function listSizeOf(directive: ConstDirectiveNode): ListSize {
  const { assumedSize, slicingArguments, sizedFields, requireOneSlicingArgument } = argumentsOf(directive);
  return {
    assumedSize: typeof assumedSize === "number" ? assumedSize : undefined,
    slicingArguments: strings(slicingArguments).map((path) => path.split(".")),
    sizedFields: new Set(strings(sizedFields)),
    requireOneSlicingArgument: requireOneSlicingArgument !== false,
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function argumentsOf({
  arguments: given = [],
}: {
  arguments?: readonly { name: { value: string }; value: ConstValueNode }[];
}) {
  const entries = given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)] as const);
  return Object.fromEntries(entries) as Record<string, unknown>; // JSON values of the SDL
}
