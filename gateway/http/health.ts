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
    const { statusCode } = await answerOf(url, "/health/ready");
    // a foreign subgraph may have no such endpoint; any response shows that it runs
    if (statusCode === 200 || (statusCode === 404 && !isSubgraphName(name))) return undefined;
    return `it answers HTTP ${statusCode}`;
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return isLate ? `no answer within ${ASK_MS} ms` : "it cannot be reached";
  }
}

/** Version that a subgraph tells; undefined where it tells none. */
export async function versionOf(url: string): Promise<string | undefined> {
  try {
    const { body } = await answerOf(url, "/version");
    const { version, commit } = JSON.parse(body) as { version?: unknown; commit?: unknown };
    return typeof version === "string"
      ? [version, commit].filter((each) => typeof each === "string").join(" ")
      : undefined;
  } catch {
    return undefined;
  }
}

async function answerOf(url: string, path: string): Promise<{ statusCode: number; body: string }> {
  const { origin, socketPath } = endpointOf(url);
  const client = new Client(origin, { connect: { timeout: ASK_MS, ...(socketPath && { socketPath }) } });
  try {
    const { statusCode, body } = await client.request({ method: "GET", path, signal: AbortSignal.timeout(ASK_MS) });
    return { statusCode, body: await body.text() };
  } finally {
    await client.destroy();
  }
}
