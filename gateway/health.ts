import { isSubgraphName } from "../subgraphs/list.ts";
import { agencyOf } from "./agencies.ts";

const ASK_MS = 1_000;

type AgencyReadiness = { name: string; agency: string; ready: boolean; reason?: string };
export type Readiness = { status: "ready" | "not ready"; agencies: AgencyReadiness[] };

/** Asks every subgraph whether it is ready. The gateway is ready exactly when all of them are; the list says which are. */
export async function readiness(subgraphs: readonly { name: string; url: string }[]): Promise<Readiness> {
  const agencies = await Promise.all(
    subgraphs.map(async ({ name, url }) => {
      const reason = await whyNotReady(name, url);
      return { name, agency: agencyOf(name), ready: reason === undefined, ...(reason && { reason }) };
    }),
  );
  return { status: agencies.every((each) => each.ready) ? "ready" : "not ready", agencies };
}

async function whyNotReady(name: string, url: string): Promise<string | undefined> {
  try {
    const response = await fetch(new URL("/health/ready", url), { signal: AbortSignal.timeout(ASK_MS) });
    await response.body?.cancel();
    // a foreign subgraph need not know our health endpoint; that it answers is all there is to learn
    if (response.ok || (response.status === 404 && !isSubgraphName(name))) return undefined;
    return `it answers HTTP ${response.status}`;
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return isLate ? `no answer within ${ASK_MS} ms` : "it cannot be reached";
  }
}
