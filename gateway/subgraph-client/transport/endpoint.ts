/** Network endpoint of a subgraph: an origin and path, behind a Unix socket if `socketPath` is set. */
export type Endpoint = { origin: string; path: string; socketPath?: string };

/** Parses `http(s)://…`, `ws(s)://…` as the same place over HTTP, or `http+unix://%2Frun%2Fland.sock/graphql`, whose host is the socket's path. */
export function endpointOf(url: string): Endpoint {
  const { protocol, origin, host, pathname, search } = new URL(url);
  const path = pathname + search;
  if (protocol !== "http+unix:") return { origin: origin.replace(/^ws/, "http"), path };
  return { origin: "http://localhost", path, socketPath: decodeURIComponent(host) };
}

/** True if the endpoint is on this machine: a Unix socket, or a loopback address (RFC 6890, RFC 6761). */
export function isLocal({ origin, socketPath }: Endpoint): boolean {
  if (socketPath) return true;
  const { hostname } = new URL(origin);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
