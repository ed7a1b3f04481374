import type { DocumentNode, OperationDefinitionNode } from "graphql";
import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import type { Denials } from "../../executor/denials.ts";

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
