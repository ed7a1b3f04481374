import { statSync } from "node:fs";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Persona } from "../../gateway/demo/personas.ts";
import { authenticator } from "../../gateway/identity/tokens.ts";
import sample from "../../gateway/playground/examples/submit-birth-bundle.variables.json" with { type: "json" };
import { demoState } from "../../subgraphs/_shared/demo/demo-state.ts";
import { takeKillRequests } from "../../subgraphs/_shared/demo/kill-requests.ts";
import { officers, permissionsOf } from "../../subgraphs/_shared/rights/permissions.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";

let world: World;
beforeAll(async () => {
  world = await gatewayWorld();
});
afterAll(() => world.close());

async function dev(path: string, body?: unknown): Promise<{ status: number; body: ResponseJson }> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`${world.url}/dev/${path}`, init);
  return { status: response.status, body: await response.json() };
}

describe("GET /dev/token", () => {
  test.each([
    ["clerk", { office: "31471" }],
    ["leader", { office: "31471" }],
    ["portal", { province: "92" }],
    ["citizen", { personalId: "093195000017" }],
    ...officers.map(({ role, agency, place }): [Persona, object] => [
      role,
      { agency, ...(place === "office" ? { office: "31471" } : { province: "92" }) },
    ]),
  ] as [Persona, object][])(
    "GET /dev/token issues a token for a %s that the gateway accepts",
    async (persona, claims) => {
      const { status, body } = await dev(`token?persona=${persona}`);
      expect([status, body.token_type, body.expires_in]).toEqual([200, "Bearer", 3_600]);
      expect(decodeJwt(body.access_token)).toMatchObject({ role: persona, sub: `demo:${persona}:31471`, ...claims });
      const { data } = await world.ask("{ whoAmI }", {}, { authorization: `Bearer ${body.access_token}` });
      expect(data.whoAmI).toBe(`${persona} ${permissionsOf(persona).join(" ")}`.trim());
    },
  );

  test("GET /dev/token issues a token for another commune", async () => {
    const claims = decodeJwt(await world.token("portal", "&commune=00004"));
    expect(claims).toMatchObject({ sub: "demo:portal:00004", province: "01" });
  });

  test("GET /dev/token keeps its key across restarts, readable by its owner alone", async () => {
    const token = await world.token("clerk");
    const issuer = "urn:motcua:demo";
    const trust = { kind: "demo", directory: world.demoDirectory, issuer, audience: "urn:motcua:gateway" } as const;
    expect(await authenticator(trust)(token, "r")).toMatchObject({ role: "clerk" });
    expect(statSync(join(world.demoDirectory, "token-key.pem")).mode & 0o777).toBe(0o600);
  });
});

describe("GET /dev/families and /dev/care-facilities", () => {
  test("GET /dev/families lists at least 2,000 couples of the clerk's commune, including the sample's", async () => {
    const { body } = await dev("families?first=2000");
    expect(body).toHaveLength(2_000);
    const { mother, father, residence } = sample.input;
    const { headPersonalId, address } = residence;
    expect(body[0]).toEqual({ mother, father, household: { headPersonalId, address } });
    const page = await dev("families?first=2&offset=5");
    expect(page.body).toEqual(body.slice(5, 7));
  });

  test("GET /dev/care-facilities lists the facilities of a commune, including the sample's", async () => {
    const { body } = await dev("care-facilities?commune=31471");
    expect(body.map((each: { code: string }) => each.code)).toContain(sample.input.insurance.facility);
  });
});

describe("POST /dev/clock", () => {
  test("POST /dev/clock sets the business clock, which continues from there, and null resets it", async () => {
    const set = await dev("clock", { now: "2026-02-13T16:10:00+07:00" });
    expect(set.body.now).toMatch(/^2026-02-13T16:10:0.*\+07:00$/);
    const offset = demoState(world.demoDirectory).clockOffsetMs();
    expect(Math.abs(Date.parse("2026-02-13T09:10:00Z") - Date.now() - offset)).toBeLessThan(5_000);
    expect((await dev("clock", { now: null })).body.offsetMs).toBe(0);
  });
});

describe("POST /dev/agencies/NAME", () => {
  test.each(["residence", "RESIDENCE"])(
    "POST /dev/agencies/NAME sets the fault mode %s that the agency reads",
    async (name) => {
      for (const mood of ["LOSES_ANSWERS", "UP"] as const) {
        expect((await dev(`agencies/${name}`, { mood })).body).toEqual({ agency: "RESIDENCE", mood });
        expect(demoState(world.demoDirectory).faultMode("RESIDENCE")).toBe(mood);
        expect((await dev("agencies")).body.RESIDENCE).toBe(mood);
      }
    },
  );
});

describe("POST /dev/kill/NAME", () => {
  test("POST /dev/kill/NAME hands the name of a process to the supervisor, and to nobody without one", async () => {
    expect((await dev("kill")).body).toEqual({ supervised: false });
    const killed: string[] = [];
    const supervisor = takeKillRequests(world.demoDirectory, (name) => killed.push(name));
    expect((await dev("kill")).body).toEqual({ supervised: true });
    for (const name of ["RESIDENCE", "gateway"]) expect((await dev(`kill/${name}`, {})).status).toBe(200);
    await expect.poll(() => killed.sort()).toEqual(["gateway", "residence"]);
    supervisor.stop();
    expect((await dev("kill")).body).toEqual({ supervised: false });
  });
});

describe("what a /dev endpoint cannot do", () => {
  test.each([
    ["token?persona=king", undefined, "persona", "clerk"],
    ["token", undefined, "persona", "clerk"],
    ["token?persona=clerk&commune=99999", undefined, "commune", "31471"],
    ["token?persona=citizen&commune=00070", undefined, "commune", "31471"],
    ["families?first=-1", undefined, "first", "whole number"],
    ["families?offset=x", undefined, "offset", "whole number"],
    ["care-facilities?commune=1", undefined, "commune", "31471"],
    ["clock", { now: "tomorrow" }, "now", "2026-02-13T16:10:00+07:00"],
    ["clock", {}, "now", "2026-02-13T16:10:00+07:00"],
    ["agencies/tax", { mood: "UP" }, "NAME", "civil-status"],
    ["kill/tax", {}, "NAME", "civil-status"],
    ["kill/land", {}, "NAME", "npm start"],
    ["agencies/land", { mood: "SULKS" }, "mood", "ASKS_FOR_PAPERS"],
  ])(
    "a bad request to a /dev endpoint is refused with the field and the remedy: %s",
    async (path, body, field, remedy) => {
      const answer = await dev(path, body);
      expect(answer).toMatchObject({ status: 400, body: { error: { code: "BAD_USER_INPUT", field } } });
      expect(answer.body.error.remedy).toContain(remedy);
    },
  );

  test("a /dev endpoint refuses pages of other sites", async () => {
    const headers = { "sec-fetch-site": "cross-site" };
    expect((await fetch(`${world.url}/dev/token?persona=clerk`, { headers })).status).toBe(403);
  });

  test("no /dev endpoint exists outside demo mode, and no demo token is trusted there", async () => {
    const plain = await gatewayWorld({ MOTCUA_DEMO_DIR: "" });
    for (const path of ["token?persona=clerk", "families", "clock", "agencies", "personas"]) {
      expect((await fetch(`${plain.url}/dev/${path}`)).status).toBe(404);
    }
    const authorization = `Bearer ${await world.token("clerk")}`;
    expect((await plain.ask("{ whoAmI }", {}, { authorization })).status).toBe(401);
    expect((await plain.ask("{ whoAmI }")).data).toEqual({ whoAmI: "anonymous" });
    await plain.close();
  });
});
