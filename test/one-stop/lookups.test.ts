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
      expect.arrayContaining([
        ...["CHILD_ALREADY_REGISTERED", "NATIONALITY_UNKNOWN", "AGENCY_UNAVAILABLE"],
        ...["REFUSED_BY_OFFICER", "SUPPLEMENT_UNANSWERED"],
      ]),
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

  it("the former name and the former code of a commune lead to the new one", async () => {
    const { communes } = await publicly(`{ communes(first: 1, search: "31471") { formerCommunes { code name } } }`);
    const [former] = communes[0].formerCommunes;
    const QUERY = "query ($search: String!) { communes(first: 200, search: $search) { code } }";
    for (const search of [former.code, former.name, former.name.normalize("NFD").toUpperCase()]) {
      const found = (await publicly(QUERY, { search })).communes;
      expect(found.map((each: { code: string }) => each.code)).toContain("31471");
    }
  });

  it.each([
    ...[
      "",
      " ",
      "%",
      "_",
      "\\",
      "'; drop table",
      "\u202eabc",
      "\u200b",
      "👶",
      "e\u0301".repeat(500),
      "x".repeat(20_000),
    ],
    ...["__proto__", "constructor", "9".repeat(400), "\ud800"],
  ])("a look-up by the text %j finds something or nothing, and nothing fails", async (text) => {
    const { errors } = await world.current.ask(
      null,
      `query ($text: String!, $id: ID!) {
        communes(first: 3, search: $text) { code } inProvince: communes(first: 3, province: $id) { code }
        careFacilities(first: 3, search: $text) { code } ofCommune: careFacilities(first: 3, commune: $id) { code }
        procedures(first: 3, search: $text) { nodes { code } } procedure(code: $id) { code } }`,
      { text, id: text },
    );
    for (const { extensions } of errors ?? []) expect(extensions.code).toMatch(/^(BAD_USER_INPUT|NOT_FOUND)$/);
  });

  it("a use, a page or a day that no list has is the client's fault", async () => {
    const hostile = [
      ["query ($v: RelationUse!) { relations(use: $v) { code } }", "PIGEON"],
      ["query ($v: Int!) { communes(first: $v) { code } }", 0],
      ['query ($v: Date) { procedure(code: "1.000894", on: $v) { code } }', "2025-02-29"],
    ] as const;
    for (const [query, v] of hostile) {
      const { errors } = await world.current.ask(null, query, { v });
      expect(errors?.[0]?.extensions.code, query).toBe("BAD_USER_INPUT");
    }
  });
});
