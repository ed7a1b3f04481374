import {
  type FieldNode,
  type GraphQLOutputType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from "graphql";
import { compactUtf8 } from "../../utf8.ts";
import { type Denial, denialOf } from "../denials.ts";
import { isInherited, type JsonObject, own } from "../json.ts";
import {
  collectFields,
  collectRootFields,
  mergedName,
  type ParentType,
  type ResponseShape,
} from "../normalize/response-shape.ts";
import { introspectionWriter } from "./introspection.ts";
import { textOrValueWriter } from "./text-writer.ts";
import { valueWriter, type WriteObject } from "./value-writer.ts";
import { addFieldError, responsePath, type WriterState, type WriteValue, type WrittenField } from "./writer-state.ts";

type FieldWriter = WrittenField & {
  inherited: boolean;
  /** JSON text before the value: a brace or comma, the response name and a colon. */
  key: string;
  write: WriteValue;
};

/** Writer of the fields selected on a type; compiled when the first object of the type is written. */
export function objectWriter(
  shape: ResponseShape,
  type: ParentType,
  nodes: readonly FieldNode[],
  depth: number,
): WriteObject {
  return lazyWriter(() => fieldWriters(shape, type, collectFields(shape, type, nodes), depth), depth);
}

/** Writer of the operation's root object. */
export function rootWriter(shape: ResponseShape, type: ParentType): WriteObject {
  return lazyWriter(() => fieldWriters(shape, type, collectRootFields(shape, type), 0), 0);
}

function lazyWriter(compile: () => FieldWriter[], depth: number): WriteObject {
  let fields: FieldWriter[] | undefined;
  return (object, state) => {
    fields ??= compile();
    return writeFields(fields, object, state, depth);
  };
}

/** Writes all fields, even after one has failed, so that the errors name every missing agency. */
function writeFields(fields: FieldWriter[], object: JsonObject, state: WriterState, depth: number): string | undefined {
  const { path } = state;
  let text: string | undefined = "";
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as FieldWriter; // within its bounds
    path[depth] = field;
    const value = field.inherited ? own(object, field.dataName) : object[field.dataName];
    const part = field.write(value, state);
    text = part === undefined || text === undefined ? undefined : text + field.key + part;
  }
  return text === "" ? "{}" : text && `${text}}`;
}

function fieldWriters(
  shape: ResponseShape,
  type: ParentType,
  fields: Map<string, FieldNode[]>,
  depth: number,
): FieldWriter[] {
  return [...fields].map(([name, nodes], index) => {
    const key = compactUtf8(`${index === 0 ? "{" : ","}${JSON.stringify(name)}:`);
    const dataName = mergedName(shape, nodes);
    return { name, dataName, inherited: isInherited(dataName), key, write: fieldWriter(shape, type, nodes, depth + 1) };
  });
}

/** @param nodes all field nodes of one response name; validation guarantees that they select the same field. */
function fieldWriter(shape: ResponseShape, type: ParentType, nodes: FieldNode[], depth: number): WriteValue {
  const [first] = nodes;
  if (!first) throw new Error("A response name without a field node");
  const name = first.name.value;
  if (name === "__typename") return typenameWriter(type, depth);
  if (type === shape.schema.getQueryType() && (name === SchemaMetaFieldDef.name || name === TypeMetaFieldDef.name)) {
    return introspectionWriter(shape, nodes, depth);
  }
  const field = type.getFields()[name];
  if (!field) throw new Error(`${type.name} has no field ${name}`);
  const denial = denialOf(shape.denials, first, type.name);
  if (denial) return denialWriter(denial, field.type, depth);
  const write = valueWriter({ shape, nodes, label: `${type.name}.${name}`, objectWriter }, field.type, depth);
  return first.selectionSet ? textOrValueWriter(shape, nodes, field.type, write) : write;
}

/** The schema gives the name: subgraphs may name root types differently, and an @interfaceObject states the interface only. */
function typenameWriter(type: ParentType, depth: number): WriteValue {
  if (isObjectType(type)) {
    const text = compactUtf8(`"${type.name}"`);
    return () => text;
  }
  return (_, state) => {
    addFieldError(state, depth, `The type of an object of ${type.name} is unknown`);
    return undefined;
  };
}

function denialWriter({ message, ...extensions }: Denial, type: GraphQLOutputType, depth: number): WriteValue {
  const text = isNonNullType(type) ? undefined : "null";
  return (_, state) => {
    state.locatedErrors.push({ path: responsePath(state, depth), message, extensions });
    return text;
  };
}
