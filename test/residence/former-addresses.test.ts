import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allFormerCommunes, successorsOf } from "../../subgraphs/_shared/reference/former-communes.ts";
import { definition } from "../../subgraphs/residence/subgraph.ts";
import { type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aHousehold, householdNow, related, residenceOfficer } from "./residence-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done, problems } = residenceOfficer(() => agency);
const HCMC = "Thành phố Hồ Chí Minh";

async function registration(address: object) {
  const { people } = await aHousehold(agency, [{ relation: "HEAD" }]);
  const newAddress = { line: "Số 3, đường Mẫu", ...address };
  return { newAddress, persons: related([people[0], "HEAD"]), ground: "Tờ khai CT01 mẫu số 9" };
}

describe("successors of a former commune", () => {
  test("names lead to the successor, with or without diacritics, kinds and the district where it is needed", () => {
    for (const place of [
      { name: "Phường Thuận An", district: "Thị xã Long Mỹ", province: "Tỉnh Hậu Giang" },
      { name: "phuong thuan an", district: null, province: "hau giang" },
      { name: "Thuận An", district: "Long Mỹ", province: "Hậu Giang" },
    ])
      expect(successorsOf(place)).toEqual(["31471"]);
    expect(successorsOf({ name: "Phường 1", district: "Quận 8", province: HCMC })).toEqual(["27418"]);
    expect(successorsOf({ name: "Phường 1", district: null, province: HCMC }).length).toBeGreaterThan(3);
    expect(successorsOf({ name: "Xã Thuận An", district: "Thị xã Long Mỹ", province: "Hậu Giang" })).toEqual([]);
  });

  test("every former code leads to communes of the list in force", () => {
    const codes = allFormerCommunes().flatMap(({ code }) => code ?? []);
    const lost = codes.filter((code) => successorsOf({ code }).length === 0);
    expect(codes.length).toBeGreaterThan(9_000);
    expect(lost).toEqual([]);
  }, 120_000);
});

describe("an address of before the merger", () => {
  test.each([
    ["the code of a former commune", { commune: "00001" }, "00097"],
    [
      "the names of a former commune",
      { formerCommune: { name: "Phường 1", district: "Quận 8", province: HCMC } },
      "27418",
    ],
    ["the code of one in force", { commune: "31471" }, "31471"],
  ])("%s is led to the commune in force", async (_, address, expected) => {
    const made = await done("registerPermanentResidence", await registration(address));
    const homes = await Promise.all(made.households.map(({ id }: { id: string }) => householdNow(agency, id)));
    expect(homes.find(({ ended }) => !ended)).toMatchObject({ commune: expected });
  });

  test.each<[string, object, string, string]>([
    [
      "that fits several",
      { formerCommune: { name: "Phường 1", province: HCMC } },
      "FORMER_COMMUNE_AMBIGUOUS",
      "formerCommune",
    ],
    ["that fits none", { formerCommune: { name: "Xã Mẫu", province: HCMC } }, "COMMUNE_UNKNOWN", "formerCommune"],
    ["with an unknown code", { commune: "99999" }, "COMMUNE_UNKNOWN", "commune"],
    ["with nothing", {}, "COMMUNE_UNCLEAR", "commune"],
    [
      "with code and names",
      { commune: "31471", formerCommune: { name: "Phường 1", province: HCMC } },
      "COMMUNE_UNCLEAR",
      "commune",
    ],
    ["with an empty name", { formerCommune: { name: " ", province: HCMC } }, "TEXT_EMPTY", "formerCommune.name"],
  ])("an address %s is a problem", async (_, address, code, path) => {
    expect(await problems("registerPermanentResidence", await registration(address))).toEqual([
      `${code} newAddress.${path}`,
    ]);
  });
});
