import { type FieldNode, getNamedType, isInterfaceType, isObjectType } from "graphql";
import type { ResponsePath } from "../compiled-operation.ts";
import { isJsonObject, type JsonObject, own } from "../json.ts";
import {
  collectFields,
  collectRootFields,
  mergedName,
  type ParentType,
  type ResponseShape,
} from "../normalize/response-shape.ts";

type SelectedFields = ReadonlyMap<string, FieldNode[]>;

/** Converts a path in the merged data to the client's: one path for each response name of the field, or none. */
export type ToResponsePaths = (data: JsonObject, path: ResponsePath) => ResponsePath[];

/**
 * A converted path ends at the last field that the client selected: fields that only the gateway needs (keys, requirements of
 * @requires) are not in the response.
 */
export function responsePaths(shape: ResponseShape, root: ParentType): ToResponsePaths {
  const rootFields = once(() => collectRootFields(shape, root));
  const known = new Map<readonly FieldNode[], Map<ParentType, SelectedFields>>();

  function fieldsOf(type: ParentType, nodes: readonly FieldNode[]): SelectedFields {
    const byType = known.get(nodes) ?? new Map<ParentType, SelectedFields>();
    known.set(nodes, byType);
    const fields = byType.get(type) ?? collectFields(shape, type, nodes);
    byType.set(type, fields);
    return fields;
  }

  function followField(
    value: unknown,
    type: ParentType,
    fields: SelectedFields,
    path: ResponsePath,
    converted: ResponsePath,
  ): ResponsePath[] {
    const [dataName, ...rest] = path;
    const found: ResponsePath[] = [];
    for (const [name, nodes] of fields) {
      if (mergedName(shape, nodes) !== dataName) continue;
      const field = type.getFields()[nodes[0]?.name.value ?? ""];
      const inner = isJsonObject(value) && typeof dataName === "string" ? own(value, dataName) : undefined;
      const next = [...converted, name];
      found.push(...(field ? follow(inner, getNamedType(field.type), nodes, rest, next) : [next]));
    }
    return found.length > 0 ? found : [converted];
  }

  function follow(
    value: unknown,
    type: unknown,
    nodes: readonly FieldNode[],
    path: ResponsePath,
    converted: ResponsePath,
  ): ResponsePath[] {
    const [step, ...rest] = path;
    if (step === undefined) return [converted];
    if (typeof step === "number") {
      return follow(Array.isArray(value) ? value[step] : undefined, type, nodes, rest, [...converted, step]);
    }
    const actual = actualType(shape, type, value);
    return actual ? followField(value, actual, fieldsOf(actual, nodes), path, converted) : [converted];
  }

  return (data, path) => followField(data, root, rootFields(), path, []);
}

function actualType({ schema }: ResponseShape, type: unknown, value: unknown): ParentType | undefined {
  if (isObjectType(type)) return type;
  const stated = isJsonObject(value) && typeof value.__typename === "string" ? value.__typename : undefined;
  const actual = stated === undefined ? undefined : schema.getType(stated);
  if (isObjectType(actual)) return actual;
  return isInterfaceType(type) ? type : undefined;
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
