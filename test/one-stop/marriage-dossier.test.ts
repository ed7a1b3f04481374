import { describe, expect, it } from "vitest";
import { aMarriageRequest } from "../given.ts";
import { inFaultMode, problemsOf, shortBackoff } from "../kit/dossier-outcomes.ts";
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
const MARRIAGE = "1.000894";
const STATUS = "1.004873";
const REGISTRAR = { persona: "registrar" };
const GRANT = { grant: { facts: {} } };
/** A man who can have married before the register had every marriage. */
const OLDER = {
  husband: ({ father }: { father: { dateOfBirth: string } }) => father.dateOfBirth < "1990",
  wife: () => true,
};

type Request = ReturnType<typeof aMarriageRequest>;
const recorded = ({ residence: _, maritalStatus: __, ...person }: Request["husband"]) => person;

/** Form of the marriage of two seeded people, and the same request for the bundle. */
function aMarriage(request = aMarriageRequest()) {
  const { husband, wife } = request;
  const form = {
    ...{ groom: recorded(husband), groomResidence: husband.residence, groomMaritalStatus: husband.maritalStatus },
    ...{ bride: recorded(wife), brideResidence: wife.residence, brideMaritalStatus: wife.maritalStatus },
  };
  return { form, request };
}

/** Form of the confirmation of the status of a seeded woman whose marriages the register must have, if there are any. */
function aStatus({ wife, husband } = aMarriageRequest()) {
  const purpose = `Để đăng ký kết hôn với ${husband.fullName}`;
  return { person: recorded(wife), residence: wife.residence, maritalStatus: "NEVER_MARRIED", purpose };
}

async function submitBundle(input: object) {
  const variables = { input, idempotencyKey: `marriage-${process.pid}-${serial("key")}`, waitMs: 0 };
  return world.current.ask(clerk, contract("submit-marriage-bundle"), variables);
}

const CITIZEN = `query ($id: PersonalId!) { citizen(personalId: $id) {
  maritalStatus maritalStatusConfirmations { number status purpose period { from to } } } }`;
async function citizen(id: string) {
  return (await world.current.ask(clerk, CITIZEN, { id })).data.citizen;
}

describe("a dossier of a marriage", () => {
  it("is granted by a registrar, and both are married in the register", async () => {
    const { form } = aMarriage();
    const code = await acceptedForm(world.current, MARRIAGE, form);
    await atOfficer(world.current, code);
    expect((await citizen(form.bride.personalId)).maritalStatus).not.toBe("MARRIED");
    const done = await grantedForm(world.current, code, REGISTRAR);
    expect(resultType(done, MARRIAGE)).toBe("MarriageRegistration");
    for (const { personalId } of [form.groom, form.bride])
      expect((await citizen(personalId)).maritalStatus).toBe("MARRIED");
    expect(await formProblems(world.current, MARRIAGE, form)).toEqual([
      "ALREADY_MARRIED form.bride",
      "ALREADY_MARRIED form.groom",
    ]);
  });

  it("a marriage with a foreigner, and one without the declared status, are left to an officer", async () => {
    const { form } = aMarriage();
    const { personalId: _, ...bride } = { ...form.bride, nationality: "USA" };
    for (const other of [
      { ...form, bride },
      { ...form, groomMaritalStatus: undefined },
    ]) {
      const code = await acceptedForm(world.current, MARRIAGE, other);
      await grantedForm(world.current, code, REGISTRAR);
    }
    expect((await citizen(form.groom.personalId)).maritalStatus).not.toBe("MARRIED");
  });

  it("all problems of the register come at once, each with its place in the form", async () => {
    const { form } = aMarriage();
    const wrong = {
      ...form,
      groom: { ...form.groom, dateOfBirth: "2010-01-01" },
      bride: { ...form.bride, fullName: "Lê Thị Mẫu Khác", ethnicity: "Không có" },
      brideResidence: { ...form.brideResidence, line: " " },
    };
    expect(await formProblems(world.current, MARRIAGE, wrong)).toEqual([
      "ETHNICITY_UNKNOWN form.bride.ethnicity",
      "TEXT_EMPTY form.brideResidence.line",
      "TOO_YOUNG_TO_MARRY form.groom.dateOfBirth",
    ]);
    expect(await formProblems(world.current, MARRIAGE, { ...form, groom: form.bride })).toContain(
      "SPOUSES_ARE_ONE_PERSON form.bride",
    );
  });

  it("officers of another agency do not decide it", async () => {
    const code = await acceptedForm(world.current, MARRIAGE, aMarriage().form);
    const { errors } = await decideForm(world.current, code, GRANT, { persona: "police" });
    expect(errors[0].extensions.code).toMatch(/FORBIDDEN|NOT_FOUND/);
  });

  it("while civil status is down the dossier is accepted, and a registrar gets it once the agency is back", async () => {
    const { form } = aMarriage();
    const { dossier, problems } = await inFaultMode(world.current, "CIVIL_STATUS", "DOWN", () =>
      submitForm(world.current, MARRIAGE, form),
    );
    expect(problems).toEqual([]);
    expect(await grantedForm(world.current, dossier.code, REGISTRAR)).toMatchObject({ outcome: "GRANTED" });
  });

  it("an open dossier of the couple, by itself or in a bundle, keeps another one from being opened", async () => {
    const { form, request } = aMarriage();
    const code = await acceptedForm(world.current, MARRIAGE, form);
    expect(problemsOf(await submitBundle(request))).toContainEqual({
      ...{ code: "COUPLE_ALREADY_SUBMITTED", path: [], names: code },
    });
    const other = aMarriage();
    const { data } = await submitBundle(other.request);
    expect((await submitForm(world.current, MARRIAGE, other.form)).problems).toMatchObject([
      {
        ...{ code: "COUPLE_ALREADY_SUBMITTED", path: ["form"] },
        existingDossier: { code: data.submitMarriageBundle.dossier.code },
      },
    ]);
  });
});

describe("a dossier of a confirmation of the marital status", () => {
  it("the register confirms a status by itself where it has every marriage, for the purpose and period of the form", async () => {
    const form = { ...aStatus(), period: { from: "2020-01-01", to: "2026-11-23" } };
    const { dossier, problems } = await submitForm(world.current, STATUS, form);
    expect(problems).toEqual([]);
    expect(dossier.parts).toMatchObject([{ state: "GRANTED" }]);
    expect((await citizen(form.person.personalId)).maritalStatusConfirmations).toEqual([
      {
        ...{ number: expect.stringMatching(/^\d+\/2026$/), status: "NEVER_MARRIED" },
        ...{ purpose: form.purpose, period: form.period },
      },
    ]);
  });

  it("another person's request is left to a registrar, tells nothing of the status, and keeps nobody out", async () => {
    const form = { ...aStatus(), maritalStatus: "MARRIED" };
    const code = await acceptedForm(world.current, STATUS, form, { declarant: SOMEBODY });
    await atOfficer(world.current, code);
    expect(await formProblems(world.current, STATUS, form)).toEqual(["MARRIAGE_NOT_REGISTERED form.maritalStatus"]);
    const own = await submitForm(world.current, STATUS, { ...form, maritalStatus: "NEVER_MARRIED" });
    expect(own.problems).toEqual([]);
  });

  it("a status that older paper books may contradict waits for a registrar, and one without an ethnic group, too", async () => {
    const { husband } = aMarriageRequest(OLDER);
    const person = recorded(husband);
    const form = { person, residence: husband.residence, maritalStatus: "NEVER_MARRIED", purpose: "Để vay vốn" };
    const code = await acceptedForm(world.current, STATUS, form);
    expect(resultType(await grantedForm(world.current, code, REGISTRAR), STATUS)).toBe("MaritalStatusConfirmation");
    const { ethnicity: _, nationality: __, ...named } = person;
    const other = await acceptedForm(world.current, STATUS, { ...form, person: named });
    expect(resultType(await grantedForm(world.current, other, REGISTRAR), STATUS)).toBeNull();
    expect((await citizen(person.personalId)).maritalStatusConfirmations).toHaveLength(1);
  });

  it("all problems of the register come at once, each with its place in the form", async () => {
    const form = aStatus();
    const wrong = { ...form, person: { ...form.person, ethnicity: "Không có" }, purpose: " " };
    const period = { from: "2026-11-20", to: "2026-11-01" };
    expect(await formProblems(world.current, STATUS, { ...wrong, period })).toEqual([
      "ETHNICITY_UNKNOWN form.person.ethnicity",
      "PERIOD_REVERSED form.period.to",
      "TEXT_EMPTY form.purpose",
    ]);
    expect(await formProblems(world.current, STATUS, { ...form, maritalStatus: "MARRIED" })).toEqual([
      "MARRIAGE_NOT_REGISTERED form.maritalStatus",
    ]);
    const named = { ...form, person: { ...form.person, fullName: "Lê Thị Mẫu Khác" } };
    expect(
      (await submitForm(world.current, STATUS, named)).problems.map(({ path }: { path: string[] }) => path),
    ).toEqual([["form", "person", "fullName"]]);
  });

  it("one confirmation at a time is open for a purpose, by itself or in a bundle", async () => {
    const request = aMarriageRequest();
    const form = aStatus(request);
    await inFaultMode(world.current, "CIVIL_STATUS", "DOWN", async () => {
      const { dossier } = await submitForm(world.current, STATUS, form);
      expect((await submitForm(world.current, STATUS, form)).problems).toMatchObject([
        {
          ...{ code: "CONFIRMATION_ALREADY_SUBMITTED", path: ["form", "purpose"] },
          existingDossier: { code: dossier.code },
        },
      ]);
      expect(problemsOf(await submitBundle(request))).toMatchObject([{ code: "COUPLE_ALREADY_SUBMITTED" }]);
      const other = await submitForm(world.current, STATUS, { ...form, purpose: "Để vay vốn" });
      expect(other.problems).toEqual([]);
    });
  });
});
