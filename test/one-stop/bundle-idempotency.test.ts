import { describe, expect, it } from "vitest";
import { aBirthRequest, submit } from "../given.ts";
import {
  acknowledged,
  inFaultMode,
  one,
  pause,
  problemsOf,
  registered,
  shortBackoff,
} from "../kit/dossier-outcomes.ts";
import { clerk, type Persona, sharedWorld } from "../world.ts";

// long enough for a slow agency's verdict to be waited for
const world = sharedWorld({ "one-stop": { ...shortBackoff["one-stop"], CHECK_BUDGET_MS: "4000" } });
const otherDesk: Persona = { persona: "clerk", commune: "31426" };
const codeOf = (answer: Awaited<ReturnType<typeof submit>>) => answer.data.submitBirthBundle.dossier?.code;

/** The same object with its fields the other way round, at every depth. */
function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  );
}

describe("a submission that is sent again under its key", () => {
  it("a submission repeated under its key gives the same dossier, however its body is formatted", async () => {
    const input = aBirthRequest();
    const key = "written-otherwise";
    const { code } = await acknowledged(world.current, input, { key });
    const writings = [
      input,
      reversed(input),
      withoutNulls(input),
      JSON.parse(JSON.stringify(input).normalize("NFD")),
    ] as (typeof input)[];
    for (const writing of writings) {
      const again = await submit(world.current, writing, { key });
      expect(problemsOf(again)).toEqual([]);
      expect(codeOf(again)).toBe(code);
    }
    expect(await registered(world.current, [code])).toEqual(one);
  });

  it("twenty simultaneous submissions under one key create one dossier and one entry in each register", async () => {
    const input = aBirthRequest();
    const clicks = Array.from({ length: 20 }, (_, n) =>
      submit(world.current, input, { key: "double-click", waitMs: n % 2 ? 10_000 : 0 }),
    );
    const answers = await Promise.all(clicks);
    expect(answers.flatMap(problemsOf)).toEqual([]);
    const codes = new Set(answers.map(codeOf));
    expect(codes.size).toBe(1);
    await submit(world.current, input, { key: "double-click" });
    expect(await registered(world.current, [...codes] as string[])).toEqual(one);
    const [{ n } = { n: 0 }] = await world.current.sql("one-stop")<{ n: number }[]>`
      select count(*)::int as n from dossiers where idempotency_key = 'double-click'`;
    expect(n).toBe(1);
  });

  it("a submission finds its dossier when civil status registered an identical request during the check", async () => {
    const input = aBirthRequest();
    const key = "late-twin";
    const clicks = await inFaultMode(world.current, "CIVIL_STATUS", "SLOW", async () => {
      const first = submit(world.current, input, { key });
      await pause(400);
      const second = submit(world.current, input, { key });
      await pause(400); // both checks are on their way now; deliveries are fast again from here on
      return [first, second];
    });
    const answers = await Promise.all(clicks);
    expect(answers.flatMap(problemsOf)).toEqual([]);
    expect(new Set(answers.map(codeOf)).size).toBe(1);
  });

  it("a submission under a known key with another body is a conflict that names the dossier", async () => {
    const input = aBirthRequest();
    const key = "another-body";
    const { code } = await acknowledged(world.current, input, { key });
    const other = { ...input, handover: { ...input.handover, paperCopies: 2 } };
    const answer = await submit(world.current, other, { key });
    expect(answer.data.submitBirthBundle.dossier).toBeNull();
    expect(problemsOf(answer)).toEqual([{ code: "IDEMPOTENCY_CONFLICT", path: ["idempotencyKey"], names: code }]);
  });

  it("a submission by another owner under the same key is another request", async () => {
    const key = "everybody-uses-this-key";
    const mine = await acknowledged(world.current, aBirthRequest(), { key, who: clerk });
    const theirs = { ...aBirthRequest(), office: "31426" };
    const other = await acknowledged(world.current, theirs, { key, who: otherDesk });
    expect(other.code).not.toBe(mine.code);
    expect(await registered(world.current, [mine.code, other.code])).toEqual({
      ...{ births: 2, numbers: 2, residencies: 2, cards: 2 },
    });
  });
});

describe("an idempotency key", () => {
  it.each(["", "khóa", "two words", "x".repeat(201)])("the idempotency key %j is refused", async (key) => {
    const { data, errors } = await submit(world.current, aBirthRequest(), { key });
    expect(data?.submitBirthBundle ?? null).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
  });
});
