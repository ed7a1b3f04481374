import type { FetchNode } from "@apollo/query-planner";
import { Kind, parse, type SelectionSetNode } from "graphql";
import { losesDigits } from "../../json-numbers.ts";
import type { SubgraphResponse } from "../../subgraph-client/subgraph-request.ts";
import { parseUtf8JsonExactly } from "../../utf8.ts";
import { isJsonObject, own } from "../json.ts";
import { type Fragments, fragmentsOf } from "../normalize/client-operation.ts";
import type { SchemaTypes } from "../schema-types.ts";

export type ReadData = (response: SubgraphResponse) => SubgraphResponse["data"];

/** Opaque leaves of a selection by response name, with the selections that contain any. */
type OpaqueLeaves = Map<string, OpaqueLeaves | "leaf">;

/**
 * Reads a fetch's data. Only the fields of opaque types are examined for numbers that lost digits, so that a response without them
 * is not searched: it costs about a property access for each such field.
 */
export function exactDataReader(node: FetchNode, types: SchemaTypes): ReadData {
  let leaves: OpaqueLeaves | undefined;
  return (response) => {
    const { data, json } = response;
    if (!data || json === undefined) return data;
    leaves ??= opaqueLeaves(node, types);
    const found: unknown[] = [];
    collectNonStrings(data, leaves, found);
    if (found.length === 0 || !losesDigits(found, json)) return data;
    try {
      return (parseUtf8JsonExactly(json) as SubgraphResponse).data; // it was parsed before
    } catch (error) {
      if (error instanceof RangeError) return undefined; // it nests too deeply: no data is better than wrong digits
      throw error;
    }
  };
}

function collectNonStrings(value: unknown, leaves: OpaqueLeaves, found: unknown[]): void {
  if (leaves.size === 0) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) collectNonStrings(value[index], leaves, found);
  } else if (isJsonObject(value)) {
    for (const [name, inner] of leaves) {
      const each = own(value, name);
      if (typeof each === "string" || each === undefined || each === null) continue;
      if (inner === "leaf") found.push(each);
      else collectNonStrings(each, inner, found);
    }
  }
}

function opaqueLeaves({ operation, operationKind }: FetchNode, types: SchemaTypes): OpaqueLeaves {
  const document = parse(operation, { noLocation: true });
  const root = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const leaves: OpaqueLeaves = new Map();
  if (root) addLeaves(root.selectionSet, types.rootType(operationKind), types, fragmentsOf(document), leaves);
  return leaves;
}

function addLeaves(
  { selections }: SelectionSetNode,
  parent: string | undefined,
  types: SchemaTypes,
  fragments: Fragments,
  leaves: OpaqueLeaves,
): void {
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const type = fragment?.typeCondition?.name.value ?? parent;
      if (fragment) addLeaves(fragment.selectionSet, type, types, fragments, leaves);
      continue;
    }
    const field = selection.name.value;
    const name = selection.alias?.value ?? field;
    if (selection.selectionSet) {
      const known = leaves.get(name);
      const inner: OpaqueLeaves = known instanceof Map ? known : new Map();
      addLeaves(selection.selectionSet, parent && types.fieldType(parent, field), types, fragments, inner);
      if (inner.size > 0) leaves.set(name, inner);
    } else if (parent !== undefined && types.isOpaque(parent, field)) {
      leaves.set(name, "leaf");
    }
  }
}
