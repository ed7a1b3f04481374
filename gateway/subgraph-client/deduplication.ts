import { READS_HEADER } from "../../subgraphs/_shared/identity/call-headers.ts";
import type { CallerIdentity } from "./caller-identity.ts";
import { forwardedKey } from "./client-headers/forwarded-headers.ts";
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
 * Deduplication of in-flight queries to one subgraph. Queries are identical if operation, operation name, variables, forwarded
 * headers and the caller's identity are, the request id excepted.
 *
 * A subgraph that tells callers apart records who has read whose data, and each request needs a separate record. Therefore a
 * query is shared only if its previous response recorded no reads, and a call that joined a request whose response did record
 * reads sends its own.
 */
export class Deduplication<InFlight extends JoinableRequest> {
  private readonly identity: CallerIdentity;
  private readonly forwarded: readonly string[];
  private readonly returnsCookies: boolean;
  private readonly inFlight = new Map<string, InFlight>();
  /** Queries whose last response recorded no reads. */
  private readonly withoutReads = new Set<string>();

  /** @param forwarded names of headers of requests @param returned names of headers of responses */
  constructor(identity: CallerIdentity, forwarded: readonly string[] = [], returned: readonly string[] = []) {
    this.identity = identity;
    this.forwarded = forwarded;
    this.returnsCookies = returned.includes("set-cookie");
  }

  /** Key of a query; undefined if it must not be shared. */
  keyOf(request: SubgraphRequest, scope: RequestScope): string | undefined {
    const { query, operationName, variables } = request;
    if (this.identity.tellsCallers && !this.withoutReads.has(query)) return undefined;
    const key = `${this.identity.keyOf(scope)}\0${variables}\0${operationName ?? ""}\0${query}`;
    if (this.returnsCookies) return `${scope.requestId}\0${this.withForwarded(key, scope)}`; // a cookie is one client's
    return this.forwarded.length === 0 ? key : this.withForwarded(key, scope);
  }

  private withForwarded(key: string, { client }: RequestScope): string {
    return `${forwardedKey(client?.forwarded, this.forwarded)}\0${key}`;
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
    if (response && this.identity.tellsCallers && request.kind === "query")
      this.learn(request.query, recordsNoReads(response));
  }

  /** True if the response of a request of another call is valid for this call. */
  isShareable(response: HttpResponse, inFlight: InFlight, { requestId }: RequestScope): boolean {
    return !this.identity.tellsCallers || inFlight.scope.requestId === requestId || recordsNoReads(response);
  }

  private learn(query: string, hasNoReads: boolean): void {
    if (!hasNoReads) this.withoutReads.delete(query);
    else if (this.withoutReads.size < MOST_QUERIES) this.withoutReads.add(query);
  }
}

function recordsNoReads(response: HttpResponse): boolean {
  return response.header(READS_HEADER) === "none";
}
