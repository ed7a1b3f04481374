import { isJsonObject, type JsonObject, own, setOwn } from "../json.ts";

/**
 * Merges fetched data into an existing object, in place. Existing data are never lost: a null does not replace a value, and the
 * name of an abstract type (an @interfaceObject knows no other) does not replace the name of an object type.
 */
export function mergeObject(target: JsonObject, source: JsonObject, abstractTypes: ReadonlySet<string>): void {
  for (const name in source) {
    const fetched = source[name];
    const existing = own(target, name);
    if (existing === undefined || existing === null) setOwn(target, name, fetched);
    else if (existing === fetched || fetched === null) continue;
    else if (typeof existing === "object" && typeof fetched === "object") mergeValues(existing, fetched, abstractTypes);
    else if (name !== "__typename" || isAbstract(existing, abstractTypes)) setOwn(target, name, fetched);
  }
}

function mergeValues(target: object, source: object, abstractTypes: ReadonlySet<string>): void {
  if (isJsonObject(target) && isJsonObject(source)) mergeObject(target, source, abstractTypes);
  if (!Array.isArray(target) || !Array.isArray(source)) return;
  for (let index = 0; index < target.length && index < source.length; index++) {
    const existing: unknown = target[index];
    const fetched: unknown = source[index];
    if (existing === null) target[index] = fetched;
    else if (typeof existing === "object" && typeof fetched === "object" && fetched !== null && existing !== fetched) {
      mergeValues(existing, fetched, abstractTypes);
    }
  }
}

function isAbstract(typename: unknown, abstractTypes: ReadonlySet<string>): boolean {
  return typeof typename !== "string" || abstractTypes.has(typename);
}
