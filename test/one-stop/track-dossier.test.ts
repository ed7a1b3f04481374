import { beforeAll, describe, expect, test } from "vitest";
import { aBirthRequest, dossierThatIs, submit } from "../given.ts";
import { type Answer, contract, sharedWorld } from "../world.ts";

const world = sharedWorld();
const right = "5678";
const nobodys = "H13.155-261123-9876";

const track = (code: string, phoneLast4 = right) =>
  world.current.ask(null, contract("track-dossier"), { code, phoneLast4 });
const outcome = ({ errors, data }: Answer) => errors?.[0]?.extensions.code ?? data.trackDossier.state;
const guesses = (code: string, count: number) => Array.from({ length: count }, () => track(code, "0000"));

async function aDossier(): Promise<string> {
  const { data } = await submit(world.current, aBirthRequest());
  return data.submitBirthBundle.dossier.code;
}

describe("whoever has the receipt and the phone", () => {
  test("a person with the receipt and the phone follows a dossier without a token", async () => {
    const code = await aDossier();
    await dossierThatIs(world.current, code, (dossier) => dossier.outcome === "GRANTED");
    const { data, errors } = await track(code);
    expect(errors).toBeUndefined();
    expect(data.trackDossier).toMatchObject({ code, state: "COMPLETED", outcome: "GRANTED", overdue: false });
    expect(data.trackDossier.steps).toMatchObject([{ state: "GRANTED" }, { state: "GRANTED" }, { state: "GRANTED" }]);
  });

  test("a person with the receipt is allowed four attempts with wrong digits", async () => {
    const code = await aDossier();
    for (let round = 0; round < 2; round++) {
      expect((await Promise.all(guesses(code, 4))).map(outcome)).toEqual(Array(4).fill("NOT_FOUND"));
      expect((await track(code)).errors).toBeUndefined();
    }
  });
});

describe("a family that tracks at once", () => {
  test("correct attempts at once are all answered, also after four wrong ones", async () => {
    const code = await aDossier();
    await Promise.all(guesses(code, 4));
    const fields = Array.from(
      { length: 12 },
      (_, n) => `a${n}: trackDossier(code: "${code}", phoneLast4: "${right}") { state }`,
    );
    expect((await world.current.ask(null, `{ ${fields.join("\n")} }`)).errors).toBeUndefined();
    const rows = await world.current.sql("one-stop")`select 1 from tracking_attempts where code = ${code}`;
    expect(rows).toEqual([]);
  });
});

describe("whoever guesses", () => {
  let code: string;
  beforeAll(async () => {
    code = await aDossier();
  });

  test("five wrong attempts lock the tracking of a dossier, also for the right digits, and state for how long", async () => {
    for (let attempt = 1; attempt <= 5; attempt++) expect(outcome(await track(code, "0000"))).toBe("NOT_FOUND");
    const { errors, data } = await track(code);
    expect(data).toEqual({ trackDossier: null });
    expect(errors).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
    const seconds = errors?.[0]?.extensions.retryAfterSeconds;
    expect(seconds).toBeGreaterThan(3_500);
    expect(seconds).toBeLessThanOrEqual(3_600);
  });

  test("tracking an unknown code locks in the same way and reveals nothing", async () => {
    const answers = [];
    for (let attempt = 1; attempt <= 6; attempt++) answers.push(await track(nobodys, "0000"));
    expect(answers.map(outcome)).toEqual([...Array(5).fill("NOT_FOUND"), "RATE_LIMITED"]);
    const [first] = (await track(await aDossier(), "0000")).errors ?? [];
    expect(first?.message).toBe(answers[0]?.errors?.[0]?.message);
  });

  test("the lock of the tracking is independent of the business clock", async () => {
    const { demo } = world.current;
    const before = demo.clockOffsetMs();
    demo.setClockOffsetMs(before + 2 * 3_600_000);
    expect(outcome(await track(code))).toBe("RATE_LIMITED");
    demo.setClockOffsetMs(before);
  });

  test("the lock of the tracking ends after an hour by the database's clock", async () => {
    await world.current.sql("one-stop")`
      update tracking_attempts set locked_until = now() - interval '1 second' where code = ${code}`;
    expect(outcome(await track(code, "0000"))).toBe("NOT_FOUND");
    expect((await track(code)).errors).toBeUndefined();
  });

  test("twenty tracking attempts in one document count as twenty", async () => {
    const victim = await aDossier();
    const digits = [...Array.from({ length: 19 }, (_, i) => String(i).padStart(4, "0")), right];
    const fields = digits.map((d, i) => `a${i}: trackDossier(code: "${victim}", phoneLast4: "${d}") { state }`);
    const { errors } = await world.current.ask(null, `{ ${fields.join("\n")} }`);
    const codes = (errors ?? []).map((error) => error.extensions.code);
    expect(codes.filter((each) => each === "RATE_LIMITED").length).toBeGreaterThanOrEqual(14);
    expect(codes.filter((each) => each === "NOT_FOUND").length).toBeLessThanOrEqual(5);
  });
});
