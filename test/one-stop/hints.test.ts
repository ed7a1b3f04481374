import { expect, it } from "vitest";
import { oneStopConfiguration } from "../../subgraphs/one-stop/configuration.ts";
import { entitlementsAfter } from "../../subgraphs/one-stop/hints/entitlements.ts";
import { procedureOf } from "../../subgraphs/one-stop/procedures/catalogue.ts";
import { aBirthRequest, aDeathRequest, aLandTransfer, aMarriageRequest } from "../given.ts";
import { aMoveRequest, aMoveWithShop } from "../kit/moves.ts";
import { clerk, sharedWorld } from "../world.ts";

const world = sharedWorld();
const HINTS = "hints { kind code rule legalBasis procedure { code name } included }";

async function hintsOf(event: "Birth" | "Death" | "Move" | "Marriage" | "LandTransfer", input: object) {
  const query = `query ($input: ${event}BundleInput!) { check${event}Bundle(input: $input) { ready ${HINTS} } }`;
  const { data, errors } = await world.current.ask(clerk, query, { input });
  expect(errors).toBeUndefined();
  return data[`check${event}Bundle`].hints as { code: string; procedure: { code: string }; rule: string }[];
}
const codesOf = (hints: { code: string }[]) => hints.map(({ code }) => code);

it("the check of a death without a funeral allowance names both allowances with their rules", async () => {
  const input = aDeathRequest();
  expect(codesOf(await hintsOf("Death", input))).toEqual(["CARD_OF_POOR_HOUSEHOLD"]);
  const hints = await hintsOf("Death", { ...input, funeralAllowance: null });
  expect(hints.slice(0, 2)).toMatchObject([
    {
      ...{ kind: "ENTITLEMENT", code: "FUNERAL_OF_PROTECTED", procedure: { code: "1.001731" }, included: false },
      ...{ rule: "Người chết đang hưởng trợ giúp bảo trợ xã hội" },
      legalBasis: "Quyết định 2072/QĐ-BYT",
    },
    { code: "FUNERAL_OF_PENSIONER", procedure: { code: "1.014028" } },
  ]);
});

it("the check of a birth names what its request leaves out, and nothing that it asks for", async () => {
  const input = aBirthRequest();
  expect(codesOf(await hintsOf("Birth", input))).toEqual(["CARD_OF_POOR_HOUSEHOLD"]);
  const bare = { ...input, father: null, residence: null, insurance: null };
  expect(codesOf(await hintsOf("Birth", bare))).toEqual([
    ...["RESIDENCE_OF_CHILD", "CARD_OF_CHILD", "RECOGNITION_OF_FATHER", "CARD_OF_POOR_HOUSEHOLD"],
  ]);
});

it("the check of a move names the facility of first care and the seat of a business where the request leaves them out", async () => {
  expect(codesOf(await hintsOf("Move", aMoveWithShop()))).toEqual([
    ...["CONFIRMATION_OF_RESIDENCE", "CARD_OF_POOR_HOUSEHOLD"],
  ]);
  expect(codesOf(await hintsOf("Move", { ...aMoveRequest(), careFacility: null, business: null }))).toEqual([
    ...["CARE_FACILITY_OF_MOVER", "SEAT_OF_BUSINESS", "CONFIRMATION_OF_RESIDENCE", "CARD_OF_POOR_HOUSEHOLD"],
  ]);
});

it("the check of a marriage without a change of household names the residence with the spouse", async () => {
  const input = aMarriageRequest();
  expect(codesOf(await hintsOf("Marriage", input))).toEqual(["EXTRACT_OF_MARRIAGE"]);
  expect(codesOf(await hintsOf("Marriage", { ...input, household: null }))).toEqual([
    ...["RESIDENCE_OF_SPOUSE", "EXTRACT_OF_MARRIAGE"],
  ]);
});

it("the check of a land transfer names the removal of a debt from the certificate", async () => {
  expect(codesOf(await hintsOf("LandTransfer", aLandTransfer()))).toEqual(["DEBT_ON_CERTIFICATE"]);
});

it("every entitlement is a procedure of the catalogue and has a legal basis", () => {
  const all = ["birth", "death", "business-start", "move", "marriage", "land-transfer"].flatMap((event) =>
    entitlementsAfter(event, [
      ...(["WITHOUT_RESIDENCE", "WITHOUT_CARD", "WITHOUT_FATHER"] as const),
      ...(["WITHOUT_FUNERAL_ALLOWANCE", "WITHOUT_SOCIAL_INSURANCE"] as const),
      ...(["WITHOUT_CARE_FACILITY", "WITHOUT_BUSINESS", "WITHOUT_HOUSEHOLD"] as const),
    ]),
  );
  expect(all.length).toBeGreaterThanOrEqual(9);
  for (const { code, procedure, legalBasis } of all) {
    expect([code, procedureOf(procedure ?? "")?.code]).toEqual([code, procedure]);
    expect([code, legalBasis]).toEqual([code, expect.stringMatching(/^(Luật|Nghị định|Quyết định) /)]);
  }
});

it("configuration replaces the assumed licences of a line of business, and names what it cannot read", () => {
  const configured = (table: object) =>
    oneStopConfiguration({ LICENCES_OF_LINES: JSON.stringify(table) }).licencesOfLines;
  const table = configured({ "4711": "", "9602": "SECURITY_ORDER,FOOD_SAFETY" });
  expect([table["4711"], table["9602"], table["5610"]]).toEqual([
    [],
    ["SECURITY_ORDER", "FOOD_SAFETY"],
    ["FOOD_SAFETY"],
  ]);
  for (const wrong of [{ "47": "" }, { "4711": "A_LICENCE" }])
    expect(() => configured(wrong)).toThrow("LICENCES_OF_LINES");
});
