import { Client } from "undici";
import { isSubgraphName } from "../../subgraphs/agency-registry.ts";
import { endpointOf } from "../subgraph-client/transport/endpoint.ts";
import { agencyOf } from "../subgraph-names.ts";

const ASK_MS = 1_000;

type AgencyReadiness = { name: string; agency: string; ready: boolean; reason?: string };
export type Readiness = { status: "ready" | "not ready"; agencies: AgencyReadiness[] };

/** Readiness of every subgraph. The gateway is ready exactly when all of them are. */
export async function readiness(subgraphs: readonly { name: string; url: string }[]): Promise<Readiness> {
  const agencies = await Promise.all(
    subgraphs.map(async ({ name, url }) => {
      const reason = await notReadyReason(name, url);
      return { name, agency: agencyOf(name), ready: reason === undefined, ...(reason && { reason }) };
    }),
  );
  return { status: agencies.every((each) => each.ready) ? "ready" : "not ready", agencies };
}

async function notReadyReason(name: string, url: string): Promise<string | undefined> {
  try {
    const status = await statusOf(url);
    // a foreign subgraph may have no such endpoint; any response shows that it runs
    if (status === 200 || (status === 404 && !isSubgraphName(name))) return undefined;
    return `it answers HTTP ${status}`;
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return isLate ? `no answer within ${ASK_MS} ms` : "it cannot be reached";
  }
}

async function statusOf(url: string): Promise<number> {
  const { origin, socketPath } = endpointOf(url);
  const client = new Client(origin, { connect: { timeout: ASK_MS, ...(socketPath && { socketPath }) } });
  try {
    const signal = AbortSignal.timeout(ASK_MS);
    const { statusCode, body } = await client.request({ method: "GET", path: "/health/ready", signal });
    await body.dump();
    return statusCode;
  } finally {
    await client.destroy();
  }
}
