import {
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  Kind,
  type ValueNode,
} from "graphql";
import type { Amount, Evaluation } from "./cost-amounts.ts";
import type { ListSize } from "./cost-directives.ts";

/** List length of a slicing argument, or undefined where it is absent; `given`: set by the client, not by a default. */
type Slice = (evaluation: Evaluation) => { size: number | undefined; given: boolean };

/**
 * Maximum length of a field's list: the largest of its slicing arguments (literals, variables and their defaults), or else the
 * assumed size.
 * @throws GraphQLError during evaluation where @listSize requires exactly one slicing argument.
 */
export function listSizeAmount(
  size: ListSize,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  fallback: number,
): Amount {
  const otherwise = size.assumedSize ?? fallback;
  if (size.slicingArguments.length === 0) return otherwise;
  const slices = size.slicingArguments.map((path) => sliceOf(path, field, node));
  const amount = (evaluation: Evaluation) => {
    const asked = slices.map((slice) => slice(evaluation));
    if (size.requireOneSlicingArgument) demandOne(asked, size, field);
    const sizes = asked.flatMap((each) => each.size ?? []);
    return sizes.length === 0 ? otherwise : Math.max(...sizes);
  };
  return usesVariables(node) ? amount : constantOr(amount);
}

/** An amount without variables is evaluated at once; an error is left to the evaluation. */
function constantOr(amount: (evaluation: Evaluation) => number): Amount {
  try {
    return amount({ variables: {}, known: [] });
  } catch {
    return amount;
  }
}

function demandOne(
  asked: readonly { size: number | undefined; given: boolean }[],
  size: ListSize,
  { name }: { name: string },
): void {
  const given = asked.filter((each) => each.given).length;
  if (given === 1 || (given === 0 && asked.some((each) => each.size !== undefined))) return;
  const names = size.slicingArguments.map((path) => path.join("."));
  const message = `The field ${name} needs ${names.length === 1 ? "" : "exactly one of "}${names.join(", ")}`;
  throw new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}

function sliceOf(
  [name = "", ...path]: readonly string[],
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): Slice {
  const argument = field.args.find((each) => each.name === name);
  const value = node.arguments?.find((each) => each.name.value === name)?.value;
  return argument ? sliceAt(path, value, argument) : () => ({ size: undefined, given: false });
}

/** Resolves a path into an argument: literals at compile time, variables and defaults during evaluation. */
function sliceAt(
  path: readonly string[],
  value: ValueNode | undefined,
  { type, defaultValue }: { type: GraphQLInputType; defaultValue?: unknown },
): Slice {
  const byDefault = { size: sizeIn(defaultValue, path), given: false };
  if (!value) return () => byDefault;
  if (value.kind === Kind.VARIABLE) {
    const { name } = value;
    return ({ variables }) => {
      const held = variables[name.value];
      return held === undefined ? byDefault : { size: sizeIn(held, path), given: sizeIn(held, path) !== undefined };
    };
  }
  const [next, ...rest] = path;
  if (next === undefined) {
    const size =
      value.kind === Kind.INT || value.kind === Kind.FLOAT || value.kind === Kind.STRING
        ? sizeIn(value.value, [])
        : undefined;
    return () => ({ size, given: size !== undefined });
  }
  const named = getNamedType(type);
  const input = isInputObjectType(named) ? named.getFields()[next] : undefined;
  if (value.kind !== Kind.OBJECT || !input) return () => ({ size: undefined, given: false });
  return sliceAt(rest, value.fields.find((each) => each.name.value === next)?.value, input);
}

/** Size at a path in a coerced value; undefined for anything but a number from zero. */
function sizeIn(value: unknown, path: readonly string[]): number | undefined {
  const found = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value);
  if (found === null || found === undefined || found === "" || typeof found === "object") return undefined;
  const size = Number(found);
  return size >= 0 ? size : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True where an argument of the field contains a variable. */
function usesVariables(node: FieldNode): boolean {
  return (node.arguments ?? []).some(({ value }) => holdsVariable(value));
}

export function holdsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(holdsVariable);
  return value.kind === Kind.OBJECT && value.fields.some((each) => holdsVariable(each.value));
}
