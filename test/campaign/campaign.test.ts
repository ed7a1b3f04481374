import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { buildBundle, editedSource, removeBundles } from "../../scripts/campaign/campaign-bundle.ts";
import { BUGS } from "../../scripts/campaign/planted/planted-bugs.ts";
import { scheduleOf } from "../../scripts/campaign/random/fault-schedule.ts";
import { plannedRequests } from "../../scripts/campaign/random/planned-requests.ts";

const PLAN = ["--requests", "150", "--seconds", "24", "--seed", "20261122"];
const LIMIT_MS = 395_000;

let running: ChildProcess | undefined;
afterAll(() => {
  running?.kill("SIGTERM"); // ends its processes and its PostgreSQL
  removeBundles();
});

describe("a short campaign", () => {
  test("a short campaign with killed processes loses, doubles and orphans nothing", { timeout: 480_000 }, async () => {
    const bundle = await buildBundle("command");
    const { code, printed } = await run(join(bundle, "scripts", "campaign.js"));
    console.log(printed);
    expect(printed).toContain("Every invariant holds.");
    expect(code).toBe(0);
  });
});

test("one seed gives one campaign and another seed another campaign", () => {
  const played = (seed: number) => {
    const schedule = scheduleOf(seed);
    const faults = Array.from({ length: 100 }, () => schedule.next().value);
    return { faults, planned: plannedRequests(seed, { requests: 100, seconds: 10, desks: 4 }) };
  };
  expect(played(7)).toEqual(played(7));
  expect(played(7)).not.toEqual(played(8));
});

describe("a planted bug", () => {
  test.each(BUGS)("the planted bug still matches the sources: $name", ({ edits }) => {
    for (const { file } of edits) expect(editedSource(file, edits)).not.toBe(editedSource(file, []));
  });
});

function run(program: string): Promise<{ code: number | null; printed: string }> {
  const { DATABASE_URL: _, ...environment } = process.env;
  const child = spawn(process.execPath, ["--enable-source-maps", program, ...PLAN], {
    ...{ env: environment, timeout: LIMIT_MS, killSignal: "SIGTERM" as const },
  });
  running = child;
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
  }
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, printed })));
}
