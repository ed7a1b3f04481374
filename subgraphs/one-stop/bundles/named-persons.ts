import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";

/** Personal number in an input, with its path. */
export type NamedPerson = { path: string[]; personalId: string };

/** Well-formed personal numbers of an input: every field `personalId`, and those that end with it, such as `headPersonalId`. */
export function namedPersons(input: object, path: readonly string[] = []): NamedPerson[] {
  return Object.entries(input).flatMap(([name, value]) => {
    const place = [...path, name];
    if (typeof value === "object" && value !== null) return namedPersons(value, place);
    if (typeof value !== "string" || !/personalId$/i.test(name)) return [];
    const number = parsePersonalId(value);
    return number.ok ? [{ path: place, personalId: number.value }] : [];
  });
}
