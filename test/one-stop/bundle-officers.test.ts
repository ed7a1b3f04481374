import { describe, expect, it } from "vitest";
import { aBirthRequest, dossierThatIs, readDossier } from "../given.ts";
import {
  acknowledged,
  checkOf,
  type DossierData,
  INSURANCE,
  isDone,
  partOf,
  RESIDENCE,
  shortBackoff,
  statesOf,
} from "../kit/dossier-outcomes.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld({
  ...shortBackoff,
  residence: { OFFICER_PROCEDURES: RESIDENCE },
  "health-insurance": { OFFICER_PROCEDURES: INSURANCE },
});

describe("procedures that the configuration gives to officers", () => {
  it("procedures configured for officers are decided by them at any time, and the desk polls until then", async () => {
    const { code, state } = await acknowledged(world.current, aBirthRequest());
    expect(state).toBe("IN_PROGRESS");
    const { dossier } = (await readDossier(world.current, code)).data;
    expect(statesOf(dossier)).toEqual(["GRANTED", "PROCESSING", "PROCESSING"]);
    expect(partOf(dossier, INSURANCE).delivery).toMatchObject({ state: "ACKNOWLEDGED", attempts: 1 });
    expect(dossier.dueAt).toBe("2026-12-01T23:59:59+07:00"); // verified: five working days, 24 November off

    const refusal = {
      code: "NO_CONSENT",
      message: "Chủ hộ không đồng ý",
      messageEn: "No consent",
      legalBasis: "Luật Cư trú",
    };
    const police = world.current.sql("residence");
    await police`update received_parts set state = 'REFUSED', decided_at = now(), refusal = ${police.json(refusal)}
                  where dossier = ${code} and procedure = ${RESIDENCE}`;
    await world.current.sql("health-insurance")`
      update received_parts set state = 'GRANTED', decided_at = now(), facts = '{}', result_type = 'HealthInsuranceCard',
             result_id = gen_random_uuid() where dossier = ${code} and procedure = ${INSURANCE}`;
    const decided = await dossierThatIs(world.current, code, isDone);
    expect(decided).toMatchObject({ state: "COMPLETED", outcome: "PARTLY_GRANTED" });
    expect(statesOf(decided)).toEqual(["GRANTED", "REFUSED", "GRANTED"]);
    expect(partOf(decided, RESIDENCE).refusal).toMatchObject({ code: "NO_CONSENT", legalBasis: "Luật Cư trú" });
    const residence = decided.history.nodes.filter(
      (entry: DossierData) => entry.part?.id === partOf(decided, RESIDENCE).id,
    );
    expect(residence.map((entry: DossierData) => entry.state)).toEqual(["READY", "SENT", "PROCESSING", "REFUSED"]);
    expect(residence.at(-1)).toMatchObject({ actor: "RESIDENCE", note: "Chủ hộ không đồng ý" });
  });

  it("procedures configured for officers extend the group's due day even if their agency could not announce it", async () => {
    await world.current.agencies.disconnect("residence");
    const input = aBirthRequest();
    const { code, dueAt } = await acknowledged(world.current, { ...input, insurance: null }, { waitMs: 0 });
    expect(dueAt).toBe("2026-11-27T23:59:59+07:00");
    await world.current.agencies.reconnect("residence");
    // the dossier is read before its parts: an answer in between may show the part's news first
    const dossier = await dossierThatIs(
      world.current,
      code,
      (d) => statesOf(d)[1] === "PROCESSING" && d.dueAt !== dueAt,
    );
    expect(dossier.dueAt).toBe("2026-12-01T23:59:59+07:00");
  });

  it("an officer's grant that the agency cannot apply is a problem, and the part stays open with its officer", async () => {
    const { code } = await acknowledged(world.current, { ...aBirthRequest(), residence: null });
    const waits = (dossier: DossierData) => partOf(dossier, INSURANCE).state === "PROCESSING";
    const { id } = partOf(await dossierThatIs(world.current, code, waits), INSURANCE);
    const [child] = await world.current.sql("residence")`
      select personal_id as number from persons where dossier = ${code}`;
    await world.current.sql("health-insurance")`
      insert into cards (id, number, personal_id, guardians)
      values (gen_random_uuid(), ${`TE1929000${child?.number.slice(6)}`}, ${child?.number}, '')`;
    const decision = { grant: { facts: {} } };
    const variables = { part: id, decision, idempotencyKey: `not-taken-${process.pid}` };
    const { data } = await world.current.ask({ persona: "insurer" }, contract("decide-part"), variables);
    expect(data.decidePart).toMatchObject({
      problems: [{ code: "DECISION_NOT_TAKEN", path: ["decision"] }],
      part: { state: "PROCESSING" },
    });
  });

  it("procedures configured for officers make a check report the longer terms and no problem", async () => {
    expect(await checkOf(world.current, clerk, aBirthRequest())).toMatchObject({ ready: true, problems: [] });
  });
});
