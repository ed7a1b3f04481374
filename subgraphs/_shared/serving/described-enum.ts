import { registerEnumType } from "type-graphql";

export type Described<T extends string> = Record<T, string>;

/** Registers an enum whose values are its names, each with a description. @returns the runtime object that type-graphql needs */
export function describedEnum<T extends string>(name: string, description: string, values: Described<T>): Record<T, T> {
  const names = Object.keys(values) as T[]; // the keys of a record are exactly its key type
  const object = Object.fromEntries(names.map((value) => [value, value])) as Record<T, T>;
  const valuesConfig = Object.fromEntries(names.map((value) => [value, { description: values[value] }]));
  registerEnumType(object, { name, description, valuesConfig: valuesConfig as never });
  return object;
}
