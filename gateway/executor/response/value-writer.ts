import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLOutputType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { flatten, isJsonObject } from "../json.ts";
import { needRuntimeType, type ParentType, type ResponseShape } from "../normalize/client-operation.ts";
import { leafToJson } from "./leaf-values.ts";
import { objectWriter } from "./object-writer.ts";
import { addFieldError, propagateNull, type WriterState, type WriteValue } from "./writer-state.ts";

/**
 * Writes a field's value, or an element of its list, by its type in the API schema.
 * @param depth of the value's own place: how long its path is.
 * @param label what the value is called where it breaks the schema.
 */
export function valueWriter(
  shape: ResponseShape,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  depth: number,
  label: string,
): WriteValue {
  if (isNonNullType(type)) {
    const write = presentWriter(shape, type.ofType, nodes, depth, label);
    return (value, writing) => {
      if (value !== undefined && value !== null) return write(value, writing);
      addFieldError(writing, depth, `Cannot return null for non-nullable ${label}`);
      return undefined;
    };
  }
  const write = presentWriter(shape, type, nodes, depth, label);
  return (value, writing) => {
    if (value === null) return "null";
    if (value === undefined) {
      addFieldError(writing, depth, undefined);
      return "null";
    }
    const mark = writing.fieldErrors.length;
    const text = write(value, writing);
    if (text !== undefined) return text;
    propagateNull(writing, mark, depth);
    return "null";
  };
}

/** Writes what is neither null nor undefined. */
function presentWriter(
  shape: ResponseShape,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  depth: number,
  label: string,
): WriteValue {
  if (isListType(type)) return listWriter(valueWriter(shape, type.ofType, nodes, depth + 1, label), depth, label);
  if (isLeafType(type)) {
    const text = leafToJson(type);
    return (value, writing) => text(value) ?? broken(writing, depth, `${label} is no ${type.name}`);
  }
  if (isObjectType(type)) {
    const write = objectWriter(shape, type, nodes, depth);
    return (value, writing) =>
      isJsonObject(value) ? write(value, writing) : broken(writing, depth, `${label} is no object`);
  }
  if (isNonNullType(type)) throw new Error("A type cannot be non-null twice");
  return abstractWriter(shape, type, nodes, depth, label);
}

/** Characters of a list's element; between 250 and 3,000 there is no difference. */
const WORTH_FLATTENING = 1_000;

function listWriter(writeElement: WriteValue, depth: number, label: string): WriteValue {
  return (value, writing) => {
    if (!Array.isArray(value)) return broken(writing, depth, `${label} is no list`);
    const { path: at } = writing;
    let text: string | undefined = "";
    for (let index = 0; index < value.length; index++) {
      at[depth] = index;
      const part = writeElement(value[index], writing);
      if (part && part.length > WORTH_FLATTENING) flatten(part);
      text = part === undefined || text === undefined ? undefined : `${text}${index === 0 ? "[" : ","}${part}`;
    }
    return text === "" ? "[]" : text && `${text}]`;
  };
}

/** Writes an object as what its `__typename` says, which plans always ask for where there are several types. */
function abstractWriter(
  shape: ResponseShape,
  type: GraphQLAbstractType,
  nodes: readonly FieldNode[],
  depth: number,
  label: string,
): WriteValue {
  const writers = new Map<unknown, ReturnType<typeof objectWriter>>();
  return (value, writing) => {
    if (!isJsonObject(value)) return broken(writing, depth, `${label} is no object`);
    const typename = value.__typename;
    let write = writers.get(typename);
    if (!write) {
      const actual = typeOfObject(shape, type, typename);
      if (!actual) return broken(writing, depth, `${label} is of no type that it may be of`);
      if (!isObjectType(actual) && needRuntimeType(shape, actual, nodes)) return untold(writing, depth, label);
      write = objectWriter(shape, actual, nodes, depth);
      writers.set(typename, write);
    }
    return write(value, writing);
  };
}

function typeOfObject({ schema }: ResponseShape, type: GraphQLAbstractType, typename: unknown): ParentType | undefined {
  if (typename === undefined) return isInterfaceType(type) ? type : undefined;
  const stated = typeof typename === "string" ? schema.getType(typename) : undefined;
  if (stated === type) return isInterfaceType(type) ? type : undefined;
  if (!isObjectType(stated) && !isInterfaceType(stated)) return undefined;
  return schema.isSubType(type, stated) ? stated : undefined;
}

/** Only an interface is known of it, and what was asked depends on more: what would have told the type is missing. */
function untold(writing: WriterState, depth: number, label: string): undefined {
  writing.path[depth] = TYPENAME;
  addFieldError(writing, depth + 1, `The type of ${label} is not known`);
  return undefined;
}

const TYPENAME = { name: "__typename", dataName: "__typename" };

function broken(writing: WriterState, depth: number, breach: string): undefined {
  addFieldError(writing, depth, breach);
  return undefined;
}
