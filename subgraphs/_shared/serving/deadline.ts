import type { IncomingHttpHeaders } from "node:http";
import { DEADLINE_HEADER } from "../identity/call-headers.ts";

const LONGEST_MS = 3_600_000;

/** Deadline (`performance.now()`) of a request that arrived at `arrived`; undefined if the request states none. */
export function deadlineOf(headers: IncomingHttpHeaders, arrived: number): number | undefined {
  const given = headers[DEADLINE_HEADER];
  if (typeof given !== "string" || !/^\d{1,9}$/.test(given)) return undefined;
  return arrived + Math.min(Number(given), LONGEST_MS);
}

/** Wait of at most `wishedMs` that ends `reserveMs` before the deadline, so that the answer still goes out in time. */
export function waitWithin(deadline: number | undefined, wishedMs: number, reserveMs: number): number {
  if (deadline === undefined) return wishedMs;
  return Math.max(0, Math.min(wishedMs, deadline - performance.now() - reserveMs));
}
