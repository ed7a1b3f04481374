import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aBirthRequest, type BirthInput, submit } from "../given.ts";
import { worldWithLongDeadlines } from "./refused-requests.ts";

const world = worldWithLongDeadlines();

type Path = string[];
type Fields = Record<string, unknown>;
type Change = { at: number; value: unknown };

/** The paths of all leaves of a request. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]));
}

function put(input: BirthInput, path: Path, value: unknown): void {
  const place = path.slice(0, -1).reduce((inner, key) => inner[key] as Fields, input as unknown as Fields);
  place[path.at(-1) ?? ""] = value;
}

const nastyText = fc.constantFrom(
  ...["", " ", "\u0000", "\ud800", "\u202e", "\u200b", "а", "ſ", "İ", "👶", "𝐏", "\ufeff", "e\u0301", "\\", "'", '"'],
  ...[
    "__proto__",
    "constructor",
    "null",
    "NaN",
    "-0",
    "1e999",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "12026-01-01",
  ],
  ...[
    "000000000000",
    "999999999999",
    "00000.GCS.00000.00",
    "00000",
    "31477",
    "MALE",
    "CHILD",
    "VNM",
    "x".repeat(5_000),
  ],
);
const value = fc.oneof(
  { weight: 6, arbitrary: nastyText },
  { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 200 }) },
  { weight: 2, arbitrary: fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)) },
  { weight: 2, arbitrary: fc.stringMatching(/^\d{9,13}$/) },
  { weight: 1, arbitrary: fc.constantFrom(null, undefined, true, 0, -1, 1.5, 2 ** 31, [], {}, [{}]) },
);
const changes = fc.array(fc.record({ at: fc.nat(), value }), { minLength: 1, maxLength: 3 });

/** Kind of an answer: a dossier, problems, or a client error. Fails on anything else. */
function kindOf({ status, data, errors }: Awaited<ReturnType<typeof submit>>): string {
  expect(status).toBeLessThan(500);
  if (errors) {
    for (const { extensions } of errors) {
      expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", requestId: expect.any(String) });
    }
    expect(data?.submitBirthBundle ?? null).toBeNull();
    return "fault";
  }
  const { dossier, problems } = data.submitBirthBundle;
  expect(dossier === null).toBe(problems.length > 0);
  for (const { code, message, messageEn } of problems) expect([code, message, messageEn]).not.toContain("");
  return dossier ? "dossier" : "problems";
}

describe("a request in which anything was changed", () => {
  const seen: Record<string, number> = {};

  it("a birth request with any change becomes a dossier, typed problems or a client error, never an internal error", async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (made: Change[]) => {
        const input = aBirthRequest();
        const paths = pathsOf(input);
        for (const { at, value } of made) put(input, paths[at % paths.length] ?? [], value);
        const kind = kindOf(await submit(world.current, input, { waitMs: 0 }));
        seen[kind] = (seen[kind] ?? 0) + 1;
      }),
      { seed: 20_261_123, numRuns: 150, interruptAfterTimeLimit: 30_000, endOnFailure: true },
    );
    expect(Object.keys(seen).sort()).toEqual(["dossier", "fault", "problems"]);
  });

  it("every agency accepts the parts of a changed birth request that became a dossier", async () => {
    const sql = world.current.sql("one-stop");
    const waiting = () => sql<{ code: string; key: string }[]>`
      select code, key from steps join dossiers on dossiers.id = dossier_id where work = 'DELIVER'`;
    await expect.poll(waiting, { timeout: 30_000, interval: 200 }).toEqual([]);
  });
});
