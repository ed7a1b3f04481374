/** Where a subgraph is: behind an address, or behind a Unix socket of this machine. */
export type Endpoint = { origin: string; path: string; socketPath?: string };

/** Reads `http(s)://…`, or `http+unix://%2Frun%2Fland.sock/graphql` whose host is the socket's path. */
export function endpointOf(url: string): Endpoint {
  const { protocol, origin, host, pathname, search } = new URL(url);
  const path = pathname + search;
  if (protocol !== "http+unix:") return { origin, path };
  return { origin: "http://localhost", path, socketPath: decodeURIComponent(host) };
}
