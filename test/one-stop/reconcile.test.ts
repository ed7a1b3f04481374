import { describe, expect, it } from "vitest";
import { facilitiesOf } from "../../subgraphs/_shared/reference/sample-facilities.ts";
import { aBirthRequest, aFamily, dossierThatIs, readDossier, submit } from "../given.ts";
import { NEW_COMMUNE } from "../kit/moves.ts";
import { acceptedForm, grantedForm } from "../kit/single-dossiers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";
import { aGrantedDossier, asSuperuser, findingLines, forget, keptPart, reconciled, stepsOf } from "./reconciliation.ts";

const world = sharedWorld();

describe("a system in which nothing was restored", () => {
  it("a system without a restored backup has no differences, whatever state its dossiers are in", async () => {
    await aGrantedDossier(world.current);
    await world.current.agencies.disconnect("health-insurance");
    const { data } = await submit(world.current, aBirthRequest(), { waitMs: 500 });
    await world.current.agencies.reconnect("health-insurance");
    await dossierThatIs(world.current, data.submitBirthBundle.dossier.code, ({ state }) => state === "COMPLETED");
    const { found, done, code } = await reconciled(world.current);
    expect({ found, code }).toEqual({ found: [], code: 0 });
    expect(done).toMatchObject({ dossiers: 2, total: 2, steps: 10, received: 10, unresponsive: [] });
  });
});

describe("a dossier that officers decide in the desk's work list", () => {
  it("a dossier that officers decide has no differences, since its agency does not have its part", async () => {
    const input = {
      ...{ procedure: "1.004837", office: "31471", channel: "DESK", papers: [], handover: { method: "DESK" } },
      form: { subject: "Đề nghị giải quyết thủ tục", purpose: "Để hoàn thiện hồ sơ cá nhân" },
      declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
    };
    const submission = { input, idempotencyKey: "reconcile-officers", waitMs: 0 };
    const { data } = await world.current.ask(clerk, contract("submit-dossier"), submission);
    const { code, parts } = data.submitDossier.dossier;
    await dossierThatIs(world.current, code, ({ parts: [part] }) => part.state === "PROCESSING");
    expect((await reconciled(world.current, { dossier: code })).found).toEqual([]);
    const decision = { grant: { facts: { number: "01/2026" } } };
    const variables = { part: parts[0].id, decision, idempotencyKey: "reconcile-grant" };
    await world.current.ask({ persona: "registrar" }, contract("decide-part"), variables);
    await dossierThatIs(world.current, code, ({ outcome }) => outcome === "GRANTED");
    expect((await reconciled(world.current, { dossier: code })).found).toEqual([]);
  });
});

describe("an agency that was restored from an older backup", () => {
  it("a restored civil status gets the birth and the number's notice again, for the same child, number and day", async () => {
    const { code, step } = await aGrantedDossier(world.current);
    await forget(world.current, "civil-status", code);
    const { found, code: exit } = await reconciled(world.current, { dossier: code });
    expect(findingLines(found)).toEqual(["BIRTH MISSING_AT_AGENCY RESUMED", "NUMBER_NOTICE MISSING_AT_AGENCY RESUMED"]);
    expect(exit).toBe(0);
    const birth = await keptPart(world.current, "CIVIL_STATUS", step("BIRTH").id);
    expect(birth).toMatchObject({ state: "GRANTED", facts: step("BIRTH").facts });
    expect(birth?.result_id).not.toBe(step("BIRTH").resultId);
    expect((await stepsOf(world.current, code)).step("BIRTH").resultId).toBe(birth?.result_id);
    expect((await reconciled(world.current, { dossier: code })).found).toEqual([]);
  });

  it("a restored civil status gives the next birth of the commune the number after the highest", async () => {
    const [first, second] = [await aGrantedDossier(world.current), await aGrantedDossier(world.current)];
    for (const { code } of [first, second]) await forget(world.current, "civil-status", code);
    const back = "update birth_counters set last = last - 2 where commune = '31471' and last > $1::int and last > 2";
    await asSuperuser(world.current, "civil-status", [back], ["1"]);
    await reconciled(world.current, { dossier: second.code });
    await reconciled(world.current, { dossier: first.code });
    const third = await aGrantedDossier(world.current);
    const numberOf = ({ step }: typeof first) =>
      Number.parseInt((step("BIRTH").facts as { number: string }).number, 10);
    expect(numberOf(third)).toBe(numberOf(second) + 1);
  });

  it("a restored residence agency gets number and residence again, and the child keeps its personal number", async () => {
    const { code, step } = await aGrantedDossier(world.current);
    await forget(world.current, "residence", code);
    const { found, code: exit } = await reconciled(world.current, { dossier: code });
    expect(findingLines(found)).toEqual([
      "PERSONAL_NUMBER MISSING_AT_AGENCY RESUMED",
      "RESIDENCE MISSING_AT_AGENCY RESUMED",
    ]);
    expect(exit).toBe(0);
    expect(await keptPart(world.current, "RESIDENCE", step("PERSONAL_NUMBER").id)).toMatchObject({
      facts: step("PERSONAL_NUMBER").facts,
    });
    const { data } = await readDossier(world.current, code);
    expect(data.dossier.parts[1].result).toMatchObject({ __typename: "Residency", relationToHead: "CHILD" });
    expect(data.dossier.history.nodes.at(-1).note).toContain("khôi phục");
  });

  it("a restored health insurance gets the card again under the same number", async () => {
    const { code, step } = await aGrantedDossier(world.current);
    await forget(world.current, "health-insurance", code);
    const { found } = await reconciled(world.current, { dossier: code });
    expect(findingLines(found)).toEqual(["INSURANCE MISSING_AT_AGENCY RESUMED"]);
    const { data } = await readDossier(world.current, code);
    expect(data.dossier.parts[2].result.number).toBe((step("INSURANCE").facts as { number: string }).number);
  });

  it("a restored agency gets two changes of one card again in the order of their days, although the later day was received first", async () => {
    const since = new Date();
    const { fullName, dateOfBirth, personalId } = aFamily().mother;
    const insured = { fullName, dateOfBirth, personalId };
    const granted = async (facility: string | undefined) => {
      const form = {
        insured,
        paper: "CARD",
        request: "FACILITY",
        facility,
        reason: "MOVE",
        details: "Chuyển nơi cư trú",
      };
      const code = await acceptedForm(world.current, "1.002759", form);
      await grantedForm(world.current, code, { persona: "insurer" });
      return code;
    };
    const [there, elsewhere] = [NEW_COMMUNE, "00008"].map((commune) => facilitiesOf(commune)[0]?.code);
    const [first, second] = [await granted(there), await granted(elsewhere)];
    await asSuperuser(
      world.current,
      "one-stop",
      [
        `update steps s set completed_at = s.completed_at - interval '1 day'
           from dossiers d where d.id = s.dossier_id and d.code = $1`,
      ],
      [second],
    );
    const ofCard = "select id from cards where personal_id = $1";
    const restore = [
      `delete from card_versions where version > 1 and card_id = (${ofCard})`,
      `update card_terms set version = 1 where card_id = (${ofCard})`,
    ];
    await asSuperuser(world.current, "health-insurance", restore, [personalId]);
    for (const code of [first, second]) await forget(world.current, "health-insurance", code);
    const { found, code: exit } = await reconciled(world.current, { since });
    expect(found).toMatchObject([second, first].map((dossier) => ({ dossier, outcome: "RESUMED" })));
    expect(exit).toBe(0);
    const versions = await world.current.sql("health-insurance")`
      select facility_code as code from card_versions where card_id = (select id from cards where personal_id = ${personalId})
       order by version`;
    expect(versions.slice(1).map(({ code }) => code)).toEqual([elsewhere, there]);
  });

  it("a restored agency keeps a number that it has given to another person since: a person must decide, and nothing is written", async () => {
    const { code, step } = await aGrantedDossier(world.current);
    await forget(world.current, "civil-status", code);
    await asSuperuser(
      world.current,
      "civil-status",
      ["update birth_counters set last = last - 1 where commune = $1"],
      ["31471"],
    );
    await aGrantedDossier(world.current); // takes the number
    const { found, code: exit } = await reconciled(world.current, { dossier: code });
    expect(findingLines(found)).toEqual(["BIRTH MISSING_AT_AGENCY PERSON", "NUMBER_NOTICE MISSING_AT_AGENCY PERSON"]);
    expect(found[0]?.note).toContain("FORMER_ENTRY_TAKEN");
    expect(exit).toBe(1);
    expect(await keptPart(world.current, "CIVIL_STATUS", step("BIRTH").id)).toBeUndefined();
  });

  it("a restored agency is only compared by a dry run", async () => {
    const { code, step } = await aGrantedDossier(world.current);
    await forget(world.current, "health-insurance", code);
    const { found, code: exit } = await reconciled(world.current, { dossier: code, dryRun: true });
    expect(findingLines(found)).toEqual(["INSURANCE MISSING_AT_AGENCY PLANNED"]);
    expect(exit).toBe(1);
    expect(await keptPart(world.current, "HEALTH_INSURANCE", step("INSURANCE").id)).toBeUndefined();
    await reconciled(world.current, { dossier: code });
  });

  it("a restored agency is asked again for a refusal only if it would refuse again", async () => {
    const facility = { insurance: { facility: "99999" } };
    await world.current.agencies.disconnect("health-insurance"); // so that nobody knows beforehand
    const { data } = await submit(world.current, { ...aBirthRequest(), ...facility }, { waitMs: 500 });
    await world.current.agencies.reconnect("health-insurance");
    const { code } = data.submitBirthBundle.dossier;
    await dossierThatIs(world.current, code, ({ outcome }) => outcome === "PARTLY_GRANTED");
    const { step } = await stepsOf(world.current, code);
    await forget(world.current, "health-insurance", code);
    expect(findingLines((await reconciled(world.current, { dossier: code })).found)).toEqual([
      "INSURANCE MISSING_AT_AGENCY RESUMED",
    ]);
    expect(await keptPart(world.current, "HEALTH_INSURANCE", step("INSURANCE").id)).toMatchObject({ state: "REFUSED" });
  });

  it("a restored agency is not asked again for a part that it refused and would grant now", async () => {
    world.current.demo.setFaultMode("HEALTH_INSURANCE", "REFUSES");
    const { data } = await submit(world.current, aBirthRequest());
    world.current.demo.setFaultMode("HEALTH_INSURANCE", "UP");
    const { code } = data.submitBirthBundle.dossier;
    await forget(world.current, "health-insurance", code);
    const { found, code: exit } = await reconciled(world.current, { dossier: code });
    expect(findingLines(found)).toEqual(["INSURANCE MISSING_AT_AGENCY PERSON"]);
    expect(found[0]?.note).toContain("would grant it now");
    expect(exit).toBe(1);
  });

  it("a restored agency that lost an open part gets it again from the desk's workers", async () => {
    world.current.demo.setFaultMode("HEALTH_INSURANCE", "ASKS_FOR_PAPERS");
    const { data } = await submit(world.current, aBirthRequest());
    world.current.demo.setFaultMode("HEALTH_INSURANCE", "UP");
    const { code } = data.submitBirthBundle.dossier;
    await forget(world.current, "health-insurance", code);
    expect(findingLines((await reconciled(world.current, { dossier: code })).found)).toEqual([
      "INSURANCE MISSING_AT_AGENCY RESUMED",
    ]);
    await dossierThatIs(world.current, code, ({ outcome }) => outcome === "GRANTED", 4_000);
  });
});

describe("a desk that was restored from an older backup", () => {
  it("a restored desk adopts the decisions that agencies made meanwhile, and completes steps without work", async () => {
    const { code, step } = await aGrantedDossier(world.current);
    await asSuperuser(
      world.current,
      "one-stop",
      [
        `update steps set state = case key when 'BIRTH' then 'SENT'::step_state else 'BLOCKED' end, delivery = 'SENT', facts = null,
           result_id = null, completed_at = null from dossiers d where d.id = dossier_id and d.code = $1`,
        "update dossiers set state = 'IN_PROGRESS', outcome = null, completed_at = null where code = $1",
      ],
      [code],
    );
    const { found, code: exit } = await reconciled(world.current, { dossier: code });
    expect(new Set(found.map(({ kind, outcome }) => `${kind} ${outcome}`))).toEqual(new Set(["BEHIND_AGENCY RESUMED"]));
    expect(exit).toBe(0);
    await dossierThatIs(world.current, code, ({ state }) => state === "COMPLETED");
    expect((await stepsOf(world.current, code)).step("BIRTH")).toEqual(step("BIRTH"));
  });

  it.each([
    ["a step without work", "update steps s set work = null, next_attempt_at = null", "SENT"],
    ["a step whose turn is years away", "update steps s set work = 'DELIVER', next_attempt_at = '2199-01-01'", "READY"],
    ["a step that waits for granted ones", "update steps s set work = null, next_attempt_at = null", "BLOCKED"],
  ])("a restored desk continues with %s", async (_, update, state) => {
    const { code } = await aGrantedDossier(world.current);
    await forget(world.current, "health-insurance", code);
    await asSuperuser(
      world.current,
      "one-stop",
      [
        `${update}, state = '${state}', delivery = 'SENT', result_id = null, facts = null
           from dossiers d where d.id = s.dossier_id and s.key = 'INSURANCE' and d.code = $1`,
        "update dossiers set state = 'IN_PROGRESS', outcome = null, completed_at = null where code = $1",
      ],
      [code],
    );
    const { found, code: exit } = await reconciled(world.current, { dossier: code });
    expect(findingLines(found)).toEqual(["INSURANCE STUCK RESUMED"]);
    expect(exit).toBe(0);
    await dossierThatIs(world.current, code, ({ outcome }) => outcome === "GRANTED");
  });

  it("a restored desk completes a dossier whose steps are all over", async () => {
    const { code } = await aGrantedDossier(world.current);
    const open = "update dossiers set state = 'IN_PROGRESS', outcome = null, completed_at = null where code = $1";
    await asSuperuser(world.current, "one-stop", [open], [code]);
    expect(findingLines((await reconciled(world.current, { dossier: code })).found)).toEqual(["null STUCK RESUMED"]);
    expect((await readDossier(world.current, code)).data.dossier).toMatchObject({
      state: "COMPLETED",
      outcome: "GRANTED",
    });
  });

  it("a restored desk reports dossiers that it lost, and reuses their codes for no other dossier", async () => {
    const { code } = await aGrantedDossier(world.current);
    await forget(world.current, "one-stop", code);
    const slip = "update code_counters set last = last - 1 where $1 like agency_code || '-%'";
    await asSuperuser(world.current, "one-stop", [slip], [code]);
    const { found, code: exit } = await reconciled(world.current);
    const lost = found.filter(({ dossier }) => dossier === code);
    expect(lost.map(({ kind, atAgency, outcome }) => `${kind} ${atAgency} ${outcome}`)).toEqual(
      Array(5).fill("UNKNOWN_AT_ONE_STOP GRANTED PERSON"),
    );
    expect(exit).toBe(1);
    expect((await aGrantedDossier(world.current)).code).not.toBe(code);
  });
});
