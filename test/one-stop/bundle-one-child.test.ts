import { describe, expect, it } from "vitest";
import { aBirthRequest, aFamily, type BirthInput, dossierThatIs, readDossier, submit } from "../given.ts";
import {
  acknowledged,
  BIRTH,
  type DossierData,
  isDone,
  one,
  partOf,
  problemsOf,
  registered,
  settled,
  shortBackoff,
  statesOf,
} from "../kit/dossier-outcomes.ts";
import { clerk, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const neighbour: Persona = { persona: "clerk", commune: "31426" };
const twoTwins = { births: 2, numbers: 2, residencies: 2, cards: 2 };
const TAKEN = ["CHILD_ALREADY_SUBMITTED", "CHILD_ALREADY_REGISTERED"];

async function codesOf(answers: DossierData[]): Promise<string[]> {
  const codes = answers.flatMap((answer) => answer.data.submitBirthBundle.dossier?.code ?? []);
  await settled(world.current, codes);
  return codes;
}

describe("one child", () => {
  it("one child submitted by two desks at once gets one birth, one residence and one card", async () => {
    const input = aBirthRequest();
    const answers = await Promise.all([
      submit(world.current, input, { who: clerk, waitMs: 0 }),
      submit(world.current, { ...input, office: "31426" }, { who: neighbour, waitMs: 0 }),
    ]);
    const [won] = answers.flatMap((answer) => answer.data.submitBirthBundle.dossier ?? []);
    const [lost] = answers.filter((answer) => answer.data.submitBirthBundle.dossier === null);
    expect(TAKEN).toContain(problemsOf(lost)[0]?.code);
    expect(problemsOf(lost)[0]?.names, "another commune's dossier is not theirs to see").toBeNull();
    const winner = answers[0]?.data.submitBirthBundle.dossier ? clerk : neighbour;
    const again = await submit(
      world.current,
      { ...input, office: winner === clerk ? "31471" : "31426" },
      { who: winner },
    );
    expect(problemsOf(again)[0]).toMatchObject({ names: won.code });
    await settled(world.current, [won.code]);
    expect(await registered(world.current, [won.code])).toEqual(one);
  });

  it("one child submitted ten times under different keys gets one dossier", async () => {
    const input = aBirthRequest();
    const answers = await Promise.all(Array.from({ length: 10 }, () => submit(world.current, input, { waitMs: 0 })));
    const codes = await codesOf(answers);
    expect(codes).toHaveLength(1);
    const problems = answers.flatMap(problemsOf);
    expect(problems).toHaveLength(9);
    expect(problems.every(({ code, names }) => TAKEN.includes(code) && names === codes[0])).toBe(true);
    expect(await registered(world.current, codes)).toEqual(one);
  });

  it("a child that civil status finds registered at delivery is refused there, and the other parts are not sent", async () => {
    const family = aFamily();
    const first = await acknowledged(world.current, aBirthRequest(family));
    await world.current.agencies.disconnect("civil-status");
    const again = aBirthRequest(family);
    again.child.multipleBirth = { order: 1, of: 2 };
    const { code } = await acknowledged(world.current, again, { waitMs: 0 });
    await world.current.agencies.reconnect("civil-status");
    const dossier = await dossierThatIs(world.current, code, isDone);
    expect(dossier.outcome).toBe("REFUSED");
    expect(statesOf(dossier)).toEqual(["REFUSED", "NOT_APPLICABLE", "NOT_APPLICABLE"]);
    expect(partOf(dossier, BIRTH).refusal.code).toBe("CHILD_ALREADY_REGISTERED");
    const EARLIER = "query ($code: ID!) { dossier(code: $code) { parts { refusal { existingDossier { code } } } } }";
    const { data } = await world.current.ask(clerk, EARLIER, { code });
    expect(data.dossier.parts[0].refusal.existingDossier).toEqual({ code: first.code });
    const registrar = await world.current.ask({ persona: "registrar" }, EARLIER, { code });
    expect(registrar.data.dossier.parts[0].refusal.existingDossier).toEqual({ code: first.code });
  });

  it("a refusal tells an earlier dossier out of the caller's reach apart from none by an error", async () => {
    const elsewhere = { persona: "clerk", commune: "31426" };
    const family = aFamily();
    const first = await acknowledged(world.current, aBirthRequest(family));
    await world.current.agencies.disconnect("civil-status");
    const again = { ...aBirthRequest(family), office: elsewhere.commune };
    again.child.multipleBirth = { order: 1, of: 2 };
    const { code } = await acknowledged(world.current, again, { waitMs: 0, who: elsewhere });
    await world.current.agencies.reconnect("civil-status");
    const EARLIER =
      "query ($code: ID!) { dossier(code: $code) { outcome parts { refusal { existingDossier { code } } } } }";
    const refused = () => world.current.ask(elsewhere, EARLIER, { code });
    await expect.poll(async () => (await refused()).data.dossier.outcome, { timeout: 30_000 }).toBe("REFUSED");
    const { data, errors } = await refused();
    expect(data.dossier.parts.map(({ refusal }: DossierData) => refusal)).toEqual([
      { existingDossier: null },
      null,
      null,
    ]);
    expect(errors).toMatchObject([
      { path: ["dossier", "parts", 0, "refusal", "existingDossier"], extensions: { code: "NOT_FOUND" } },
    ]);
    expect(JSON.stringify(errors)).not.toContain(first.code);
  });
});

describe("twins", () => {
  async function bothGranted(make: (twin: BirthInput, order: 1 | 2) => void, atOnce: boolean) {
    const family = aFamily();
    const twins = ([1, 2] as const).map((order) => {
      const twin = aBirthRequest(family);
      make(twin, order);
      return twin;
    }) as [BirthInput, BirthInput];
    const send = (twin: BirthInput) => submit(world.current, twin, { waitMs: atOnce ? 0 : 10_000 });
    const answers = atOnce ? await Promise.all(twins.map(send)) : [await send(twins[0]), await send(twins[1])];
    expect(answers.flatMap(problemsOf)).toEqual([]);
    const codes = await codesOf(answers);
    for (const code of codes) expect((await readDossier(world.current, code)).data.dossier.outcome).toBe("GRANTED");
    expect(await registered(world.current, codes)).toEqual(twoTwins);
    const orders = await world.current.sql("civil-status")`
      select birth_order from births where dossier in ${world.current.sql("civil-status")(codes)} order by birth_order`;
    expect(orders.map((row) => row.birth_order)).toEqual([1, 2]);
  }

  const declared = (twin: BirthInput, order: 1 | 2) => {
    twin.child.multipleBirth = { order, of: 2 };
  };

  it("twins that are declared are two births, one after the other", async () => {
    await bothGranted(declared, false);
  });

  it("twins that are declared are two births when both arrive at once", async () => {
    await bothGranted(declared, true);
  });

  it("of two children of one day that are not declared as twins, an officer decides about the second", async () => {
    const family = aFamily();
    const inputs = [aBirthRequest(family), aBirthRequest(family)];
    const answers = await Promise.all(inputs.map((input) => submit(world.current, input, { waitMs: 0 })));
    expect(answers.flatMap(problemsOf)).toEqual([]);
    const codes = answers.flatMap((answer) => answer.data.submitBirthBundle.dossier?.code ?? []);
    const isKnown = (dossier: DossierData) => ["GRANTED", "PROCESSING"].includes(partOf(dossier, BIRTH).state);
    const dossiers = await Promise.all(codes.map((code) => dossierThatIs(world.current, code, isKnown)));
    expect(dossiers.map((dossier) => partOf(dossier, BIRTH).state).sort()).toEqual(["GRANTED", "PROCESSING"]);
    expect(await registered(world.current, codes)).toMatchObject({ births: 1 });
  });

  it("twins with a declared order are two births, even if the second arrives first", async () => {
    await bothGranted((twin, order) => {
      twin.child.multipleBirth = { order: order === 1 ? 2 : 1, of: 2 };
    }, true);
  });

  it("twins declared with the same order are one child", async () => {
    const family = aFamily();
    const twin = () => {
      const input = aBirthRequest(family);
      input.child.multipleBirth = { order: 2, of: 2 };
      return input;
    };
    const { code } = await acknowledged(world.current, twin());
    expect(problemsOf(await submit(world.current, twin()))).toMatchObject([
      { code: "CHILD_ALREADY_REGISTERED", names: code },
    ]);
  });
});

describe("a child without a birth notice", () => {
  function withoutNotice(family = aFamily()): BirthInput {
    const input = aBirthRequest(family);
    input.child.birthNotice = null;
    input.child.withoutNotice = { kind: "WITNESS", text: "Bà Nguyễn Thị Mẫu chứng kiến việc sinh tại nhà" };
    return input;
  }

  it("a child without a birth notice waits for an officer, with the longer term of the group", async () => {
    const { code, dueAt } = await acknowledged(world.current, withoutNotice());
    const { data } = await readDossier(world.current, code);
    expect(data.dossier).toMatchObject({ state: "IN_PROGRESS", outcome: null });
    expect(statesOf(data.dossier)).toEqual(["PROCESSING", "BLOCKED", "BLOCKED"]);
    const withNotice = await acknowledged(world.current, aBirthRequest());
    expect(dueAt > withNotice.dueAt).toBe(true);
  });

  it("a child without a birth notice counts as one child for the desks while the officer decides", async () => {
    const family = aFamily();
    const { code } = await acknowledged(world.current, withoutNotice(family));
    expect(problemsOf(await submit(world.current, withoutNotice(family)))).toEqual([
      { code: "CHILD_ALREADY_SUBMITTED", path: ["child"], names: code },
    ]);
    const other = withoutNotice(family);
    other.child.dateOfBirth = "2026-11-10";
    expect(problemsOf(await submit(world.current, other, { waitMs: 0 }))).toEqual([]);
  });

  it("a child registered by its notice is not registered again without one", async () => {
    const family = aFamily();
    const { code } = await acknowledged(world.current, aBirthRequest(family));
    const answer = await submit(world.current, withoutNotice(family));
    expect(problemsOf(answer)).toMatchObject([{ code: "CHILD_ALREADY_REGISTERED", names: code }]);
  });
});
