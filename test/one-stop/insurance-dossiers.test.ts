import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { facilitiesOf } from "../../subgraphs/_shared/reference/sample-facilities.ts";
import { aBirthRequest, aFamily, dossierThatIs, submit } from "../given.ts";
import { inFaultMode, isDone, problemsOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { aMoveRequest, NEW_COMMUNE } from "../kit/moves.ts";
import { serial } from "../kit/serial-numbers.ts";
import {
  acceptedForm,
  atOfficer,
  decideForm,
  formProblems,
  grantedForm,
  resultType,
  SOMEBODY,
  submitForm,
} from "../kit/single-dossiers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const CHANGE = "1.002759";
const CARD = "1.014137";
const INSURER = { persona: "insurer" };
const GRANT = { grant: { facts: {} } };
const THERE = facilitiesOf(NEW_COMMUNE)[0]?.code ?? "";

const insuredOf = ({ fullName, dateOfBirth, personalId }: ReturnType<typeof aFamily>["mother"]) => ({
  ...{ fullName, dateOfBirth, personalId },
});
const aChange = (insured = insuredOf(aFamily().mother), more: object = {}) => ({
  ...{ insured, paper: "CARD", request: "FACILITY", facility: THERE, reason: "MOVE", details: "Chuyển nơi cư trú" },
  ...more,
});
/** Form that corrects the name on a card. */
const aCorrection = (insured: ReturnType<typeof insuredOf>, more: object = {}) =>
  aChange(insured, {
    ...{ request: "CORRECT", facility: undefined, reason: undefined },
    corrected: { fullName: "Lê Thị Mẫu Khác", dateOfBirth: insured.dateOfBirth, ...more },
  });

const CITIZEN = `query ($id: PersonalId!) { citizen(personalId: $id) {
  healthInsuranceCard { number facility { code } }
  discrepancies { fact } } }`;
async function citizen(id: string) {
  const { data, errors } = await world.current.ask(clerk, CITIZEN, { id });
  expect(errors).toBeUndefined();
  return data.citizen;
}
const cardOf = async (id: string) => (await citizen(id)).healthInsuranceCard;

describe("a dossier of another facility of first care", () => {
  it("is granted by an insurer, who looks at the declared move, and the card names the facility", async () => {
    const form = aChange();
    const code = await acceptedForm(world.current, CHANGE, form);
    const done = await grantedForm(world.current, code, INSURER);
    expect(resultType(done, CHANGE)).toBe("HealthInsuranceCard");
    expect((await cardOf(form.insured.personalId)).facility.code).toBe(THERE);
  });

  it("a change that another person asks for keeps the insured one's own from nobody", async () => {
    const form = aChange();
    const code = await acceptedForm(world.current, CHANGE, form, { declarant: SOMEBODY });
    await atOfficer(world.current, code);
    await acceptedForm(world.current, CHANGE, form);
  });

  it("other requests, and forms that state no reason, are left to an officer and change nothing", async () => {
    const form = aChange();
    const before = await cardOf(form.insured.personalId);
    for (const other of [{ request: "REISSUE" }, { paper: "BOOK" }, { reason: undefined }]) {
      const code = await acceptedForm(world.current, CHANGE, { ...form, ...other });
      await grantedForm(world.current, code, INSURER);
    }
    expect(await cardOf(form.insured.personalId)).toEqual(before);
  });

  it("all problems of the register come at once, each with its place in the form", async () => {
    const form = aChange();
    const insured = { ...form.insured, fullName: "Lê Thị Mẫu Khác" };
    expect(
      await formProblems(world.current, CHANGE, { ...form, insured, facility: "00000", reason: "REQUEST" }),
    ).toEqual([
      "FACILITY_CHANGE_NOT_YET form.reason",
      "FACILITY_UNKNOWN form.facility",
      "PARTICIPANT_NAME_DIFFERS form.insured.fullName",
    ]);
    const nobody = { ...form.insured, personalId: "093195900099" };
    expect(await formProblems(world.current, CHANGE, { ...form, insured: nobody })).toEqual([
      "PARTICIPANT_UNKNOWN form.insured.personalId",
    ]);
    await grantedForm(world.current, await acceptedForm(world.current, CHANGE, form), INSURER);
    expect(await formProblems(world.current, CHANGE, form)).toEqual(["FACILITY_UNCHANGED form.facility"]);
  });

  it("officers of another agency do not decide it", async () => {
    const code = await acceptedForm(world.current, CHANGE, aChange());
    const { errors } = await decideForm(world.current, code, GRANT, { persona: "police" });
    expect(errors[0].extensions.code).toMatch(/FORBIDDEN|NOT_FOUND/);
  });

  it("while social insurance is down the dossier is accepted, and an insurer gets it once the agency is back", async () => {
    const form = aChange();
    const { dossier, problems } = await inFaultMode(world.current, "HEALTH_INSURANCE", "DOWN", () =>
      submitForm(world.current, CHANGE, form),
    );
    expect(problems).toEqual([]);
    await grantedForm(world.current, dossier.code, INSURER);
    expect((await cardOf(form.insured.personalId)).facility.code).toBe(THERE);
  });

  it("an open dossier of the same change, by itself or in a move, keeps another one from being opened", async () => {
    const family = aFamily();
    const request = aMoveRequest(family);
    const head = request.person.personalId === family.mother.personalId ? family.mother : family.father;
    const form = aChange(insuredOf(head));
    const code = await acceptedForm(world.current, CHANGE, form);
    expect((await submitForm(world.current, CHANGE, form)).problems).toMatchObject([
      { code: "CARD_CHANGE_ALREADY_SUBMITTED", path: ["form", "insured"], existingDossier: { code } },
    ]);
    const variables = { input: request, idempotencyKey: `move-${process.pid}-${serial("key")}`, waitMs: 0 };
    expect(problemsOf(await world.current.ask(clerk, contract("submit-move-bundle"), variables))).toContainEqual({
      ...{ code: "PERSON_ALREADY_MOVING", path: ["person"], names: code },
    });
  });
});

describe("a correction of the holder on a card", () => {
  it("a dossier of a correction is granted by an insurer and ends the discrepancy; the history keeps the former name", async () => {
    const insured = insuredOf(aFamily().mother);
    const { data } = await world.current.ask(
      INSURER,
      `mutation ($input: HealthInsuranceHolderCorrectionInput!, $key: String!) {
        correctHealthInsuranceHolder(input: $input, idempotencyKey: $key) { act { kind } problems { code } } }`,
      {
        input: { personalId: insured.personalId, fullName: "Trần Mẫu In Sai", ground: "Sai sót mẫu" },
        key: randomUUID(),
      },
    );
    expect(data.correctHealthInsuranceHolder).toEqual({ act: { kind: "HOLDER_CORRECTION" }, problems: [] });
    expect((await citizen(insured.personalId)).discrepancies).toEqual([{ fact: "FULL_NAME" }]);
    const wrong = { ...insured, fullName: "Trần Mẫu In Sai" };
    const form = aCorrection(wrong, { fullName: insured.fullName });
    const code = await acceptedForm(world.current, CHANGE, form);
    expect((await submitForm(world.current, CHANGE, form)).problems).toMatchObject([
      { code: "CARD_CHANGE_ALREADY_SUBMITTED", existingDossier: { code } },
    ]);
    expect(resultType(await grantedForm(world.current, code, INSURER), CHANGE)).toBe("HealthInsuranceCard");
    expect((await citizen(insured.personalId)).discrepancies).toEqual([]);
    const names = await world.current.sql("health-insurance")`
      select holder_name as name from card_versions join cards on id = card_id
       where personal_id = ${insured.personalId} order by version`;
    expect(names.map(({ name }) => name)).toEqual([insured.fullName, "Trần Mẫu In Sai", insured.fullName]);
  });

  it("all problems of a correction come at once, each with its place in the form", async () => {
    const insured = insuredOf(aFamily().mother);
    expect(
      await formProblems(world.current, CHANGE, aCorrection(insured, { fullName: "123", dateOfBirth: "2027-01-01" })),
    ).toEqual(["DATE_IN_FUTURE form.corrected.dateOfBirth", expect.stringMatching(/ form\.corrected\.fullName$/)]);
    expect(await formProblems(world.current, CHANGE, aCorrection(insured, { fullName: insured.fullName }))).toEqual([
      "HOLDER_UNCHANGED form.corrected",
    ]);
    const other = { ...insured, fullName: "Trần Mẫu Khác", dateOfBirth: "1950" };
    expect(await formProblems(world.current, CHANGE, aCorrection(other))).toEqual([
      "PARTICIPANT_BIRTH_DIFFERS form.insured.dateOfBirth",
      "PARTICIPANT_NAME_DIFFERS form.insured.fullName",
    ]);
  });
});

describe("a dossier of the card of a child", () => {
  /** A child with a registered birth and no card, and its parents. */
  async function aChild() {
    const request = { ...aBirthRequest(), insurance: null };
    const { data } = await submit(world.current, request);
    const { code } = data.submitBirthBundle.dossier;
    await dossierThatIs(world.current, code, isDone);
    const [child] = await world.current.sql("residence")`
      select personal_id as "personalId" from persons where dossier = ${code}`;
    const named = ({ fullName, personalId: number }: { fullName: string; personalId: string | null }) => ({
      ...{ fullName, personalId: number },
    });
    return {
      ...{ group: "TE", facility: "93012", mother: named(request.mother), father: undefined },
      insured: {
        fullName: request.child.fullName,
        dateOfBirth: request.child.dateOfBirth,
        personalId: child?.personalId as string,
      },
    };
  }

  it("is granted by an insurer, who looks at the birth certificate, and the child has a card", async () => {
    const form = await aChild();
    const code = await acceptedForm(world.current, CARD, form);
    expect((await submitForm(world.current, CARD, form)).problems).toMatchObject([
      { code: "CARD_ALREADY_REQUESTED", path: ["form", "insured"], existingDossier: { code } },
    ]);
    await atOfficer(world.current, code);
    expect(resultType(await grantedForm(world.current, code, INSURER), CARD)).toBe("HealthInsuranceCard");
    expect(await cardOf(form.insured.personalId)).toMatchObject({ facility: { code: "93012" } });
    expect((await submitForm(world.current, CARD, form)).problems).toMatchObject([
      { code: "CARD_ALREADY_ISSUED", path: ["form", "insured"], existingDossier: { code } },
    ]);
  });

  it("a card of another group, and of a child without named parents, is left to an officer and issues nothing", async () => {
    const form = await aChild();
    for (const other of [{ group: "GD" }, { mother: undefined }]) {
      const code = await acceptedForm(world.current, CARD, { ...form, ...other });
      await grantedForm(world.current, code, INSURER);
    }
    expect(await cardOf(form.insured.personalId)).toBeNull();
  });

  it("all problems of the register come at once, each with its place in the form", async () => {
    const form = await aChild();
    const insured = { ...form.insured, dateOfBirth: "2010-01-01" };
    expect(await formProblems(world.current, CARD, { ...form, insured, facility: "00000" })).toEqual([
      "CHILD_NOT_ENTITLED form.insured.dateOfBirth",
      "FACILITY_UNKNOWN form.facility",
    ]);
  });
});
