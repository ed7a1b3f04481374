import { READS_HEADER } from "../../subgraphs/_shared/identity/call-headers.ts";
import { identityText } from "../../subgraphs/_shared/identity/caller-text.ts";
import type { RequestScope } from "./request-scope.ts";
import type { SubgraphRequest } from "./subgraph-request.ts";
import type { HttpResponse } from "./transport/transport.ts";

const MOST_QUERIES = 1_000;
/** A call does not join a request that ends long before the call's own deadline. */
const LEAST_SHARE_OF_TIME = 0.5;

/** A request in flight that identical queries may join. */
type JoinableRequest = {
  readonly request: SubgraphRequest;
  readonly scope: RequestScope;
  readonly deadline: number;
  /** Undefined where no other call may join. */
  readonly key: string | undefined;
  hasWaiters(): boolean;
};

/**
 * Deduplication of in-flight queries to one subgraph. Queries are identical if operation, operation name, variables and the
 * caller's identity are, the request id excepted.
 *
 * A subgraph with sealed identities records who has read whose data, and each request needs a record of its own. Therefore a
 * query is shared only if its previous response recorded no reads, and a call that joined a request whose response did record
 * reads sends its own.
 */
export class Deduplication<InFlight extends JoinableRequest> {
  private readonly isSealed: boolean;
  private readonly inFlight = new Map<string, InFlight>();
  /** Queries whose last response recorded no reads. */
  private readonly withoutReads = new Set<string>();

  constructor(isSealed: boolean) {
    this.isSealed = isSealed;
  }

  /** Key of a query; undefined if it must not be shared. */
  keyOf(request: SubgraphRequest, { caller }: RequestScope): string | undefined {
    const { query, operationName, variables } = request;
    if (this.isSealed && !this.withoutReads.has(query)) return undefined;
    return `${this.isSealed ? identityText(caller) : ""}\0${variables}\0${operationName ?? ""}\0${query}`;
  }

  /** The identical request in flight that a call can join. */
  find(key: string, { deadline }: RequestScope): InFlight | undefined {
    const found = this.inFlight.get(key);
    if (!found?.hasWaiters()) return undefined;
    const now = performance.now();
    return found.deadline - now >= (deadline - now) * LEAST_SHARE_OF_TIME ? found : undefined;
  }

  add(request: InFlight): void {
    if (request.key !== undefined) this.inFlight.set(request.key, request);
  }

  /** Removes a request that has ended and learns from its response. */
  remove(inFlight: InFlight, response: HttpResponse | undefined): void {
    const { key, request } = inFlight;
    // A later request may have replaced this one under the same key.
    if (key !== undefined && this.inFlight.get(key) === inFlight) this.inFlight.delete(key);
    if (response && this.isSealed && request.kind === "query") this.learn(request.query, recordsNoReads(response));
  }

  /** True if the response of a request of another call is valid for this call. */
  isShareable(response: HttpResponse, inFlight: InFlight, { requestId }: RequestScope): boolean {
    return !this.isSealed || inFlight.scope.requestId === requestId || recordsNoReads(response);
  }

  private learn(query: string, hasNoReads: boolean): void {
    if (!hasNoReads) this.withoutReads.delete(query);
    else if (this.withoutReads.size < MOST_QUERIES) this.withoutReads.add(query);
  }
}

function recordsNoReads(response: HttpResponse): boolean {
  return response.header(READS_HEADER) === "none";
}
