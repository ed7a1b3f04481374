import { describe, expect, it } from "vitest";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest, dossierThatIs, readDossier, submit } from "../given.ts";
import {
  acknowledged,
  BIRTH,
  type DossierData,
  INSURANCE,
  inFaultMode,
  isDone,
  one,
  partOf,
  problemsOf,
  registered,
  shortBackoff,
  statesOf,
} from "../kit/dossier-outcomes.ts";
import { sharedWorld } from "../world.ts";
import { birthDefinition } from "./birth-definition.ts";

const world = sharedWorld(shortBackoff);
const decisive = [...new Set(birthDefinition("2026-11-23").steps.map(({ agency }) => agency))];
const triedAgain = (part: DossierData) => part.delivery.attempts > 1 && part.delivery.nextAttemptAt !== null;

async function whileUnplugged(names: SubgraphName[], story: () => Promise<string>): Promise<string> {
  const { agencies } = world.current;
  await Promise.all(names.map((name) => agencies.disconnect(name)));
  try {
    return await story();
  } finally {
    await Promise.all(names.map((name) => agencies.reconnect(name)));
  }
}

async function completes(code: string): Promise<void> {
  const dossier = await dossierThatIs(world.current, code, isDone);
  expect(dossier).toMatchObject({ state: "COMPLETED", outcome: "GRANTED" });
  expect(statesOf(dossier)).toEqual(["GRANTED", "GRANTED", "GRANTED"]);
  expect(await registered(world.current, [code])).toEqual(one);
}

describe("an agency off the network", () => {
  it("an outage of health insurance delays only its own part", async () => {
    const code = await whileUnplugged(["health-insurance"], async () => {
      const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
      const waits = (d: DossierData) => statesOf(d)[1] === "GRANTED" && triedAgain(partOf(d, INSURANCE));
      const dossier = await dossierThatIs(world.current, code, waits);
      expect(dossier).toMatchObject({ state: "IN_PROGRESS", outcome: null, completedAt: null });
      expect(["READY", "SENT"]).toContain(partOf(dossier, INSURANCE).state);
      expect(partOf(dossier, INSURANCE).refusal).toBeNull();
      return code;
    });
    await completes(code);
  });

  it("an outage of residence delays the parts that need the personal number", async () => {
    const code = await whileUnplugged(["residence"], async () => {
      const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
      const dossier = await dossierThatIs(world.current, code, (d) => statesOf(d)[0] === "GRANTED");
      expect(statesOf(dossier)).toEqual(["GRANTED", "BLOCKED", "BLOCKED"]);
      return code;
    });
    await completes(code);
  });

  it("an outage of civil status delays every part", async () => {
    const code = await whileUnplugged(["civil-status"], async () => {
      const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
      const dossier = await dossierThatIs(world.current, code, (d) => triedAgain(partOf(d, BIRTH)));
      expect(["READY", "SENT"]).toContain(statesOf(dossier)[0]);
      expect(statesOf(dossier).slice(1)).toEqual(["BLOCKED", "BLOCKED"]);
      return code;
    });
    await completes(code);
  });

  it("an outage of all agencies loses nothing", async () => {
    const code = await whileUnplugged(
      subgraphs.flatMap(({ name }) => (name === "one-stop" ? [] : name)),
      async () => {
        const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
        return code;
      },
    );
    await completes(code);
  });
});

describe("an agency that works and loses its answers", () => {
  it.each(decisive)("an agency whose responses are lost does its work once: %s", async (agency) => {
    const code = await inFaultMode(world.current, agency, "LOSES_ANSWERS", async () => {
      const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 700 });
      const { dossier } = (await readDossier(world.current, code)).data;
      expect(dossier.outcome).toBeNull();
      expect(statesOf(dossier)).not.toContain("REFUSED");
      if (agency === "CIVIL_STATUS") expect(partOf(dossier, BIRTH).delivery.state).toBe("UNKNOWN");
      return code;
    });
    await completes(code);
  });
});

describe("slow agencies", () => {
  it("a submission skips the checks of slow agencies, which still decide afterwards", async () => {
    const input = aBirthRequest();
    if (input.insurance) input.insurance.facility = "99999"; // an answer in time would say so
    for (const agency of decisive) world.current.demo.setFaultMode(agency, "SLOW");
    const { code } = await acknowledged(world.current, input, { waitMs: 0 });
    const dossier = await dossierThatIs(world.current, code, isDone);
    expect(dossier.outcome).toBe("PARTLY_GRANTED");
    expect(statesOf(dossier)).toEqual(["GRANTED", "GRANTED", "REFUSED"]);
    expect(partOf(dossier, INSURANCE).refusal.code).toBe("FACILITY_UNKNOWN");
    for (const agency of decisive) world.current.demo.setFaultMode(agency, "UP");
    expect(problemsOf(await submit(world.current, { ...aBirthRequest(), insurance: input.insurance }))).toMatchObject([
      { code: "FACILITY_UNKNOWN", path: ["insurance", "facility"] },
    ]);
  });
});
