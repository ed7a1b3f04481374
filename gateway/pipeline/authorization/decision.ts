import type { DocumentNode, FieldNode, OperationDefinitionNode } from "graphql";
import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";

/** Why a caller gets nothing at a place of an answer: the extensions of the error there, but for its request id. */
export type Denial = {
  code: "UNAUTHENTICATED" | "FORBIDDEN";
  message: string;
  /** Each inner list names scopes that would do together; absent where no scope would help. */
  scopes?: string[][];
  /** The same of policies. */
  policies?: string[][];
};

/**
 * The denied fields of an operation, by the node that asks and the name of the object type it is asked of at run time;
 * `EVERY_TYPE` in place of a name where it is denied of whatever it is asked. Whether a field of an object type is denied
 * never depends on the way to it, so fields that merge into one response name are denied together or not at all.
 */
export type Denials = ReadonlyMap<FieldNode, ReadonlyMap<string, Denial>>;

export const EVERY_TYPE = "*";

/** Why a field is denied of an object of this type; undefined where it is not. */
export function denialOf(denials: Denials, field: FieldNode, runtimeType: string): Denial | undefined {
  const ofTypes = denials.get(field);
  return ofTypes && (ofTypes.get(EVERY_TYPE) ?? ofTypes.get(runtimeType));
}

/** What a caller may not read in an operation. Callers of one key get the very same decision. */
export type Decision = {
  key: string;
  denials: Denials;
  /**
   * The document to plan: without denied fields and what only they used; asked through an interface that is denied of some
   * types alone, a field is asked of the others by name. The client's own document where nothing is denied.
   */
  authorizedDocument(): DocumentNode;
};

/** The rights that matter to one operation: made once, asked for every request. */
export type OperationAuthorization = { authorize(caller: Caller): Decision };

/** The rights that a supergraph states. */
export type Authorization = { of(document: DocumentNode, operation: OperationDefinitionNode): OperationAuthorization };
