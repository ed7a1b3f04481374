import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/business/subgraph.ts";
import { type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aHousehold, anEnterprise, aPerson, aTaxCode, businessOfficer } from "./business-acts.ts";
import { aPart, DOSSIER, desk } from "./business-parts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition, { demo: false });
});
afterAll(() => agency?.stop());

const { done, business } = businessOfficer(() => agency);
const { deliver, checked } = desk(() => agency);
const today = legalDayOf(new Date());
const tomorrow = addDays(today, 1);
const SUSPENSION = "1.001570";
const END = "1.001266";

async function household() {
  const owner = aPerson("OWNER");
  const code = await done("registerHouseholdBusiness", aHousehold({ people: [owner] }));
  return { code, owner: { fullName: owner.fullName, personalId: owner.personalId } };
}

const suspension = (of: object, more: object = {}) => ({
  ...{ ...of, name: "Mẫu", request: "SUSPEND", from: tomorrow, until: addDays(today, 30), reason: "Sửa chữa", ...more },
});
const end = (of: object, more: object = {}) => ({
  ...{ ...of, name: "Mẫu", endsOn: today, reason: "Chuyển nơi cư trú", taxState: "SETTLED", ...more },
});

describe("dossiers of household businesses that the agency decides", () => {
  test("a suspension and a resumption are granted by rules and entered once, with the dossier as their ground", async () => {
    const of = await household();
    const part = aPart(SUSPENSION, suspension(of));
    for (const _ of [1, 2]) expect(await deliver(part)).toMatchObject({ state: "GRANTED" });
    const fields = "suspension { from to } acts(first: 5) { nodes { kind ground recordedBy } }";
    const suspended = await business(of.code, fields);
    expect(suspended.suspension).toEqual({ from: tomorrow, to: addDays(today, 30) });
    expect(suspended.acts.nodes).toMatchObject([{ kind: "SUSPENSION", ground: DOSSIER }, { kind: "REGISTRATION" }]);
    expect(await deliver(aPart(SUSPENSION, suspension(of, { request: "RESUME" })))).toMatchObject({ state: "GRANTED" });
    expect((await business(of.code, fields)).suspension).toBeNull();
  });

  test("an end is granted by rules, and an officer looks if the tax is pending or the day has not come", async () => {
    const of = await household();
    expect(await checked(END, end(of, { taxState: "PENDING" }))).toEqual(["OFFICER"]);
    expect(await checked(END, end(of, { endsOn: tomorrow }))).toEqual(["OFFICER"]);
    expect(await checked(END, end(of))).toEqual(["AUTOMATIC"]);
    expect(await deliver(aPart(END, end(of)))).toMatchObject({ state: "GRANTED" });
    expect((await business(of.code, "state")).state).toBe("ENDED");
  });

  test("two dossiers that arrive at once do not both suspend", async () => {
    const of = await household();
    const answers = await Promise.all([1, 2].map(() => deliver(aPart(SUSPENSION, suspension(of)))));
    expect(answers.map(({ state }) => state).sort()).toEqual(["GRANTED", "REFUSED"]);
    expect(answers.find(({ state }) => state === "REFUSED").refusal.code).toBe("BUSINESS_SUSPENDED");
  });

  test("all problems of a notice come at once, with paths into its form", async () => {
    const of = await household();
    const stranger = { fullName: "Trần Mẫu Bình", personalId: of.owner.personalId };
    const unreadable = { owner: stranger, from: addDays(today, -2), until: addDays(today, -3) };
    expect(await checked(SUSPENSION, suspension(of, unreadable))).toEqual([
      "OWNER_DIFFERS owner.personalId",
      "SUSPENSION_IN_THE_PAST from",
      "SUSPENSION_ENDS_BEFORE until",
    ]);
    expect(await checked(SUSPENSION, suspension(of, { request: "RESUME" }))).toEqual(["BUSINESS_NOT_SUSPENDED code"]);
    const enterprise = await done("registerEnterprise", anEnterprise());
    for (const code of [enterprise, `${aTaxCode()}-001`])
      expect(await checked(END, end(of, { code }))).not.toContain("AUTOMATIC");
    expect(await checked(END, end(of, { endsOn: "2026-02-30" }))).toEqual(["DATE_DOES_NOT_EXIST endsOn"]);
    await deliver(aPart(END, end(of)));
    expect(await checked(END, end(of))).toEqual(["BUSINESS_ENDED code"]);
    expect(await checked(END, end({ ...of, code: "093195900099" }))).toEqual(["BUSINESS_UNKNOWN code"]);
  });
});

describe("the new seat of a household business that moves with its owner", () => {
  const ADDRESS = "2.000720";
  const moved = (of: object, businessAddress: object = { line: "Số 9, đường Mẫu", commune: "00004" }) => ({
    ...{ ...of, businessAddress },
  });

  test("a new seat is entered once under the same code, with the dossier as its ground", async () => {
    const of = await household();
    const part = aPart(ADDRESS, moved(of));
    for (const _ of [1, 2]) expect(await deliver(part)).toMatchObject({ state: "GRANTED" });
    const fields = "addressLine commune { code } changeNumber acts(first: 5) { nodes { kind ground } }";
    const { acts, ...seat } = await business(of.code, fields);
    expect(seat).toEqual({ addressLine: "Số 9, đường Mẫu", commune: { code: "00004" }, changeNumber: 1 });
    expect(acts.nodes).toMatchObject([{ kind: "CHANGE", ground: DOSSIER }, { kind: "REGISTRATION" }]);
  });

  test("a seat that cannot be one, and that of another owner, have problems at once", async () => {
    const of = await household();
    const owner = { ...of.owner, personalId: "093180999999" };
    expect(await checked(ADDRESS, moved({ ...of, owner }, { line: "", commune: "99999" }))).toEqual([
      "OWNER_DIFFERS owner.personalId",
      "COMMUNE_UNKNOWN businessAddress.commune",
      "TEXT_EMPTY businessAddress.line",
    ]);
  });
});
