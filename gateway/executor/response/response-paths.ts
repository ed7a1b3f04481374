import { type FieldNode, getNamedType, isAbstractType, isInterfaceType, isObjectType } from "graphql";
import type { ResponsePath } from "../compiled-operation.ts";
import { isJsonObject, type JsonObject, own } from "../json.ts";
import {
  collectFields,
  collectRootFields,
  type ParentType,
  type ResponseShape,
} from "../normalize/client-operation.ts";
import { nameInData } from "./object-writer.ts";

type Asked = ReadonlyMap<string, FieldNode[]>;

/** Where the client sees a place of the merged data: nowhere, or under each of its names for it. */
export type ToResponsePaths = (data: JsonObject, path: ResponsePath) => ResponsePath[];

/**
 * A path ends where the client asked for nothing more: what the gateway fetches for itself (keys, what @requires names) has
 * no place in the response.
 */
export function responsePaths(shape: ResponseShape, root: ParentType): ToResponsePaths {
  const rootFields = once(() => collectRootFields(shape, root));
  const known = new Map<readonly FieldNode[], Map<ParentType, Asked>>();

  function asked(type: ParentType, nodes: readonly FieldNode[]): Asked {
    const ofNodes = known.get(nodes) ?? new Map<ParentType, Asked>();
    known.set(nodes, ofNodes);
    const fields = ofNodes.get(type) ?? collectFields(shape, type, nodes);
    ofNodes.set(type, fields);
    return fields;
  }

  function follow(
    value: unknown,
    type: ParentType,
    fields: Asked,
    path: ResponsePath,
    seen: ResponsePath,
  ): ResponsePath[] {
    const [dataName, ...rest] = path;
    const found: ResponsePath[] = [];
    for (const [name, nodes] of fields) {
      if (nameInData(shape, nodes) !== dataName) continue;
      const field = type.getFields()[nodes[0]?.name.value ?? ""];
      const inner = isJsonObject(value) && typeof dataName === "string" ? own(value, dataName) : undefined;
      found.push(
        ...(field ? inside(inner, getNamedType(field.type), nodes, rest, [...seen, name]) : [[...seen, name]]),
      );
    }
    return found.length > 0 ? found : [seen];
  }

  function inside(
    value: unknown,
    type: unknown,
    nodes: readonly FieldNode[],
    path: ResponsePath,
    seen: ResponsePath,
  ): ResponsePath[] {
    const [step, ...rest] = path;
    if (step === undefined) return [seen];
    if (typeof step === "number") {
      return inside(Array.isArray(value) ? value[step] : undefined, type, nodes, rest, [...seen, step]);
    }
    const actual = actualType(shape, type, value);
    return actual ? follow(value, actual, asked(actual, nodes), path, seen) : [seen];
  }

  return (data, path) => follow(data, root, rootFields(), path, []);
}

function actualType({ schema }: ResponseShape, type: unknown, value: unknown): ParentType | undefined {
  if (isObjectType(type)) return type;
  const stated = isJsonObject(value) && typeof value.__typename === "string" ? value.__typename : undefined;
  const actual = stated === undefined ? undefined : schema.getType(stated);
  if (isObjectType(actual)) return actual;
  return isAbstractType(type) && isInterfaceType(type) ? type : undefined;
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
