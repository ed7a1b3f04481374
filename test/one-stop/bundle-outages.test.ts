import { describe, expect, it } from "vitest";
import type { AgencyCode, SubgraphName } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest, dossierThatIs, readDossier, submit } from "../given.ts";
import {
  acknowledged,
  BIRTH,
  INSURANCE,
  impatient,
  inMood,
  isDone,
  one,
  partOf,
  problemsOf,
  registered,
  type Shown,
  statesOf,
} from "../kit/dossier-outcomes.ts";
import { sharedWorld } from "../world.ts";

const world = sharedWorld(impatient);
const deciding: SubgraphName[] = ["civil-status", "residence", "health-insurance"];
const triedAgain = (part: Shown) => part.delivery.attempts > 1 && part.delivery.nextAttemptAt !== null;

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
  it("holds up its own part only: health insurance", async () => {
    const code = await whileUnplugged(["health-insurance"], async () => {
      const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
      const waits = (d: Shown) => statesOf(d)[1] === "GRANTED" && triedAgain(partOf(d, INSURANCE));
      const dossier = await dossierThatIs(world.current, code, waits);
      expect(dossier).toMatchObject({ state: "IN_PROGRESS", outcome: null, completedAt: null });
      expect(["READY", "SENT"]).toContain(partOf(dossier, INSURANCE).state);
      expect(partOf(dossier, INSURANCE).refusal).toBeNull();
      return code;
    });
    await completes(code);
  });

  it("holds up what waits for it: residence, who issues the number", async () => {
    const code = await whileUnplugged(["residence"], async () => {
      const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
      const dossier = await dossierThatIs(world.current, code, (d) => statesOf(d)[0] === "GRANTED");
      expect(statesOf(dossier)).toEqual(["GRANTED", "BLOCKED", "BLOCKED"]);
      return code;
    });
    await completes(code);
  });

  it("holds up everything: civil status", async () => {
    const code = await whileUnplugged(["civil-status"], async () => {
      const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
      const dossier = await dossierThatIs(world.current, code, (d) => triedAgain(partOf(d, BIRTH)));
      expect(["READY", "SENT"]).toContain(statesOf(dossier)[0]);
      expect(statesOf(dossier).slice(1)).toEqual(["BLOCKED", "BLOCKED"]);
      return code;
    });
    await completes(code);
  });

  it("loses nothing together with all others", async () => {
    const code = await whileUnplugged([...deciding, "land", "business"], async () => {
      const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
      return code;
    });
    await completes(code);
  });
});

describe("an agency that works and loses its answers", () => {
  it.each<AgencyCode>(["CIVIL_STATUS", "RESIDENCE", "HEALTH_INSURANCE"])("%s does everything once", async (agency) => {
    const code = await inMood(world.current, agency, "LOSES_ANSWERS", async () => {
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
  it("are not waited for by a submission, which skips their verdicts, and decide all the same", async () => {
    const input = aBirthRequest();
    if (input.insurance) input.insurance.facility = "99999"; // an answer in time would say so
    for (const agency of ["CIVIL_STATUS", "RESIDENCE", "HEALTH_INSURANCE"] as const)
      world.current.demo.setMood(agency, "SLOW");
    const { code } = await acknowledged(world.current, input, { waitMs: 0 });
    const dossier = await dossierThatIs(world.current, code, isDone);
    expect(dossier.outcome).toBe("PARTLY_GRANTED");
    expect(statesOf(dossier)).toEqual(["GRANTED", "GRANTED", "REFUSED"]);
    expect(partOf(dossier, INSURANCE).refusal.code).toBe("FACILITY_UNKNOWN");
    for (const agency of ["CIVIL_STATUS", "RESIDENCE", "HEALTH_INSURANCE"] as const)
      world.current.demo.setMood(agency, "UP");
    expect(problemsOf(await submit(world.current, { ...aBirthRequest(), insurance: input.insurance }))).toMatchObject([
      { code: "FACILITY_UNKNOWN", path: ["insurance", "facility"] },
    ]);
  });
});
