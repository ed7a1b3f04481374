import { toVietnamTime } from "../../subgraphs/_shared/reference/days.ts";
import type { AgencyStatus } from "../pages/status/status-page.ts";
import type { Subgraph } from "../subgraph-client/subgraph-request.ts";
import { readiness, versionOf } from "./health.ts";

/** Reuse of an answer, so that those who look at the page do not call the agencies more often. */
const KEPT_MS = 1_000;

/** States of the agencies: as the gateway has seen them in its requests, and whether they are ready now. */
export function agencyStatuses(subgraphs: () => readonly Subgraph[]): () => Promise<AgencyStatus[]> {
  let kept: { until: number; statuses: Promise<AgencyStatus[]> } | undefined;
  return () => {
    const now = performance.now();
    if (!kept || kept.until < now) kept = { until: now + KEPT_MS, statuses: askAll(subgraphs()) };
    return kept.statuses;
  };
}

async function askAll(subgraphs: readonly Subgraph[]): Promise<AgencyStatus[]> {
  const [{ agencies }, versions] = await Promise.all([
    readiness(subgraphs),
    Promise.all(subgraphs.map(({ url }) => versionOf(url))),
  ]);
  const at = toVietnamTime(new Date());
  return agencies.map(({ name, agency, ready, reason }, index) => {
    const { state, since } = subgraphs[index]?.observed?.() ?? {};
    return {
      name,
      agency,
      at,
      isReady: ready,
      reason,
      version: versions[index],
      observed: state && since ? { state, since } : undefined,
    };
  });
}
