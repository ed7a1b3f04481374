import { expect, test } from "vitest";
import { aFamily } from "../given.ts";
import { bearer } from "../kit/ask-agency.ts";
import { inFaultMode } from "../kit/dossier-outcomes.ts";
import { clerk, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld();
const PREFILL = `query ($personalId: PersonalId!, $procedure: ID!) {
  citizen(personalId: $personalId) { prefill(procedure: $procedure) { form needed { code path message messageEn } } } }`;

const ask = (personalId: string, procedure: string, who: Persona = clerk) =>
  world.current.ask(who, PREFILL, { personalId, procedure });

async function prefillFor(personalId: string, procedure: string, who?: Persona) {
  const { data, errors } = await ask(personalId, procedure, who);
  expect(errors).toBeUndefined();
  return data.citizen.prefill;
}
type Needed = { code: string; path: string[]; messageEn: string };
const places = (needed: Needed[]) => needed.map(({ code, path }) => `${code} ${path.join(".")}`).sort();

test("a form begins with the applicant's name, day of birth, number and permanent residence, and tells what is still needed", async () => {
  const { mother, household } = aFamily();
  const { personalId, fullName, dateOfBirth } = mother;
  const { form, needed } = await prefillFor(personalId, "1.004873", bearer("citizen", { personalId }));
  const { line, commune } = household.address;
  expect(form).toEqual({ person: { personalId, fullName, dateOfBirth }, residence: { line, commune } });
  expect(places(needed)).toEqual([
    "FORM_FIELD_MISSING form.maritalStatus",
    "FORM_FIELD_MISSING form.period",
    "FORM_FIELD_MISSING form.purpose",
    "PAPER_MISSING papers.MARITAL_STATUS_DECLARATION",
  ]);
  for (const { messageEn } of needed) expect(messageEn).not.toBe("");
});

test("a place that is not the residence of the applicant is not prefilled", async () => {
  const { mother } = aFamily();
  const { form, needed } = await prefillFor(mother.personalId, "1.001612");
  expect(Object.keys(form)).toEqual(["owner"]);
  expect(places(needed)).toContain("FORM_FIELD_MISSING form.address");
});

test("a procedure with the common form has nothing to prefill", async () => {
  const { form, needed } = await prefillFor(aFamily().mother.personalId, "2.000815");
  expect(form).toEqual({});
  expect(places(needed)).toContain("FORM_FIELD_MISSING form.subject");
});

test("a procedure that the catalogue does not have is not found, and nothing is prefilled for another person", async () => {
  const { mother, father } = aFamily();
  const unknown = await ask(mother.personalId, "9.999999");
  expect(unknown.errors?.map(({ extensions }) => extensions.code)).toEqual(["NOT_FOUND"]);
  const foreign = await ask(father.personalId, "1.004873", bearer("citizen", { personalId: mother.personalId }));
  expect(foreign.errors?.map(({ extensions }) => extensions.code)).toEqual(["NOT_FOUND"]);
});

test("an officer who may not submit dossiers gets no prefilled form", async () => {
  const { errors } = await ask(aFamily().mother.personalId, "1.004873", { persona: "leader" });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
});

test("nothing is prefilled while the population register is down, and the error names it", async () => {
  const { personalId } = aFamily().mother;
  const { data, errors } = await inFaultMode(world.current, "RESIDENCE", "DOWN", () => ask(personalId, "1.004873"));
  expect(data.citizen.prefill).toBeNull();
  expect(errors?.map(({ extensions }) => extensions.agency)).toContain("RESIDENCE");
});
