import type { Utf8 } from "../../utf8.ts";
import type { SubgraphFailure } from "../subgraph-failure.ts";

/** A complete HTTP response. */
export type HttpResponse = {
  readonly status: number;
  readonly text: Utf8;
  /** Value of a header by its lower-case name; several of one name are joined by ", " (RFC 9110, section 5.3). */
  header(name: string): string | undefined;
  /** Values of a header by its lower-case name, one for each line. */
  headers(name: string): string[];
};

/** Listener of one exchange. Exactly one method is called, once; neither may throw. */
export type ExchangeListener = {
  onResponse(response: HttpResponse): void;
  onFailure(failure: SubgraphFailure): void;
};

/** An HTTP request that was sent, or waits for a connection. */
export type Exchange = {
  /** Closes the connection of the exchange and fails it. No effect after its end. */
  abort(failure: SubgraphFailure): void;
};

/** Keep-alive connections to one endpoint. */
export type Transport = {
  /** Sends a POST request. Names and values of `headers` alternate. @throws Error if a header has an illegal character */
  send(headers: string[], body: Utf8, listener: ExchangeListener): Exchange;
  close(): Promise<void>;
};
