/** The ways that a request may go through the gateway, as its environment sets them. Clients cannot tell which. */
export const lanes: [name: string, environment: Record<string, string>][] = [
  ["the gateway's own executor", {}],
  ["the own executor in Apollo Server's pipeline", { GATEWAY_PATH: "apollo" }],
  ["the executor of @apollo/gateway", { GATEWAY_EXECUTOR: "apollo" }],
];
