import { describe, expect, it } from "vitest";
import { sharedWorld } from "../world.ts";

const world = sharedWorld();

async function publicly(query: string, variables: object = {}) {
  const { data, errors } = await world.current.ask(null, query, variables);
  expect(errors).toBeUndefined();
  return data;
}

describe("the lists that fill a form, without a token", () => {
  it("communes are found without a token by text without diacritics, with their province and former names", async () => {
    const { communes } = await publicly(
      `query ($search: String) { communes(first: 5, search: $search) {
         code name province { code name } formerCommunes { code name district province } } }`,
      { search: "long my can tho" },
    );
    expect(communes.map((each: { code: string }) => each.code)).toContain("31471");
    expect(communes[0]).toMatchObject({ province: { code: "92", name: "Thành phố Cần Thơ" } });
    expect(communes[0].formerCommunes.length).toBeGreaterThan(0);
  });

  it("communes of a whole province are listed, and a page of more than 200 is refused", async () => {
    const { communes } = await publicly(`{ communes(first: 200, province: "92") { code } }`);
    expect(communes.length).toBeGreaterThan(50);
    const { errors } = await world.current.ask(null, "{ communes(first: 201) { code } }");
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  it("provinces, ethnic groups, nationalities, papers and the relations of each use are listed without a token", async () => {
    const data = await publicly(`{
      provinces { code name } ethnicGroups { code name otherNames } nationalities { code name nameEn }
      papers { code name basis heldBy { code } }
      household: relations(use: HOUSEHOLD) { code name } declarants: relations(use: BIRTH_DECLARANT) { code name } }`);
    const counts = [data.provinces, data.ethnicGroups, data.nationalities].map((list) => list.length);
    expect(counts).toEqual([34, 55, 250]);
    expect(data.declarants).toContainEqual({ code: "MOTHER", name: "Mẹ" });
    expect(data.household).toContainEqual({ code: "HEAD", name: "Chủ hộ" });
    expect(data.declarants.map((each: { code: string }) => each.code)).not.toContain("HEAD");
    expect(data.papers).toContainEqual(expect.objectContaining({ code: "LAND_CERTIFICATE", heldBy: { code: "LAND" } }));
  });

  it("every problem code is explained without a token in both languages", async () => {
    const { problemCodes } = await publicly("{ problemCodes { code meaning meaningEn } }");
    const codes = problemCodes.map((each: { code: string }) => each.code);
    expect(codes.length).toBeGreaterThan(60);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes).toEqual(
      expect.arrayContaining(["CHILD_ALREADY_REGISTERED", "NATIONALITY_UNKNOWN", "AGENCY_UNAVAILABLE"]),
    );
  });

  it("care facilities are found without a token by commune, by province and by a part of the name", async () => {
    const QUERY = `query ($search: String, $commune: ID, $province: ID, $first: Int!) {
      careFacilities(first: $first, search: $search, commune: $commune, province: $province) {
        code name commune { code name } } }`;
    const found = async (variables: object) => (await publicly(QUERY, { first: 20, ...variables })).careFacilities;
    expect((await found({ commune: "31471" })).map((each: { code: string }) => each.code)).toContain("93012");
    expect(await found({ province: "92", search: "trung tam y te" })).toEqual([
      expect.objectContaining({ code: "93012", commune: { code: "31471", name: "Phường Long Mỹ" } }),
    ]);
    expect(await found({ search: "93012" })).toHaveLength(1);
    expect(await found({ search: "%" })).toHaveLength(20);
    expect(await found({ commune: "99999" })).toEqual([]);
  });
});
