import { beforeAll, describe, expect, it } from "vitest";
import { shortBackoff } from "../kit/dossier-outcomes.ts";
import { sharedWorld } from "../world.ts";
import { type Operation, operationsOfDesk } from "./hostile-operations.ts";

const world = sharedWorld(shortBackoff, { RATE_LIMIT_CALLER: "1000000", RATE_LIMIT_ADDRESS: "1000000" });
/** HOSTILE_VALUES=all tries every value at every place; by default each place gets a few of them. */
const isWhole = process.env.HOSTILE_VALUES === "all";

type Path = (string | number)[];
const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString("base64url");
const deep = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

const TEXTS = [
  ...[
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\u202eabc\u202c",
    "\u200b",
    "Thử".normalize("NFD"),
    "👶🏽",
    "x".repeat(20_000),
  ],
  ...["đ".repeat(5_000), "9".repeat(400), "%_\\'\"", "__proto__", "null", "2026-02-30", "2025-02-29", "2024-02-29"],
  ...["0000-00-00", "9999-12-31", "12026-01-01", "2026-11-23T25:00:00+07:00", "9999-12-31T23:59:59-14:00"],
  ...[
    "31477",
    "000.00.00.H04-261130-0001",
    "sha256:",
    `sha256:${"0".repeat(64)}`,
    "00000000-0000-0000-0000-000000000000",
  ],
  ...[cursor([9_007_199_254_740_991]), cursor([-1]), cursor([253_402_300_799_999, "x"]), cursor({})],
  ...[cursor([9_007_199_254_740_991, "01980000-0000-7000-8000-000000000000"]), cursor(["x".repeat(3_000)])],
];
const NUMBERS = [-(2 ** 31), -1, 0, 1_000_000_000, 2 ** 31 - 1];
const OTHERS = [
  null,
  [],
  {},
  deep(500),
  { ["k".repeat(5_000)]: "\u0000" },
  { toString: 1, length: -1 },
  "x".repeat(5_000),
];

/** Paths of all leaves of the variables. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function withValue(variables: unknown, path: Path, value: unknown): unknown {
  const copy = structuredClone(variables) as Record<string, unknown>; // an object of variables, or one within
  const [key = "", ...rest] = path;
  copy[key] = rest.length === 0 ? value : withValue(copy[key], rest, value);
  return copy;
}

function valuesFor(operation: string, path: Path, variables: unknown): unknown[] {
  const good = path.reduce((inner, key) => (inner as Record<string, unknown>)[key], variables); // leads to a leaf
  if (typeof good === "number") return NUMBERS;
  if (operation.includes("Draft") && path[0] === "code") return TEXTS.slice(0, 3); // twenty wrong codes lock the caller
  return path.some((key) => key === "form" || key === "content" || key === "facts") ? [...TEXTS, ...OTHERS] : TEXTS;
}

let operations: Operation[];
beforeAll(async () => {
  operations = await operationsOfDesk(world.current);
});

async function faultOf({ name, document, who }: Operation, variables: unknown, changed: string): Promise<string[]> {
  const { status, errors } = await world.current.ask(who, document, variables as object);
  const own = (errors ?? []).filter(({ extensions }) => extensions?.code === "INTERNAL");
  if (status < 500 && own.length === 0) return [];
  return [`${name} ${changed}: ${status} ${JSON.stringify(errors)}`.slice(0, 500)];
}

describe("the desk", () => {
  it("every operation of the desk has good variables in the test of hostile ones", async () => {
    const missing = new Set<string>();
    for (const { name, document, variables, who } of operations) {
      const { errors } = await world.current.ask(who, document, variables);
      if (errors) missing.add(`${name} ${errors[0]?.extensions.code}`);
    }
    expect([...missing].sort()).toEqual([
      "outboxBacklog UNAUTHENTICATED", // shown to signed-in callers only
      "resendUndeliveredMessage NOT_FOUND",
      "settlePaymentDiscrepancy NOT_FOUND",
      "settleUndeliveredMessage NOT_FOUND",
    ]);
  });

  it("no text, number or JSON at any place of an operation of the desk is an internal error", async () => {
    const asked = operations.flatMap((operation) =>
      leaves(operation.variables).flatMap((path, place) => {
        const values = valuesFor(operation.name, path, operation.variables);
        const some = isWhole ? values : [values[(place * 7 + 3) % values.length]];
        return some.map((value) => ({ operation, path, value }));
      }),
    );
    const faults: string[] = [];
    const queue = [...asked];
    const next = async () => {
      for (let each = queue.shift(); each; each = queue.shift()) {
        const changed = `${each.path.join(".")} = ${JSON.stringify(each.value).slice(0, 60)}`;
        faults.push(
          ...(await faultOf(each.operation, withValue(each.operation.variables, each.path, each.value), changed)),
        );
      }
    };
    await Promise.all(Array.from({ length: 6 }, next));
    expect(faults).toEqual([]);
  }, 900_000);
});
