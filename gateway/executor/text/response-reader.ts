import type { FetchNode } from "@apollo/query-planner";
import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from "graphql";
import type { SubgraphResponse } from "../../subgraph-client/subgraph-request.ts";
import { compactUtf8, type Utf8 } from "../../utf8.ts";
import { isInherited } from "../json.ts";
import type { FieldPath } from "./json-text.ts";
import { fieldNodes, selectedFields } from "./selected-fields.ts";
import { textPattern } from "./text-pattern.ts";
import {
  type FieldReader,
  listsOf,
  objectReader,
  type ReadValue,
  readLeaf,
  textReader,
  typenameReader,
} from "./value-readers.ts";

/** Reads a response without errors and extensions. Undefined where JSON.parse must read it. */
export type ReadResponse = (json: Utf8) => SubgraphResponse | undefined;

export type ReaderOptions = {
  /** API schema. */
  schema: GraphQLSchema;
  /** Tells which fields may stay text. */
  isUnread(path: FieldPath): boolean;
};

/** The reader is compiled for the second response, because many operations are executed only once. */
const FIRST_READ = 2;
/** The memory of a regular expression grows with the length of its text. */
const MAX_READ_LENGTH = 2_000_000;
/** After so many unreadable responses in a row, the subgraph is assumed to write JSON in another form. */
const MOST_MISSES = 8;

const START = '{"data":';
const END = "}";

/**
 * Reader of the responses of one fetch, in the form that most servers write: the fields in the order of the selection, without
 * white space and escapes. It needs half the time of JSON.parse, and leaves fields as text where that is allowed.
 * @param path of the fetch's objects.
 */
export function responseReader(node: FetchNode, path: FieldPath, options: ReaderOptions): ReadResponse {
  let responses = 0;
  let misses = 0;
  let read: ReadValue | undefined;
  return (json) => {
    if (misses >= MOST_MISSES || ++responses < FIRST_READ || json.length > MAX_READ_LENGTH) return undefined;
    read ??= dataReader(node, path, options);
    const cursor = { json, at: START.length, hasNumbers: false };
    const data = json.startsWith(START) ? read(cursor) : undefined;
    if (data !== undefined && cursor.at === json.length - END.length && json.endsWith(END)) {
      misses = 0;
      const isExact = !cursor.hasNumbers; // texts keep their digits
      return { data: data as SubgraphResponse["data"], json: isExact ? undefined : json }; // an object or null
    }
    misses++;
    return undefined;
  };
}

const UNREADABLE: ReadValue = () => undefined;

function dataReader(node: FetchNode, path: FieldPath, options: ReaderOptions): ReadValue {
  const { definitions } = parse(node.operation, { noLocation: true });
  const [operation, ...fragments] = definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || fragments.length > 0 || node.outputRewrites?.length) {
    return UNREADABLE;
  }
  const { schema } = options;
  const root = schema.getRootType(operation.operation) ?? undefined;
  if (!node.requires) return readerOf(operation.selectionSet, root, path, options) ?? UNREADABLE;
  const entities = operation.selectionSet.selections[0];
  const selection = entities?.kind === Kind.FIELD ? entities.selectionSet : undefined;
  const [only, ...others] = selection?.selections ?? [];
  if (only?.kind !== Kind.INLINE_FRAGMENT || others.length > 0) return UNREADABLE;
  const type = schema.getType(only.typeCondition?.name.value ?? "");
  const read = isObjectType(type) ? readerOf(only.selectionSet, type, path, options) : undefined;
  return read ? objectReader([{ name: "_entities", key: '{"_entities":', read: listsOf(read) }]) : UNREADABLE;
}

/** Reader of an object. @param parent its type; undefined if the API schema does not have it. */
function readerOf(
  selectionSet: SelectionSetNode,
  parent: GraphQLObjectType | undefined,
  path: FieldPath,
  options: ReaderOptions,
): ReadValue | undefined {
  const nodes = fieldNodes(selectionSet, parent);
  if (!nodes) return undefined;
  const fields: FieldReader[] = [];
  for (const [name, node] of nodes) {
    const read = isInherited(name) ? undefined : fieldReader(node, parent, [...path, name], options);
    if (!read) return undefined;
    fields.push({ name, key: compactUtf8(`${fields.length === 0 ? "{" : ","}"${name}":`), read });
  }
  return objectReader(fields);
}

function fieldReader(
  node: FieldNode,
  parent: GraphQLObjectType | undefined,
  path: FieldPath,
  options: ReaderOptions,
): ReadValue | undefined {
  if (node.name.value === "__typename") return typenameReader();
  if (!node.selectionSet) return listsOf(readLeaf);
  const type = parent?.getFields()[node.name.value]?.type;
  const named = type && getNamedType(type);
  const read = readerOf(node.selectionSet, isObjectType(named) ? named : undefined, path, options);
  const pattern = type && options.isUnread(path) ? textPattern(type, selectedFields(node.selectionSet)) : undefined;
  return read && pattern ? textReader({ pattern, isWanted: true }, listsOf(read)) : read && listsOf(read);
}
