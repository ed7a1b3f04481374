import { describe, expect, it } from "vitest";
import { aBirthRequest, dossierThatIs, readDossier } from "../given.ts";
import {
  acknowledged,
  BIRTH,
  type DossierData,
  INSURANCE,
  inFaultMode,
  isDone,
  partOf,
  RESIDENCE,
  received,
  registered,
  shortBackoff,
  statesOf,
} from "../kit/dossier-outcomes.ts";
import { contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);

const refusal = {
  code: "REFUSED_ON_DEMAND",
  message: expect.stringMatching(/từ chối/),
  legalBasis: expect.stringMatching(/Nghị định/),
};

describe("a refusal", () => {
  it("a refused card leaves birth and residence granted", async () => {
    const code = await inFaultMode(world.current, "HEALTH_INSURANCE", "REFUSES", async () => {
      return (await acknowledged(world.current, aBirthRequest())).code;
    });
    const { dossier } = (await readDossier(world.current, code)).data;
    expect(dossier).toMatchObject({ state: "COMPLETED", outcome: "PARTLY_GRANTED", nationalStatus: 9 });
    expect(statesOf(dossier)).toEqual(["GRANTED", "GRANTED", "REFUSED"]);
    expect(partOf(dossier, INSURANCE)).toMatchObject({ refusal, result: null, completedAt: expect.any(String) });
    expect(await registered(world.current, [code])).toMatchObject({ births: 1, residencies: 1, cards: 0 });
  });

  it("a refused residence leaves birth and card granted", async () => {
    const code = await inFaultMode(world.current, "RESIDENCE", "REFUSES", async () => {
      return (await acknowledged(world.current, aBirthRequest())).code;
    });
    const { dossier } = (await readDossier(world.current, code)).data;
    expect(dossier.outcome).toBe("PARTLY_GRANTED");
    expect(statesOf(dossier)).toEqual(["GRANTED", "REFUSED", "GRANTED"]);
  });

  it("a refused birth cancels the other parts unsent, and the child may be submitted again", async () => {
    const input = aBirthRequest();
    const code = await inFaultMode(world.current, "CIVIL_STATUS", "REFUSES", async () => {
      return (await acknowledged(world.current, input)).code;
    });
    const { dossier } = (await readDossier(world.current, code)).data;
    expect(dossier).toMatchObject({ state: "COMPLETED", outcome: "REFUSED" });
    expect(statesOf(dossier)).toEqual(["REFUSED", "NOT_APPLICABLE", "NOT_APPLICABLE"]);
    expect(partOf(dossier, BIRTH).refusal).toMatchObject(refusal);
    expect(await received(world.current, "civil-status", code)).toHaveLength(1);
    expect(await received(world.current, "residence", code)).toEqual([]);
    expect(await received(world.current, "health-insurance", code)).toEqual([]);
    expect(await acknowledged(world.current, input)).toMatchObject({ outcome: "GRANTED" });
  });

  it("a refused personal number leaves the birth granted, and the history states the reason", async () => {
    const input = aBirthRequest();
    input.mother.fullName = "Lê Thị Tên Khác";
    input.declarant.fullName = input.mother.fullName;
    await world.current.agencies.disconnect("residence"); // or its verdict would stop the request at the desk
    const { code } = await acknowledged(world.current, input, { waitMs: 0 });
    await world.current.agencies.reconnect("residence");
    const dossier = await dossierThatIs(world.current, code, isDone);
    expect(dossier.outcome).toBe("PARTLY_GRANTED");
    expect(statesOf(dossier)).toEqual(["GRANTED", "NOT_APPLICABLE", "NOT_APPLICABLE"]);
    const entry = dossier.history.nodes.find((each: DossierData) => each.state === "REFUSED");
    expect(entry).toMatchObject({ part: null, actor: "RESIDENCE", note: expect.stringMatching(/số định danh.*: ./) });
    expect(await received(world.current, "health-insurance", code)).toEqual([]);
  });
});

describe("a supplement", () => {
  it("a supplement makes the dossier wait for the citizen, with papers and seven working days, while the card continues", async () => {
    const code = await inFaultMode(world.current, "RESIDENCE", "ASKS_FOR_PAPERS", async () => {
      return (await acknowledged(world.current, aBirthRequest())).code;
    });
    const dossier = await dossierThatIs(world.current, code, (d) => statesOf(d)[2] === "GRANTED");
    expect(dossier).toMatchObject({ state: "AWAITING_CITIZEN", nationalStatus: 5, outcome: null });
    expect(statesOf(dossier)).toEqual(["GRANTED", "SUPPLEMENT_NEEDED", "GRANTED"]);
    const { supplement } = partOf(dossier, RESIDENCE);
    expect(supplement.items).toEqual([{ code: "DEMO_PAPER", description: expect.stringMatching(/Bổ sung/) }]);
    expect(supplement.requestedAt <= supplement.dueAt).toBe(true);
    expect(supplement.dueAt).toMatch(/T23:59:59\+07:00$/);
    const tracked = await world.current.ask(null, contract("track-dossier"), { code, phoneLast4: "5678" });
    expect(tracked.data.trackDossier.whatYouMustDo).toEqual([expect.stringMatching(/^Bổ sung: /)]);
  });
});

describe("a result", () => {
  it.each([
    [{ method: "ELECTRONIC", paperCopies: 0 }, "RETURNED", 10],
    [{ method: "ELECTRONIC", paperCopies: 1 }, "COMPLETED", 9],
    [{ method: "DESK", paperCopies: 0 }, "COMPLETED", 9],
  ])("a result handed over as %j is %s", async (handover, state, nationalStatus) => {
    const { code } = await acknowledged(world.current, { ...aBirthRequest(), handover });
    const { dossier } = (await readDossier(world.current, code)).data;
    expect(dossier).toMatchObject({ state, nationalStatus, outcome: "GRANTED", completedAt: expect.any(String) });
  });
});
