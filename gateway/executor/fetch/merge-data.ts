import { isJsonObject, type JsonObject, own, setOwn } from "../json.ts";

/**
 * Merges what a fetch brought into an object that is there already, in place. What is there is never lost: a null does not
 * replace a value, and the name of an abstract type (an @interfaceObject does not know better) not that of an object type.
 */
export function mergeObject(target: JsonObject, source: JsonObject, abstractTypes: ReadonlySet<string>): void {
  for (const name in source) {
    const brought = source[name];
    const there = own(target, name);
    if (there === undefined || there === null) setOwn(target, name, brought);
    else if (there === brought || brought === null) continue;
    else if (typeof there === "object" && typeof brought === "object") mergeValues(there, brought, abstractTypes);
    else if (name !== "__typename" || isAbstract(there, abstractTypes)) setOwn(target, name, brought);
  }
}

function mergeValues(target: object, source: object, abstractTypes: ReadonlySet<string>): void {
  if (isJsonObject(target) && isJsonObject(source)) mergeObject(target, source, abstractTypes);
  if (!Array.isArray(target) || !Array.isArray(source)) return;
  for (let index = 0; index < target.length && index < source.length; index++) {
    const there: unknown = target[index];
    const brought: unknown = source[index];
    if (there === null) target[index] = brought;
    else if (typeof there === "object" && typeof brought === "object" && brought !== null && there !== brought) {
      mergeValues(there, brought, abstractTypes);
    }
  }
}

function isAbstract(typename: unknown, abstractTypes: ReadonlySet<string>): boolean {
  return typeof typename !== "string" || abstractTypes.has(typename);
}
