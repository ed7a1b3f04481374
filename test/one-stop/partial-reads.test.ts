import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest, readDossier } from "../given.ts";
import {
  acknowledged,
  BIRTH,
  type DossierData,
  INSURANCE,
  partOf,
  RESIDENCE,
  shortBackoff,
} from "../kit/dossier-outcomes.ts";
import { type Answer, clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
let code = "";
let personalId = "";
let off: SubgraphName[] = [];

beforeAll(async () => {
  ({ code } = await acknowledged(world.current, aBirthRequest()));
  ({ personalId } = partOf((await readDossier(world.current, code)).data.dossier, BIRTH).result.child);
});
afterEach(async () => {
  await Promise.all(off.map((name) => world.current.agencies.reconnect(name)));
  off = [];
});

async function disconnect(...names: SubgraphName[]): Promise<void> {
  off = names;
  await Promise.all(names.map((name) => world.current.agencies.disconnect(name)));
}
const readCitizen = () => world.current.ask(clerk, contract("citizen"), { personalId });
const missingFieldsOf = ({ errors }: Answer): string[] =>
  (errors ?? [])
    .map(({ path, extensions }: DossierData) => `${extensions.code} ${extensions.agency} ${path?.join(".")}`)
    .sort();

describe("a citizen, as far as the agencies answer", () => {
  it("a citizen read during an outage of health insurance lacks only the card", async () => {
    await disconnect("health-insurance");
    const answer = await readCitizen();
    expect(answer.data.citizen).toMatchObject({
      ...{ personalId, fullName: "Phạm Minh Khôi", healthInsuranceCard: null, landCertificates: [], businesses: [] },
      ...{
        birth: { number: expect.any(String) },
        residency: { relationToHead: "CHILD" },
        dossiers: { nodes: [{ code }] },
      },
    });
    expect(missingFieldsOf(answer)).toEqual(["UNAVAILABLE HEALTH_INSURANCE citizen.healthInsuranceCard"]);
  });

  it("a citizen read during an outage of the population register lacks name, date of birth and household", async () => {
    await disconnect("residence");
    const answer = await readCitizen();
    expect(answer.data.citizen).toMatchObject({
      ...{ personalId, fullName: null, dateOfBirth: null, residency: null },
      ...{ healthInsuranceCard: { number: expect.any(String) }, dossiers: { nodes: [{ code }] } },
    });
    const named = missingFieldsOf(answer);
    for (const field of ["fullName", "dateOfBirth", "residency"])
      expect(named).toContain(`UNAVAILABLE RESIDENCE citizen.${field}`);
    expect(named.every((hole) => hole.startsWith("UNAVAILABLE "))).toBe(true);
  });

  it("a citizen read during an outage of two agencies lacks the data of both, and each is named", async () => {
    await disconnect("civil-status", "land");
    const answer = await readCitizen();
    expect(answer.data.citizen).toMatchObject({ fullName: "Phạm Minh Khôi", birth: null, landCertificates: null });
    expect(missingFieldsOf(answer)).toEqual([
      "UNAVAILABLE CIVIL_STATUS citizen.birth",
      "UNAVAILABLE LAND citizen.landCertificates",
    ]);
  });

  it("a citizen is not returned during an outage of the desk, which decides the rights", async () => {
    await disconnect("one-stop");
    const answer = await readCitizen();
    expect(answer.data).toEqual({ citizen: null });
    expect(missingFieldsOf(answer)).toEqual(["UNAVAILABLE ONE_STOP citizen"]);
  });
});

describe("a dossier, as far as the agencies answer", () => {
  it("a dossier read during an outage of an agency keeps the desk's data and lacks that agency's result", async () => {
    await disconnect("health-insurance");
    const answer = await readDossier(world.current, code);
    const { dossier } = answer.data;
    expect(dossier).toMatchObject({ state: "COMPLETED", outcome: "GRANTED" });
    expect(partOf(dossier, INSURANCE).state).toBe("GRANTED");
    expect(partOf(dossier, BIRTH).result).toMatchObject({ number: expect.any(String) });
    expect(partOf(dossier, RESIDENCE).result).toMatchObject({ relationToHead: "CHILD" });
    expect(partOf(dossier, INSURANCE).result).toMatchObject({ number: null, validFrom: null });
    const holes = missingFieldsOf(answer);
    expect(holes).toContain("UNAVAILABLE HEALTH_INSURANCE dossier.parts.2.result.number");
    expect(holes.every((hole) => hole.startsWith("UNAVAILABLE HEALTH_INSURANCE dossier.parts.2.result."))).toBe(true);
  });

  it("a dossier read during an outage of all agencies has all of the desk's data", async () => {
    await disconnect("civil-status", "residence", "health-insurance");
    const answer = await readDossier(world.current, code);
    const { dossier } = answer.data;
    expect(dossier.parts.map((part: DossierData) => part.state)).toEqual(["GRANTED", "GRANTED", "GRANTED"]);
    expect(dossier.history.nodes.length).toBeGreaterThan(10);
    const agencies = new Set(missingFieldsOf(answer).map((hole) => hole.split(" ")[1]));
    expect([...agencies].sort()).toEqual(["CIVIL_STATUS", "HEALTH_INSURANCE", "RESIDENCE"]);
    const { data, errors } = await world.current.ask(null, contract("track-dossier"), { code, phoneLast4: "5678" });
    expect(errors).toBeUndefined();
    expect(data.trackDossier).toMatchObject({ code, outcome: "GRANTED", steps: [{}, {}, {}] });
  });
});
