import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addMonths, type LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aConfirmation, aDeath, aDivorce, aMarriage, aPerson, civilOfficer } from "./civil-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done, problems, act } = civilOfficer(() => agency);
const FIELDS = `maritalStatusConfirmations { id number office { code } status issuedOn validTo isValid purpose
  period { from to } person { fullName } }`;
const confirmationsOf = async (personalId: string | null, by = a("clerk")) =>
  (await agency.citizen(by, FIELDS, { personalId })).maritalStatusConfirmations;

describe("a confirmation of the marital status", () => {
  test("a confirmation has a number, is valid for six months, and names period and purpose", async () => {
    const person = aPerson();
    const period = { from: "2010-05-20", to: "2026-11-01" };
    const made = await done("confirmMaritalStatus", aConfirmation(person, { period }));
    const own = a("citizen", { personalId: person.personalId });
    expect(await confirmationsOf(person.personalId, own)).toMatchObject([
      {
        ...{ id: made.id, number: made.number.number, status: "NEVER_MARRIED", isValid: true, period },
        ...{ issuedOn: made.effectiveOn, validTo: addMonths(made.effectiveOn, 6), purpose: "Để đăng ký kết hôn" },
      },
    ]);
  });

  test("six months end on the same day of the month, or on its last day", () => {
    const days: [string, string][] = [
      ["2026-08-31", "2027-02-28"],
      ["2027-08-31", "2028-02-29"],
      ["2026-07-15", "2027-01-15"],
    ];
    for (const [from, to] of days) expect(addMonths(from as LegalDay, 6)).toBe(to);
  });

  test("a marriage after it ends the validity of a confirmation", async () => {
    const { husband, wife } = aMarriage();
    await done("confirmMaritalStatus", aConfirmation(husband));
    await done("registerMarriage", aMarriage({ husband, wife }));
    await done("confirmMaritalStatus", aConfirmation(husband, { status: "MARRIED" }));
    expect(await confirmationsOf(husband.personalId)).toMatchObject([
      { status: "NEVER_MARRIED", isValid: false },
      { status: "MARRIED", isValid: true },
    ]);
  });

  test("a status that the register contradicts is not confirmed", async () => {
    const { husband, wife } = aMarriage();
    const { id, effectiveOn } = await done("registerMarriage", aMarriage({ husband, wife }));
    expect(await problems("confirmMaritalStatus", aConfirmation(wife))).toEqual(["MARITAL_STATUS_DIFFERS status"]);
    await done("endMarriage", aDivorce(id, { effectiveOn }));
    expect(await problems("confirmMaritalStatus", aConfirmation(wife))).toEqual(["MARITAL_STATUS_DIFFERS status"]);
    await done("confirmMaritalStatus", aConfirmation(wife, { status: "DIVORCED" }));
  });

  test("a divorce of before the register is confirmed on its papers, a marriage is not", async () => {
    const person = aPerson("FEMALE");
    await done("confirmMaritalStatus", aConfirmation(person, { status: "DIVORCED" }));
    expect(await problems("confirmMaritalStatus", aConfirmation(person, { status: "MARRIED" }))).toEqual([
      "MARRIAGE_NOT_REGISTERED status",
    ]);
  });

  test("the dead are not confirmed, and a period lies in order and before today", async () => {
    const person = aPerson();
    await done("registerDeath", aDeath({ deceased: person }));
    expect(await problems("confirmMaritalStatus", aConfirmation(person))).toEqual(["PERSON_DECEASED person"]);
    const period = (from: string, to: string) => aConfirmation(aPerson(), { period: { from, to }, purpose: "" });
    expect(await problems("confirmMaritalStatus", period("2026-01-02", "2026-01-01"))).toEqual([
      "TEXT_EMPTY purpose",
      "PERIOD_REVERSED period.to",
    ]);
    expect(await problems("confirmMaritalStatus", period("2026-01-02", "2199-01-01"))).toContain(
      "DATE_IN_FUTURE period.to",
    );
  });

  test("an officer of another agency confirms nothing", async () => {
    const asked = act("confirmMaritalStatus", aConfirmation(aPerson()), "police", a("police", { office: "31471" }));
    await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
