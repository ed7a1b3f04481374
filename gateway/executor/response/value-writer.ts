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
import { flatten, isJsonObject, type JsonObject } from "../json.ts";
import { needRuntimeType, type ParentType, type ResponseShape } from "../normalize/response-shape.ts";
import { leafToJson } from "./leaf-values.ts";
import { addFieldError, propagateNull, type WriterState, type WriteValue } from "./writer-state.ts";

export type WriteObject = (object: JsonObject, state: WriterState) => string | undefined;

/** Writer of objects of a type. Value writers receive it as an argument, since both kinds of writers nest in each other. */
export type ObjectWriterFactory = (
  shape: ResponseShape,
  type: ParentType,
  nodes: readonly FieldNode[],
  depth: number,
) => WriteObject;

/** A selected field for which value writers are compiled. */
export type SelectedField = {
  shape: ResponseShape;
  nodes: readonly FieldNode[];
  /** Name in messages about violations of the schema. */
  label: string;
  objectWriter: ObjectWriterFactory;
};

/**
 * Writer of a field's value, or of an element of its list, by its type in the API schema.
 * @param depth length of the value's path.
 */
export function valueWriter(field: SelectedField, type: GraphQLOutputType, depth: number): WriteValue {
  if (isNonNullType(type)) {
    const write = presentValueWriter(field, type.ofType, depth);
    return (value, state) => {
      if (value !== undefined && value !== null) return write(value, state);
      addFieldError(state, depth, `Cannot return null for non-nullable ${field.label}`);
      return undefined;
    };
  }
  const write = presentValueWriter(field, type, depth);
  return (value, state) => {
    if (value === null) return "null";
    if (value === undefined) {
      addFieldError(state, depth, undefined);
      return "null";
    }
    const errorsBefore = state.fieldErrors.length;
    const text = write(value, state);
    if (text !== undefined) return text;
    propagateNull(state, errorsBefore, depth);
    return "null";
  };
}

/** Writer of values that are neither null nor undefined. */
function presentValueWriter(field: SelectedField, type: GraphQLOutputType, depth: number): WriteValue {
  const { label, shape, nodes } = field;
  if (isListType(type)) return listWriter(valueWriter(field, type.ofType, depth + 1), depth, label);
  if (isLeafType(type)) {
    const write = leafToJson(type);
    return (value, state) => write(value) ?? invalidValue(state, depth, `${label} is not a valid ${type.name}`);
  }
  if (isObjectType(type)) {
    const write = field.objectWriter(shape, type, nodes, depth);
    return (value, state) =>
      isJsonObject(value) ? write(value, state) : invalidValue(state, depth, `${label} is not an object`);
  }
  if (isNonNullType(type)) throw new Error("A type cannot be non-null twice");
  return abstractWriter(field, type, depth);
}

/** Length of a list element's text from which flattening pays; measured, 250 to 3,000 make no difference. */
const MIN_FLATTENED_LENGTH = 1_000;

function listWriter(writeElement: WriteValue, depth: number, label: string): WriteValue {
  return (value, state) => {
    if (!Array.isArray(value)) return invalidValue(state, depth, `${label} is not a list`);
    const { path } = state;
    let text: string | undefined = "";
    for (let index = 0; index < value.length; index++) {
      path[depth] = index;
      const part = writeElement(value[index], state);
      if (part && part.length > MIN_FLATTENED_LENGTH) flatten(part);
      text = part === undefined || text === undefined ? undefined : `${text}${index === 0 ? "[" : ","}${part}`;
    }
    return text === "" ? "[]" : text && `${text}]`;
  };
}

/** Writer of objects by their `__typename`, which plans select wherever several types are possible. */
function abstractWriter(field: SelectedField, type: GraphQLAbstractType, depth: number): WriteValue {
  const { label, shape, nodes, objectWriter } = field;
  const writers = new Map<unknown, WriteObject>();
  return (value, state) => {
    if (!isJsonObject(value)) return invalidValue(state, depth, `${label} is not an object`);
    const typename = value.__typename;
    let write = writers.get(typename);
    if (!write) {
      const actual = typeOfObject(shape, type, typename);
      if (!actual) return invalidValue(state, depth, `${label} has an impossible type`);
      if (!isObjectType(actual) && needRuntimeType(shape, actual, nodes)) return unknownType(state, depth, label);
      write = objectWriter(shape, actual, nodes, depth);
      writers.set(typename, write);
    }
    return write(value, state);
  };
}

function typeOfObject({ schema }: ResponseShape, type: GraphQLAbstractType, typename: unknown): ParentType | undefined {
  if (typename === undefined) return isInterfaceType(type) ? type : undefined;
  const stated = typeof typename === "string" ? schema.getType(typename) : undefined;
  if (stated === type) return isInterfaceType(type) ? type : undefined;
  if (!isObjectType(stated) && !isInterfaceType(stated)) return undefined;
  return schema.isSubType(type, stated) ? stated : undefined;
}

/** The response depends on the object type, but only an interface is known: the missing value is `__typename`. */
function unknownType(state: WriterState, depth: number, label: string): undefined {
  state.path[depth] = TYPENAME;
  addFieldError(state, depth + 1, `The type of ${label} is unknown`);
  return undefined;
}

const TYPENAME = { name: "__typename", dataName: "__typename" };

function invalidValue(state: WriterState, depth: number, violation: string): undefined {
  addFieldError(state, depth, violation);
  return undefined;
}
