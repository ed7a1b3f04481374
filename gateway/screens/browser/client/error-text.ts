import type { Answer } from "./graph.ts";

/** Messages of an answer's errors, for people. */
export function errorText({ errors = [] }: Answer<unknown>): string {
  return [...new Set(errors.map(({ message }) => message))].join(" ");
}
