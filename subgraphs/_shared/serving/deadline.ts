import type { IncomingHttpHeaders } from "node:http";
import { DEADLINE_HEADER } from "../identity/call-headers.ts";

const LONGEST_MS = 3_600_000;

/** Until when (`performance.now()`) a request that arrived at `arrived` is waited for; undefined if nobody said. */
export function deadlineOf(headers: IncomingHttpHeaders, arrived: number): number | undefined {
  const given = headers[DEADLINE_HEADER];
  if (typeof given !== "string" || !/^\d{1,9}$/.test(given)) return undefined;
  return arrived + Math.min(Number(given), LONGEST_MS);
}

/** What is left of a wished wait if the answer must still go out in time, for which `reserveMs` is kept. */
export function waitWithin(deadline: number | undefined, wishedMs: number, reserveMs: number): number {
  if (deadline === undefined) return wishedMs;
  return Math.max(0, Math.min(wishedMs, deadline - performance.now() - reserveMs));
}
