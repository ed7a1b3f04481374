import {
  type FieldNode,
  type GraphQLOutputType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from "graphql";
import { compactUtf8 } from "../../utf8.ts";
import { denialOf } from "../denials.ts";
import { isInherited, type JsonObject, own } from "../json.ts";
import {
  collectFields,
  collectRootFields,
  type ParentType,
  type ResponseShape,
} from "../normalize/client-operation.ts";
import { introspectionWriter } from "./introspection.ts";
import { valueWriter } from "./value-writer.ts";
import { addFieldError, responsePath, type WriterState, type WriteValue, type WrittenField } from "./writer-state.ts";

type Field = WrittenField & {
  inherited: boolean;
  /** What comes before its value: the brace or comma, its name and a colon. */
  key: string;
  write: WriteValue;
};

type WriteObject = (object: JsonObject, writing: WriterState) => string | undefined;

/** Writes the fields asked of an object of a type; compiled when the first object of the type comes. */
export function objectWriter(
  shape: ResponseShape,
  type: ParentType,
  nodes: readonly FieldNode[],
  depth: number,
): WriteObject {
  return lazily(() => fieldWriters(shape, type, collectFields(shape, type, nodes), depth), depth);
}

/** The same of the operation's root. */
export function rootWriter(shape: ResponseShape, type: ParentType): WriteObject {
  return lazily(() => fieldWriters(shape, type, collectRootFields(shape, type), 0), 0);
}

function lazily(compile: () => Field[], depth: number): WriteObject {
  let fields: Field[] | undefined;
  return (object, writing) => {
    fields ??= compile();
    return writeFields(fields, object, writing, depth);
  };
}

/** All fields are written even after one has failed, so that each agency that is missed is named. */
function writeFields(fields: Field[], object: JsonObject, writing: WriterState, depth: number): string | undefined {
  const { path: at } = writing;
  let text: string | undefined = "";
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as Field; // within its bounds
    at[depth] = field;
    const value = field.inherited ? own(object, field.dataName) : object[field.dataName];
    const part = field.write(value, writing);
    text = part === undefined || text === undefined ? undefined : text + field.key + part;
  }
  return text === "" ? "{}" : text && `${text}}`;
}

function fieldWriters(shape: ResponseShape, type: ParentType, asked: Map<string, FieldNode[]>, depth: number): Field[] {
  return [...asked].map(([name, nodes], index) => {
    const key = compactUtf8(`${index === 0 ? "{" : ","}${JSON.stringify(name)}:`);
    const dataName = nameInData(shape, nodes);
    return { name, dataName, inherited: isInherited(dataName), key, write: fieldWriter(shape, type, nodes, depth + 1) };
  });
}

/** The name under which the merged data have what was asked under one response name. */
export function nameInData({ dataName }: ResponseShape, [node]: readonly FieldNode[]): string {
  return node ? dataName(node) : "";
}

/** @param nodes all that were asked under one response name: of one field, says validation. */
function fieldWriter(shape: ResponseShape, type: ParentType, nodes: FieldNode[], depth: number): WriteValue {
  const [first] = nodes;
  if (!first) throw new Error("A field that nobody asked for");
  const name = first.name.value;
  if (name === "__typename") return typenameWriter(type, depth);
  if (type === shape.schema.getQueryType() && (name === SchemaMetaFieldDef.name || name === TypeMetaFieldDef.name)) {
    return introspectionWriter(shape, nodes);
  }
  const field = type.getFields()[name];
  if (!field) throw new Error(`${type.name} has no field ${name}`);
  const denial = denialOf(shape.denials, first, type.name);
  if (denial) return deniedWriter(denial, field.type, depth);
  return valueWriter(shape, field.type, nodes, depth, `${type.name}.${name}`);
}

/** Subgraphs may call root types otherwise, and know the interface alone of an @interfaceObject: the schema says it. */
function typenameWriter(type: ParentType, depth: number): WriteValue {
  if (isObjectType(type)) {
    const text = compactUtf8(`"${type.name}"`);
    return () => text;
  }
  return (_, writing) => {
    addFieldError(writing, depth, `The type of an object of ${type.name} is not known`);
    return undefined;
  };
}

function deniedWriter(denial: { message: string }, type: GraphQLOutputType, depth: number): WriteValue {
  const { message, ...extensions } = denial;
  const text = isNonNullType(type) ? undefined : "null";
  return (_, writing) => {
    writing.denials.push({ path: responsePath(writing, depth), message, extensions });
    return text;
  };
}
