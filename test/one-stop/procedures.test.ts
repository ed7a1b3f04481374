import { describe, expect, it } from "vitest";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import type { DossierData } from "../kit/dossier-outcomes.ts";
import { contract, sharedWorld } from "../world.ts";

const world = sharedWorld();

async function list(variables: object) {
  const { data, errors } = await world.current.ask(null, contract("procedures"), { first: 200, ...variables });
  expect(errors).toBeUndefined();
  return data.procedures;
}

describe("the catalogue of procedures, for anybody", () => {
  it("the catalogue has 77 procedures, each with the texts that an office must post", async () => {
    const { totalCount, nodes } = await list({});
    expect([totalCount, nodes.length]).toEqual([77, 77]);
    const birth = nodes.find((each: DossierData) => each.code === "1.001193");
    expect(birth).toMatchObject({
      name: expect.stringMatching(/khai sinh/i),
      agency: { code: "CIVIL_STATUS" },
      levels: expect.arrayContaining([expect.any(String)]),
      requiredPapers: null,
      channels: expect.arrayContaining(["ONLINE"]),
    });
  });

  it.each(["thường trú", "THUONG TRU", "thuong tru", "thường   trú"])(
    "the catalogue is searched for %j",
    async (search) => {
      const { nodes, totalCount } = await list({ search });
      expect(totalCount).toBe(nodes.length);
      expect(nodes.map((each: DossierData) => each.code)).toContain("1.004222");
      expect(nodes.every((each: DossierData) => /thường trú/i.test(each.name))).toBe(true);
    },
  );

  it("the catalogue distinguishes the letter đ, which has no diacritic to remove", async () => {
    const { nodes } = await list({ search: "dat dai" });
    expect(nodes.length).toBeGreaterThan(0);
    expect(nodes.every((each: DossierData) => /đất đai/i.test(each.name))).toBe(true);
  });

  it.each(["1.0041", "%", "_", "\\"])(
    "the catalogue treats %j in a search as text, not as a pattern",
    async (search) => {
      const { nodes } = await list({ search });
      expect(nodes.every((each: DossierData) => `${each.code} ${each.name}`.includes(search))).toBe(true);
    },
  );

  it("the catalogue is filtered by agency", async () => {
    const agencies = subgraphs.map(({ agency }) => agency);
    const pages = await Promise.all(agencies.map((agency) => list({ agency })));
    expect(pages.reduce((sum, page) => sum + page.totalCount, 0)).toBe(77);
    pages.forEach((page, at) => {
      expect(new Set(page.nodes.map((each: DossierData) => each.agency.code))).toEqual(new Set([agencies[at]]));
    });
  });

  it("the catalogue comes in pages", async () => {
    const PAGE = `query ($first: Int!, $after: String) { procedures(first: $first, after: $after) { totalCount
      nodes { code } pageInfo { hasNextPage endCursor } } }`;
    const codes: string[] = [];
    for (let after: string | null = null; ; ) {
      const { data } = await world.current.ask(null, PAGE, { first: 30, after });
      codes.push(...data.procedures.nodes.map((each: DossierData) => each.code));
      if (!data.procedures.pageInfo.hasNextPage) break;
      after = data.procedures.pageInfo.endCursor;
    }
    expect(new Set(codes).size).toBe(77);
    expect(codes).toHaveLength(77);
  });
});
