import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agencyAt } from "../../scripts/conformance/agency-under-test.ts";
import { resultOf } from "../../scripts/conformance/check.ts";
import { withSharedReplay } from "../../scripts/conformance/identity-checks.ts";
import type { RunningSubgraph } from "../../subgraphs/_shared/serving/serve.ts";
import { emptyDatabase } from "../kit/agency-database.ts";
import { serveAgency } from "../kit/serve-agencies.ts";

const KEY = { id: "k1", secret: "the-secret-of-land-0123456789" };

/** Processes of one agency: two that share their nonces, and one that does not. */
let sharing: RunningSubgraph[];
let alone: RunningSubgraph;
let database: Awaited<ReturnType<typeof emptyDatabase>>;
beforeAll(async () => {
  database = await emptyDatabase("land");
  const serve = (NONCES: string) =>
    serveAgency("land", database.url, tmpdir(), {
      ...{ NONCES, IDENTITY_KEYS_LAND: `${KEY.id}:${KEY.secret}`, MOTCUA_DEMO_DIR: undefined },
    });
  sharing = [await serve("database"), await serve("database")];
  alone = await serve("process");
});
afterAll(async () => {
  await Promise.all([...sharing, alone].map((each) => each.close()));
  await database.drop();
});

const at = (port: number) => agencyAt(`http://127.0.0.1:${port}/graphql`, "land", [KEY]);

const portOf = (index: number) => sharing[index]?.port ?? 0;

async function sharedReplay(first: number, other: number) {
  const check = withSharedReplay(at(other)).checks.at(-1);
  if (!check) throw new Error("The group has no check");
  return (await resultOf(check, at(first))).outcome;
}

test("an identity that one process of an agency accepted is refused by another that shares its database", async () => {
  expect(await sharedReplay(portOf(0), portOf(1))).toBe("passed");
});

test("a process that keeps its nonces to itself accepts an identity that another process accepted", async () => {
  expect(await sharedReplay(portOf(0), alone.port)).toBe("advice");
});

test("an agency with shared nonces refuses a replay to itself", async () => {
  for (const check of withSharedReplay(at(portOf(1))).checks) {
    const { name, outcome } = await resultOf(check, at(portOf(1)));
    if (/another process|every key/.test(name)) continue;
    expect(`${name}: ${outcome}`).toBe(`${name}: passed`);
  }
});
