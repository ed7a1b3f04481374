import { describe, expect, it } from "vitest";
import { aBirthRequest, dossierThatIs, readDossier } from "../given.ts";
import { acknowledged, type DossierData, isDone, shortBackoff } from "../kit/dossier-outcomes.ts";
import { clerk, sharedWorld } from "../world.ts";
import { answer, decide, submitted } from "./legal-clock/stories.ts";

const world = sharedWorld(shortBackoff);
const PAGE = `query ($code: ID!, $first: Int!, $after: String) { dossier(code: $code) {
  history(first: $first, after: $after) { nodes { at state actor note part { procedure { code } } } pageInfo { hasNextPage endCursor } } } }`;

async function historyOf(code: string, first: number): Promise<DossierData[]> {
  const entries: DossierData[] = [];
  for (let after: string | null = null; ; ) {
    const { data } = await world.current.ask(clerk, PAGE, { code, first, after });
    const { nodes, pageInfo } = data.dossier.history;
    entries.push(...nodes);
    if (!pageInfo.hasNextPage) return entries;
    after = pageInfo.endCursor;
  }
}
const line = ({ state, actor, note, part }: DossierData) => `${part?.procedure.code ?? note ?? "-"} ${state} ${actor}`;

describe("the history of a dossier", () => {
  it("the history of a dossier lists who did what in order, including the personal number, which is no part", async () => {
    const { code } = await acknowledged(world.current, aBirthRequest());
    const lines = (await historyOf(code, 50)).map(line);
    expect(lines.slice(0, 5)).toEqual([
      "- RECEIVED clerk",
      "1.001193 READY clerk",
      "1.001193 SENT clerk",
      "- IN_PROGRESS clerk",
      "1.001193 GRANTED CIVIL_STATUS",
    ]);
    const number = lines.filter((each) => each.startsWith("Cấp số định danh cá nhân"));
    expect(number.map((each) => each.slice(25))).toEqual(["READY ONE_STOP", "SENT ONE_STOP", "GRANTED RESIDENCE"]);
    const at = (entry: string) => lines.indexOf(entry);
    expect(at("1.004222 READY ONE_STOP")).toBeGreaterThan(at("Cấp số định danh cá nhân GRANTED RESIDENCE"));
    expect(at("1.014137 GRANTED HEALTH_INSURANCE")).toBeGreaterThan(at("1.014137 SENT ONE_STOP"));
    expect(lines.at(-1)).toBe("- COMPLETED ONE_STOP");
    expect(new Set(lines).size).toBe(lines.length);
  });

  it("the history of a dossier names the step and the officer who acted, also where an agency carried the decision out", async () => {
    const ACTED = `query ($code: ID!) { dossier(code: $code) { history { nodes { state step officer { id name } } } } }`;
    const acted = async (code: string): Promise<string[]> => {
      const { data } = await world.current.ask(clerk, ACTED, { code });
      return data.dossier.history.nodes.map((each: DossierData) => `${each.state} ${each.officer?.id ?? "-"}`);
    };
    const { code: single, parts } = await submitted(world.current, "1.000894");
    const items = [{ code: "PAPER", text: "Bổ sung giấy tờ", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }];
    await decide(world.current, parts[0].id, { supplement: { items } });
    await answer(world.current, single, "PAPER");
    await decide(world.current, parts[0].id, { grant: { facts: {} } });
    const officers = await acted(single);
    expect(officers[0]).toBe("RECEIVED demo:clerk:31471");
    expect(officers).toContain("SUPPLEMENT_NEEDED demo:registrar:31471");
    expect(officers).toContain("GRANTED demo:registrar:31471");
    expect(officers.filter((each) => each.startsWith("PROCESSING"))).toEqual(
      Array.from({ length: 2 }, () => "PROCESSING demo:clerk:31471"),
    );

    const atHome = aBirthRequest();
    Object.assign(atHome.child, { birthNotice: null, withoutNotice: { kind: "WITNESS", text: "Có người làm chứng" } });
    const { code } = await acknowledged(world.current, atHome);
    const waiting = await dossierThatIs(world.current, code, (each) => each.parts[0].state === "PROCESSING");
    await decide(world.current, waiting.parts[0].id, { grant: { facts: {} } });
    await dossierThatIs(world.current, code, isDone);
    expect((await acted(code)).filter((each) => /^GRANTED|^COMPLETED/.test(each)).toSorted()).toEqual([
      "COMPLETED -",
      ...Array.from({ length: 4 }, () => "GRANTED -"),
      "GRANTED demo:registrar:31471",
    ]);
    const { data } = await world.current.ask(clerk, ACTED, { code });
    const steps = data.dossier.history.nodes.map(({ step }: DossierData) => step);
    expect(steps).toEqual(expect.arrayContaining([null, "Thủ tục đăng ký khai sinh", "Cấp số định danh cá nhân"]));
  });

  it("the history of a dossier is the same in pages of three", async () => {
    const { code } = await acknowledged(world.current, aBirthRequest());
    const whole = await historyOf(code, 50);
    expect(await historyOf(code, 3)).toEqual(whole);
    const times = whole.map((entry) => entry.at);
    expect(times).toEqual([...times].sort());
    const { history } = (await readDossier(world.current, code)).data.dossier;
    expect(history.nodes).toHaveLength(whole.length);
  });

  it("the history of a dossier stays short through an outage with many attempts", async () => {
    await world.current.agencies.disconnect("health-insurance");
    const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 2_000 });
    await dossierThatIs(world.current, code, ({ parts }) => parts[2].delivery.attempts > 5);
    const card = (await historyOf(code, 50)).map(line).filter((each) => each.startsWith("1.014137"));
    expect(card.length).toBeLessThanOrEqual(4);
    await world.current.agencies.reconnect("health-insurance");
  });
});
