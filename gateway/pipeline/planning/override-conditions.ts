import { createHash } from "node:crypto";

/** Active labels of progressive overrides for one request. */
export type OverrideConditions = { active: readonly string[] };

/** Decides the labels of a request by its id. */
export type DecideOverrides = (requestId: string) => OverrideConditions;

const PERCENT = /^percent\((\d{1,2}(?:\.\d{1,8})?|100)\)$/;

/**
 * A label `percent(N)` is active for N percent of the requests, any other label if it is named as active. One draw decides all
 * percentages of a request, so that N labels have at most N + 1 plans. The draw follows from the request id, which stands in the
 * trace, the log and the response: a request that is sent again with the same id is planned alike.
 */
export function overrideDecisions(labels: readonly string[], active: ReadonlySet<string>): DecideOverrides | undefined {
  if (labels.length === 0) return undefined;
  const percentages = new Map(labels.map((label) => [label, Number(PERCENT.exec(label)?.[1] ?? 0)]));
  const drawsMatter = [...percentages].some(([label, percent]) => percent > 0 && percent < 100 && !active.has(label));
  return (requestId) => {
    const draw = drawsMatter ? drawOf(requestId) : 0;
    return { active: labels.filter((label) => active.has(label) || draw < (percentages.get(label) ?? 0)) };
  };
}

/** Number from 0 to below 100 that follows from a request id. */
export function drawOf(requestId: string): number {
  return (createHash("sha256").update(requestId).digest().readUInt32BE() / 2 ** 32) * 100;
}
