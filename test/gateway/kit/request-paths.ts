/** Paths of a request through the gateway, as its environment chooses them. Clients cannot tell them apart. */
export const requestPaths: [name: string, environment: Record<string, string>][] = [
  ["the gateway's own executor", {}],
  ["the own executor in Apollo Server's pipeline", { GATEWAY_PATH: "apollo" }],
  ["the executor of @apollo/gateway", { GATEWAY_EXECUTOR: "apollo" }],
];
