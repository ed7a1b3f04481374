import { describe, expect, it } from "vitest";
import { aDeathRequest, dossierThatIs } from "../given.ts";
import { inFaultMode, isDone, problemsOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import {
  acceptedForm,
  atOfficer,
  contentOfPart,
  decideForm,
  formProblems,
  grantedForm,
  resultType,
  submitForm,
} from "../kit/single-dossiers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const DEATH = "1.000656";
const REGISTRAR = { persona: "registrar" };
const GRANT = { grant: { facts: {} } };

/** Form of the death of a seeded father, with all facts that the register needs, and the same request for the bundle. */
function aDeath() {
  const request = aDeathRequest();
  const { deceased, death } = request;
  const { fullName, dateOfBirth, personalId, ethnicity, nationality, lastResidence } = deceased;
  const form = {
    deceased: { fullName, dateOfBirth, personalId, ethnicity, nationality },
    ...{ diedOn: death.diedOn, diedAt: "14:05", cause: "Bệnh lý", lastResidence, relation: "Vợ" },
    ...{ placeOfDeath: death.place.line, communeOfDeath: death.place.commune },
    ...{ noticeNumber: "BT-01", noticeIssuedOn: "2026-11-20", noticeIssuer: "Trung tâm Y tế khu vực (mẫu)" },
  };
  return { form, request };
}

const DEATH_OF = `query ($id: PersonalId!) { citizen(personalId: $id) {
  death { number facts { diedOn place { line commune { code } } notice { number issuer } declarant { relation } } } } }`;
async function deathOf(personalId: string | null) {
  return (await world.current.ask(clerk, DEATH_OF, { id: personalId })).data.citizen.death;
}

async function submitBundle(input: object) {
  const variables = { input, idempotencyKey: `death-${process.pid}-${serial("key")}`, waitMs: 0 };
  return world.current.ask(clerk, contract("submit-death-bundle"), variables);
}

describe("a dossier of a registration of a death", () => {
  it("is granted by a registrar, and the death stands in the register with the facts of the form", async () => {
    const { form } = aDeath();
    const code = await acceptedForm(world.current, DEATH, form);
    await atOfficer(world.current, code);
    expect(await contentOfPart(world.current, code, REGISTRAR)).toMatchObject({ deceased: { sex: "MALE" } });
    expect(await deathOf(form.deceased.personalId)).toBeNull();
    const done = await grantedForm(world.current, code, REGISTRAR);
    expect(done).toMatchObject({ outcome: "GRANTED" });
    expect(resultType(done, DEATH)).toBe("DeathRegistration");
    expect(await deathOf(form.deceased.personalId)).toEqual({
      number: expect.stringMatching(/^\d+\/2026$/),
      facts: {
        diedOn: "2026-11-20",
        place: { line: form.placeOfDeath, commune: { code: form.communeOfDeath } },
        notice: { number: "BT-01", issuer: "Trung tâm Y tế khu vực (mẫu)" },
        declarant: { relation: "Vợ" },
      },
    });
  });

  it("a statement takes the place of the notice", async () => {
    const { form } = aDeath();
    const { noticeNumber: _, noticeIssuedOn: __, noticeIssuer: ___, ...rest } = form;
    const statement = { ...rest, noticeNumber: undefined, withoutNotice: "Văn bản xác nhận của công an cấp xã" };
    await grantedForm(world.current, await acceptedForm(world.current, DEATH, statement), REGISTRAR);
    expect(await deathOf(form.deceased.personalId)).toMatchObject({ facts: { notice: null } });
  });

  it("a form without the facts of the register is left to an officer and enters nothing", async () => {
    const { form } = aDeath();
    const code = await acceptedForm(world.current, DEATH, { ...form, communeOfDeath: undefined });
    await grantedForm(world.current, code, REGISTRAR);
    expect(await deathOf(form.deceased.personalId)).toBeNull();
  });

  it("officers of another agency do not decide it", async () => {
    const code = await acceptedForm(world.current, DEATH, aDeath().form);
    const { errors } = await decideForm(world.current, code, GRANT, { persona: "police" });
    expect(errors[0].extensions.code).toMatch(/FORBIDDEN|NOT_FOUND/);
  });

  it("while civil status is down the dossier is accepted, and a registrar gets it once the agency is back", async () => {
    const { form } = aDeath();
    const code = await inFaultMode(world.current, "CIVIL_STATUS", "DOWN", async () => {
      const { dossier, problems } = await submitForm(world.current, DEATH, form);
      expect(problems).toEqual([]);
      return dossier.code;
    });
    expect(await grantedForm(world.current, code, REGISTRAR)).toMatchObject({ outcome: "GRANTED" });
  });
});

describe("problems of a dossier of a death", () => {
  it("all problems of the register come at once, each with its place in the form", async () => {
    const { form } = aDeath();
    const deceased = { ...form.deceased, ethnicity: "Không có" };
    const wrong = { ...form, deceased, noticeIssuer: undefined, noticeIssuedOn: "2027-01-01" };
    expect(await formProblems(world.current, DEATH, wrong)).toEqual([
      "DATE_IN_FUTURE form.noticeIssuedOn",
      "ETHNICITY_UNKNOWN form.deceased.ethnicity",
      "TEXT_EMPTY form.noticeIssuer",
    ]);
  });

  it.each([
    ["DATE_IN_FUTURE form.diedOn", { diedOn: "2027-01-01" }],
    ["DEATH_BEFORE_BIRTH form.diedOn", { diedOn: "1900-01-01" }],
    [
      "DEATH_NOTICE_REQUIRED form.noticeNumber",
      { noticeNumber: undefined, noticeIssuedOn: undefined, noticeIssuer: undefined },
    ],
    ["COMMUNE_UNKNOWN form.communeOfDeath", { communeOfDeath: "00000" }],
  ])("the problem %s is told at its place", async (problem, change) => {
    expect(await formProblems(world.current, DEATH, { ...aDeath().form, ...change })).toEqual([problem]);
  });

  it("a death that is registered is not registered again, and the dossier of the entry is named", async () => {
    const { form, request } = aDeath();
    const code = await acceptedForm(world.current, DEATH, form);
    await grantedForm(world.current, code, REGISTRAR);
    const { problems } = await submitForm(world.current, DEATH, form);
    expect(problems).toMatchObject([
      { code: "DEATH_ALREADY_REGISTERED", path: ["form", "deceased"], existingDossier: { code } },
    ]);
    expect(problemsOf(await submitBundle(request)).map((each) => each.code)).toContain("DEATH_ALREADY_REGISTERED");
  });

  it("an open dossier of the death, by itself or in a bundle, keeps another one from being opened", async () => {
    const { form, request } = aDeath();
    const code = await acceptedForm(world.current, DEATH, form);
    expect(problemsOf(await submitBundle(request))).toMatchObject([
      { code: "DECEASED_ALREADY_SUBMITTED", path: ["deceased"], names: code },
    ]);
    const other = aDeath();
    const { data } = await submitBundle(other.request);
    const bundle = data.submitDeathBundle.dossier.code;
    expect((await submitForm(world.current, DEATH, other.form)).problems).toMatchObject([
      { code: "DECEASED_ALREADY_SUBMITTED", path: ["form", "deceased"], existingDossier: { code: bundle } },
    ]);
  });

  it("after a refusal the death may be submitted again", async () => {
    const { form } = aDeath();
    const code = await acceptedForm(world.current, DEATH, form);
    const refuse = { refuse: { reason: "Không đủ căn cứ", legalBasis: "Luật Hộ tịch 60/2014/QH13, Điều 34" } };
    await decideForm(world.current, code, refuse, REGISTRAR);
    await dossierThatIs(world.current, code, isDone);
    await acceptedForm(world.current, DEATH, form);
  });
});
