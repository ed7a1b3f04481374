import { describe, expect, it } from "vitest";
import { aBirthRequest, submit } from "../given.ts";
import { acknowledged, pause, settled, shortBackoff, statesOf } from "../kit/dossier-outcomes.ts";
import { sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const stored = (code: string) => world.current.sql("one-stop")`select revision from dossiers where code = ${code}`;

async function timed<T>(work: Promise<T>): Promise<{ value: T; ms: number }> {
  const started = performance.now();
  const value = await work;
  return { value, ms: performance.now() - started };
}

describe("the answer to a submission", () => {
  it("a submission is acknowledged only after the dossier is stored", async () => {
    const sql = world.current.sql("one-stop");
    let answered = false;
    const { code } = await sql
      .begin(async (tx) => {
        await tx`lock table steps in access exclusive mode`; // every write of the dossier waits for this lock
        const submission = acknowledged(world.current, aBirthRequest(), { waitMs: 0 }).finally(() => {
          answered = true;
        });
        await pause(1_000);
        expect(answered).toBe(false);
        return { submission };
      })
      .then(({ submission }) => submission);
    expect(await stored(code)).toHaveLength(1);
    await settled(world.current, [code]);
  });

  it("a submission waits for agencies exactly as long as waitMs allows, also under a known key", async () => {
    await world.current.agencies.disconnect("health-insurance");
    const input = aBirthRequest();
    const hasty = await timed(acknowledged(world.current, input, { key: "waits", waitMs: 0 }));
    const patient = await timed(acknowledged(world.current, input, { key: "waits", waitMs: 1_500 }));
    expect(patient.ms).toBeGreaterThan(1_400);
    expect(statesOf(patient.value).slice(0, 2)).toEqual(["GRANTED", "GRANTED"]);
    expect(hasty.ms).toBeLessThan(patient.ms);
    const waiting = timed(acknowledged(world.current, input, { key: "waits", waitMs: 30_000 }));
    await world.current.agencies.reconnect("health-insurance");
    expect((await waiting).value).toMatchObject({ code: hasty.value.code, outcome: "GRANTED" });
    expect((await waiting).ms).toBeLessThan(20_000);
  });

  it.each([-1, 30_001])("a submission with waitMs %i is refused", async (waitMs) => {
    const { data, errors } = await submit(world.current, aBirthRequest(), { waitMs });
    expect(data?.submitBirthBundle ?? null).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
  });
});
