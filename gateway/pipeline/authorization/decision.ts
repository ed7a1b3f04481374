import type { DocumentNode, FieldNode } from "graphql";
import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import type { Denials } from "../../executor/denials.ts";
import type { ClientOperation } from "../../executor/normalize/client-operation.ts";
import type { OverrideConditions } from "../planning/override-conditions.ts";

type FieldSet = { has(field: FieldNode): boolean };

/** Fields of an operation that a caller may not read. Callers with equal keys get identical decisions. */
export type Decision = {
  key: string;
  denials: Denials;
  /** Progressive overrides of the request, where the graph has any. */
  overrides?: OverrideConditions;
  /**
   * Document to plan: without denied fields and without what only they used. A field that is selected on an interface and
   * denied for some of its types is selected on the other types by name. The client's own document where nothing is denied.
   * @param without fields to leave out as well.
   */
  authorizedDocument(without?: FieldSet): DocumentNode;
};

/** Authorization of one operation: prepared once, evaluated for every request. */
export type OperationAuthorization = { authorize(caller: Caller): Decision };

/** Authorization rules of a supergraph. */
export type Authorization = { of(document: DocumentNode, client: ClientOperation): OperationAuthorization };
