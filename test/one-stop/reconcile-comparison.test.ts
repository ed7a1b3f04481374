import { describe, expect, it } from "vitest";
import { factsOfGrant } from "../../subgraphs/one-stop/reconciliation/redelivery.ts";
import { aBirthRequest } from "../given.ts";
import { acknowledged } from "../kit/dossier-outcomes.ts";
import { sharedWorld } from "../world.ts";
import { aGrantedDossier, asSuperuser, findingLines, reconciled, stepsOf } from "./reconciliation.ts";

const world = sharedWorld();

describe("two that contradict each other", () => {
  it("a part granted at the agency and refused at the desk is left to a person", async () => {
    const { code, step } = await aGrantedDossier(world.current);
    const refuse = `update received_parts set state = 'REFUSED', result_id = null where part_id = $1`;
    await asSuperuser(world.current, "health-insurance", [refuse], [step("INSURANCE").id]);
    const { found, code: exit } = await reconciled(world.current, { dossier: code });
    expect(found).toMatchObject([{ kind: "CONFLICT", atOneStop: "GRANTED", atAgency: "REFUSED", outcome: "PERSON" }]);
    expect(exit).toBe(1);
  });

  it("a part agrees again when only the register's entry differs", async () => {
    const { code, step } = await aGrantedDossier(world.current);
    const other = "01890000-0000-7000-8000-000000000001";
    const rename = `update received_parts set result_id = '${other}' where part_id = $1`;
    await asSuperuser(world.current, "residence", [rename], [step("RESIDENCE").id]);
    expect(findingLines((await reconciled(world.current, { dossier: code })).found)).toEqual([
      "RESIDENCE RESULT_DIFFERS RESUMED",
    ]);
    expect((await stepsOf(world.current, code)).step("RESIDENCE").resultId).toBe(other);
  });
});

describe("a dossier whose work has not begun", () => {
  it("a dossier whose applicant has not answered the draft certificate is no difference", async () => {
    const { code } = await acknowledged(world.current, { ...aBirthRequest(), channel: "ONLINE" });
    const { found, code: exit } = await reconciled(world.current, { dossier: code });
    expect([found, exit]).toEqual([[], 0]);
  });
});

describe("an agency that does not answer", () => {
  it("an agency that does not respond is named, the others are compared, and the comparison counts as incomplete", async () => {
    const { code } = await aGrantedDossier(world.current);
    await world.current.agencies.disconnect("residence");
    const { done, code: exit } = await reconciled(world.current, { dossier: code });
    await world.current.agencies.reconnect("residence");
    expect(done.unresponsive).toMatchObject([{ agency: "RESIDENCE", parts: 2 }]);
    expect(exit).toBe(2);
  });
});

describe("a grant that is entered again", () => {
  it("a grant has the day of its entry, not the later one on which the desk heard of it", () => {
    const facts = { number: "1/2026", registeredOn: "2026-11-20" };
    const completedAt = "2026-11-23T09:00:00+07:00";
    expect(factsOfGrant({ facts, completedAt })).toEqual({ ...facts, on: "2026-11-20" });
    expect(factsOfGrant({ facts: {}, completedAt })).toEqual({ on: "2026-11-23" });
  });
});

describe("a range", () => {
  it("a range of the reconciliation contains the dossiers recorded in it", async () => {
    const until = new Date();
    await aGrantedDossier(world.current);
    const { done } = await reconciled(world.current, { since: until });
    expect(done).toMatchObject({ total: 1, dossiers: 1, received: 5 });
    expect((await reconciled(world.current, { until: new Date(0) })).done).toMatchObject({ total: 0, received: 0 });
  });
});
