import { afterEach, describe, expect, it } from "vitest";
import { BIRTH_VERSIONS } from "../../subgraphs/one-stop/bundles/birth/birth-versions.ts";
import { bundle } from "../../subgraphs/one-stop/bundles/birth/bundle.ts";
import type { DossierDefinition } from "../../subgraphs/one-stop/definitions/definition.ts";
import { aBirthNotice, aBirthRequest, type BirthInput, dossierThatIs, readDossier, submit } from "../given.ts";
import {
  acknowledged,
  INSURANCE,
  isDone,
  partOf,
  problemsOf,
  RESIDENCE,
  setClock,
  shortBackoff,
} from "../kit/dossier-outcomes.ts";
import { sharedWorld, TODAY } from "../world.ts";

const world = sharedWorld(shortBackoff);
afterEach(() => setClock(world.current, TODAY));

function bornOn(dateOfBirth: string): BirthInput {
  const input = aBirthRequest();
  input.child.dateOfBirth = dateOfBirth;
  input.child.birthNotice = aBirthNotice().replace(/26$/, dateOfBirth.slice(2, 4));
  return input;
}

describe("the day of receipt decides the regime", () => {
  it.each([
    ["2024-06-28T09:00:00+07:00", "2024-06-20", "2.000986", "2024-07-26"],
    ["2026-02-13T16:10:00+07:00", "2026-02-10", "2.002621", "2026-02-26"],
    ["2026-09-03T09:00:00+07:00", "2026-08-28", "3.000722", "2026-09-08"],
  ])("a request received at %s falls under the regime of that day", async (at, birthday, bundle, due) => {
    setClock(world.current, at);
    const { code } = await acknowledged(world.current, bornOn(birthday));
    const { dossier } = (await readDossier(world.current, code)).data;
    expect(dossier.bundle.code).toBe(bundle);
    expect(dossier.dueAt).toBe(`${due}T23:59:59+07:00`);
    expect(dossier.receivedAt.slice(0, 16)).toBe(at.slice(0, 16));
    expect(dossier.receivedAt).toMatch(/\+07:00$/);
    expect(dossier.code).toContain(`-${at.slice(2, 10).replaceAll("-", "")}-`);
    expect(dossier.outcome).toBe("GRANTED");
  });
});

describe("the due day of a part", () => {
  it("the due day of a part follows the 15:00 rule, planned and released alike", async () => {
    setClock(world.current, "2026-02-13T16:10:00+07:00");
    const { code, parts } = await acknowledged(world.current, bornOn("2026-02-10"));
    const due = parts.map((part: { dueAt: string }) => part.dueAt.slice(0, 10));
    expect(due).toEqual(["2026-02-23", "2026-02-25", "2026-02-25"]);
    expect((await readDossier(world.current, code)).data.dossier.outcome).toBe("GRANTED");
  });

  it("the due day of a part is planned while the part is blocked and counted again from its release", async () => {
    setClock(world.current, "2026-11-02T09:00:00+07:00");
    await world.current.agencies.disconnect("civil-status");
    const { code, parts } = await acknowledged(world.current, bornOn("2026-10-30"), { waitMs: 0 });
    const planned = parts.map((part: { state: string; dueAt: string }) => [part.state, part.dueAt]);
    expect(planned[0]?.[1]).toBe("2026-11-02T23:59:59+07:00");
    expect(planned.slice(1)).toEqual([
      ["BLOCKED", "2026-11-04T23:59:59+07:00"],
      ["BLOCKED", "2026-11-04T23:59:59+07:00"],
    ]);
    setClock(world.current, "2026-11-09T09:00:00+07:00");
    await world.current.agencies.reconnect("civil-status");
    const dossier = await dossierThatIs(world.current, code, isDone);
    expect(partOf(dossier, RESIDENCE).dueAt).toBe("2026-11-11T23:59:59+07:00");
    expect(partOf(dossier, INSURANCE).dueAt).toBe("2026-11-11T23:59:59+07:00");
    expect(dossier.dueAt).toBe("2026-11-05T23:59:59+07:00"); // the promise to the citizen stands
  });
});

describe("the law's clock", () => {
  it("the business clock makes an open dossier overdue, never a completed one, and affects no lease", async () => {
    const completed = await acknowledged(world.current, aBirthRequest());
    await world.current.agencies.disconnect("health-insurance");
    const open = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
    setClock(world.current, "2027-11-25T09:00:00+07:00");
    const late = async (code: string) => (await readDossier(world.current, code)).data.dossier.overdue;
    expect([await late(completed.code), await late(open.code)]).toEqual([false, true]);
    await world.current.agencies.reconnect("health-insurance");
    const dossier = await dossierThatIs(world.current, open.code, isDone);
    expect(dossier).toMatchObject({ overdue: false, outcome: "GRANTED" });
    expect(dossier.completedAt).toMatch(/^2027-11-25T09/);
    const sql = world.current.sql("one-stop");
    const far = await sql`select 1 from steps where greatest(lease_until, next_attempt_at) > now() + interval '1 hour'`;
    expect(far).toHaveLength(0);
  });

  it("the business clock determines the age of children", async () => {
    const input = aBirthRequest();
    setClock(world.current, "2032-11-17T09:00:00+07:00");
    expect(problemsOf(await submit(world.current, input))).toContainEqual({
      ...{ code: "CHILD_TOO_OLD", path: ["child", "dateOfBirth"], names: null },
    });
    setClock(world.current, "2026-11-10T09:00:00+07:00");
    expect(problemsOf(await submit(world.current, input))).toContainEqual({
      ...{ code: "DATE_IN_FUTURE", path: ["child", "dateOfBirth"], names: null },
    });
  });
});

describe("a dossier begun before an upgrade", () => {
  it("a dossier begun before an upgrade finishes under its pinned definition, and new dossiers use the new one", async () => {
    await world.current.agencies.disconnect("civil-status");
    const before = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
    const latest = BIRTH_VERSIONS.at(-1) as DossierDefinition;
    const next: DossierDefinition = {
      ...latest,
      version: Math.max(...bundle.versions.map(({ version }) => version)) + 1,
      code: "3.009999",
      validFrom: "2026-11-01",
      // a release in which the card waits for the residence
      steps: latest.steps.map((step) => (step.key === "INSURANCE" ? { ...step, dependsOn: ["RESIDENCE"] } : step)),
    };
    const lists = [BIRTH_VERSIONS, bundle.versions] as DossierDefinition[][];
    for (const list of lists) list.push(next);
    try {
      const after = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
      await world.current.agencies.reconnect("civil-status");
      const old = await dossierThatIs(world.current, before.code, isDone);
      const fresh = await dossierThatIs(world.current, after.code, isDone);
      expect([old, fresh].map((d) => [d.outcome, d.bundle.code])).toEqual([
        ["GRANTED", "3.000722"],
        ["GRANTED", "3.009999"],
      ]);
      expect(partOf(old, INSURANCE).dependsOn).toEqual([{ id: old.parts[0].id }]);
      expect(partOf(fresh, INSURANCE).dependsOn).toEqual([{ id: partOf(fresh, RESIDENCE).id }]);
    } finally {
      for (const list of lists) list.pop();
    }
  });

  it("a dossier begun before an upgrade finishes during another regime", async () => {
    setClock(world.current, "2026-08-31T09:00:00+07:00");
    await world.current.agencies.disconnect("residence");
    const { code } = await acknowledged(world.current, bornOn("2026-08-20"), { waitMs: 0 });
    setClock(world.current, "2026-09-03T09:00:00+07:00");
    await world.current.agencies.reconnect("residence");
    const dossier = await dossierThatIs(world.current, code, isDone);
    expect(dossier).toMatchObject({ outcome: "GRANTED", bundle: { code: "2.002621" } });
  });
});
