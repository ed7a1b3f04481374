import type { FieldNode } from "graphql";

/**
 * Reason why a field is not fetched: the caller may not read it, or its arguments are wrong. It becomes the message and the
 * extensions of the field's error.
 */
export type Denial = {
  code: "UNAUTHENTICATED" | "FORBIDDEN" | "BAD_USER_INPUT";
  message: string;
  /** Sufficient sets of scopes: any one inner list grants access. Absent where no scope grants it. */
  scopes?: string[][];
  /** Sufficient sets of policies, in the same form. */
  policies?: string[][];
};

/**
 * Denied fields of an operation: by the field node, then by the name of the object type at run time, or `EVERY_TYPE`. A denial
 * depends on the object type only, never on the response path, so fields that merge into one response name share it.
 */
export type Denials = ReadonlyMap<FieldNode, ReadonlyMap<string, Denial>>;

export const EVERY_TYPE = "*";

/** Denial of a field on objects of a type; undefined where the field is allowed. */
export function denialOf(denials: Denials, field: FieldNode, runtimeType: string): Denial | undefined {
  const byType = denials.get(field);
  return byType && (byType.get(EVERY_TYPE) ?? byType.get(runtimeType));
}
