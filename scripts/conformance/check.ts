import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Agency } from "./agency-under-test.ts";

/** One rule of a protocol and how it is tested. `level`: a broken SHOULD is reported and does not fail the run. */
export type Check = {
  name: string;
  level?: "SHOULD";
  run(agency: Agency): Promise<unknown>;
};
/** Checks that belong together, or the reason why none of them can run. */
export type CheckGroup = { title: string; checks: Check[]; skipped?: string };

export type CheckResult = { name: string; outcome: "passed" | "failed" | "advice" | "skipped"; reason?: string };

/** The agency breaks the rule that a check tests. */
export class RuleBroken extends Error {}
/** The check cannot be made with what the caller of the kit gave. */
export class NotTestable extends Error {}

/** @throws RuleBroken with both values when they differ. */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new RuleBroken(`${what}: expected ${short(expected)}, received ${short(actual)}`);
}

export function expectThat(holds: boolean, what: string, actual: unknown): asserts holds {
  if (!holds) throw new RuleBroken(`${what}; received ${short(actual)}`);
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

export async function resultOf(check: Check, agency: Agency): Promise<CheckResult> {
  const { name } = check;
  try {
    // a long check without a pause, such as the composition, hides that the agency has closed an idle connection
    await pause(10);
    await check.run(agency);
    return { name, outcome: "passed" };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof NotTestable) return { name, outcome: "skipped", reason };
    return { name, outcome: check.level === "SHOULD" ? "advice" : "failed", reason };
  }
}
