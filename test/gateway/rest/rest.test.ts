import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { restResource } from "../../../gateway/rest/rest-documents.ts";
import { aBirthRequest, dossierThatIs, submit } from "../../given.ts";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import type { ResponseJson } from "../../kit/response-json.ts";
import { sharedWorld } from "../../world.ts";
import { foreignWorld } from "../kit/foreign-world.ts";

const world = sharedWorld(shortBackoff);
let token: string;
let code: string;
let openApi: ResponseJson;
beforeAll(async () => {
  token = await world.current.token("clerk");
  code = (await submit(world.current, aBirthRequest())).data.submitBirthBundle.dossier.code;
  await dossierThatIs(world.current, code, ({ outcome }) => outcome === "GRANTED");
  openApi = (await get("/api/openapi.json", {}, null)).body;
});

type Got = { status: number; headers: Headers; type: string; body: ResponseJson };

async function get(path: string, headers: Record<string, string> = {}, bearer: string | null = token): Promise<Got> {
  const authorization: Record<string, string> = bearer === null ? {} : { authorization: `Bearer ${bearer}` };
  const response = await fetch(`${world.current.url}${path}`, { headers: { ...authorization, ...headers } });
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  return { status: response.status, headers: response.headers, type, body: text === "" ? null : JSON.parse(text) };
}

/** Faults of an answer by the schema that the OpenAPI document gives for it. */
function faultsOf(path: string, { status, type, body }: Got): unknown {
  const { responses } = openApi.paths[path].get;
  const content = responses[status]?.content ?? openApi.components.responses.Problem.content;
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile({ ...content[type.split(";")[0] ?? ""]?.schema, components: openApi.components });
  return validate(body) ? [] : validate.errors;
}

describe("the OpenAPI document", () => {
  test("the OpenAPI document is valid and has every resource of the documents", async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(openApi));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(openApi.openapi).toBe("3.1.0");
    expect(Object.keys(openApi.paths).sort()).toEqual([
      ...["/api/attachments", "/api/attachments/{id}", "/api/changes", "/api/dossiers", "/api/dossiers-by-code"],
      ...[
        "/api/dossiers/{code}",
        "/api/dossiers/{code}/papers/{paper}.pdf",
        "/api/dossiers/{code}/parts/{part}/result.pdf",
      ],
      ...["/api/procedures", "/api/procedures/{code}", "/api/track/{code}"],
    ]);
  });

  test("variables are parameters with their types, defaults and allowed values", () => {
    const { parameters } = openApi.paths["/api/dossiers"].get;
    const byName = Object.fromEntries(parameters.map((each: { name: string }) => [each.name, each]));
    expect(byName.first).toEqual({
      name: "first",
      in: "query",
      required: false,
      schema: { type: "integer", default: 50 },
    });
    expect(byName.states.schema).toMatchObject({
      type: "array",
      items: { enum: expect.arrayContaining(["COMPLETED"]) },
    });
    expect(byName.dueBefore.schema).toEqual({ type: "string", format: "date-time" });
    expect(openApi.paths["/api/track/{code}"].get.parameters).toMatchObject([
      { name: "code", in: "path", required: true },
      { name: "Phone-Last4", in: "header", required: true },
    ]);
  });

  test("a gateway of another graph has no REST", async () => {
    const foreign = await foreignWorld();
    for (const path of ["/api/openapi.json", "/api/dossiers"])
      expect((await fetch(`${foreign.url}${path}`)).status).toBe(404);
    await foreign.close();
  });
});

describe("an answer", () => {
  test.each<[string, () => string, Record<string, string>]>([
    ["/api/dossiers/{code}", () => `/api/dossiers/${code}`, {}],
    ["/api/dossiers", () => "/api/dossiers?states=COMPLETED&states=RETURNED&first=5&overdue=false", {}],
    ["/api/dossiers-by-code", () => `/api/dossiers-by-code?codes=${code}&codes=${code}`, {}],
    ["/api/changes", () => "/api/changes?first=20", {}],
    ["/api/procedures", () => "/api/procedures?search=khai%20sinh&agency=CIVIL_STATUS", {}],
    ["/api/procedures/{code}", () => "/api/procedures/1.001193?on=2026-11-01", {}],
    ["/api/track/{code}", () => `/api/track/${code}`, { "phone-last4": "5678" }],
  ])("an answer of %s fits its schema", async (path, address, headers) => {
    const answer = await get(address(), headers);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body.errors).toBeUndefined();
    const nodes = answer.body.data.nodes ?? [answer.body.data].flat();
    expect(nodes.length).toBeGreaterThan(0);
    expect(faultsOf(path, answer)).toEqual([]);
  });

  test("parameters filter as the variables do", async () => {
    const { body } = await get("/api/dossiers?states=WITHDRAWN");
    expect(body.data.nodes).toEqual([]);
    const [first] = (await get("/api/changes?first=1")).body.data.nodes;
    const [next] = (await get(`/api/changes?first=1&since=${encodeURIComponent(first.cursor)}`)).body.data.nodes;
    expect(next.id).not.toBe(first.id);
  });

  test("a fault of one part stands beside the others, with its place", async () => {
    const answer = await get(`/api/dossiers-by-code?codes=H13.155-261123-9876&codes=${code}`);
    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject([null, { code }]);
    expect(answer.body.errors).toMatchObject([{ code: "NOT_FOUND", path: [0] }]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(faultsOf("/api/dossiers-by-code", answer)).toEqual([]);
  });

  test("an unchanged answer is 304, belongs to its caller, and tells the rest of the limits", async () => {
    const first = await get(`/api/dossiers/${code}`);
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(first.headers.get("ratelimit")).toMatch(/^"caller";r=\d+;t=\d+, /);
    const again = await get(`/api/dossiers/${code}`, { "if-none-match": first.headers.get("etag") ?? "" });
    expect([again.status, again.body]).toEqual([304, null]);
  });

  test("the catalogue may be kept by shared caches", async () => {
    const { headers } = await get("/api/procedures", {}, null);
    expect(headers.get("cache-control")).toBe("public, max-age=60");
    expect([headers.get("ratelimit"), headers.get("etag")]).toEqual([null, expect.any(String)]);
  });

  test("an attachment is uploaded and read below /api as well", async () => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/pdf" };
    const body = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    const stored = await fetch(`${world.current.url}/api/attachments`, { method: "POST", headers, body });
    expect(stored.status).toBe(201);
    const { id } = (await stored.json()) as { id: string };
    const read = await fetch(`${world.current.url}/api/attachments/${id}`, { headers });
    expect(await read.text()).toBe(body);
  });
});

describe("a refusal", () => {
  const refused: [number, string, string, () => string, Record<string, string>, (string | null)?][] = [
    [400, "BAD_USER_INPUT", "a value of the wrong type", () => "/api/dossiers?first=many", {}],
    [400, "BAD_USER_INPUT", "a page that is too large", () => "/api/dossiers?first=201", {}],
    [400, "BAD_USER_INPUT", "a parameter that does not exist", () => "/api/dossiers?frist=1", {}],
    [400, "BAD_USER_INPUT", "a parameter given twice", () => "/api/dossiers?first=1&first=2", {}],
    [400, "BAD_USER_INPUT", "a missing parameter", () => "/api/dossiers-by-code", {}],
    [400, "BAD_USER_INPUT", "a missing header", () => `/api/track/${code}`, {}],
    [401, "UNAUTHENTICATED", "a request without a token", () => `/api/dossiers/${code}`, {}, null],
    [401, "UNAUTHENTICATED", "a broken token", () => `/api/dossiers/${code}`, {}, "broken"],
    [404, "NOT_FOUND", "the code of no dossier", () => "/api/dossiers/H13.155-261123-9876", {}],
    [404, "NOT_FOUND", "a path of no resource", () => "/api/nothing", {}],
  ];
  test.each(refused)("%i (%s) of %s is a problem of RFC 9457 that fits its schema", async (...given) => {
    const [status, wanted, , address, headers, bearer] = given;
    const answer = await get(address(), headers, bearer);
    expect([answer.status, answer.type]).toEqual([status, "application/problem+json; charset=utf-8"]);
    expect(answer.body).toMatchObject({
      type: "about:blank",
      status,
      code: wanted,
      requestId: answer.headers.get("x-request-id"),
    });
    expect(faultsOf("/api/dossiers", answer)).toEqual([]);
  });

  test("all wrong parameters are named at once, and no value is repeated", async () => {
    const { body } = await get(`/api/dossiers-by-code?one=1&093195000017=2&two=3`);
    expect(body.detail).toBe(
      "The parameter one does not exist: there are codes; The parameter with an unusual name does not exist: there are codes; " +
        "The parameter two does not exist: there are codes; The parameter codes is required",
    );
  });

  test("five wrong digits lock the tracking of a code, with the time until the next attempt", async () => {
    const path = "/api/track/H13.155-261123-9877";
    for (let attempt = 1; attempt <= 5; attempt++)
      expect((await get(path, { "phone-last4": "0000" }, null)).status).toBe(404);
    const { status, headers, body } = await get(path, { "phone-last4": "0000" }, null);
    expect([status, body.code]).toEqual([429, "RATE_LIMITED"]);
    expect(Number(headers.get("retry-after"))).toBe(body.retryAfterSeconds);
  });

  test("while the desk is down the problem is 503 and says who does not answer", async () => {
    await world.current.agencies.disconnect("one-stop");
    const { status, headers, body } = await get(`/api/dossiers/${code}`);
    await world.current.agencies.reconnect("one-stop");
    expect([status, body.code, body.agency]).toEqual([503, "UNAVAILABLE", "ONE_STOP"]);
    expect(headers.get("retry-after")).toBe("30");
  });

  test("another method is refused with 405 and what is allowed", async () => {
    const response = await fetch(`${world.current.url}/api/dossiers`, { method: "DELETE" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
  });

  test("a page of another site is refused as for GraphQL", async () => {
    const { status, type } = await get("/api/procedures", { "sec-fetch-site": "cross-site" }, null);
    expect([status, type]).toEqual([403, "application/problem+json; charset=utf-8"]);
  });
});

describe("a REST document", () => {
  test.each([
    ["query A { a }", "must begin with a comment such as: GET /api/dossiers/{code}"],
    ["# POST /api/a\nquery A { a }", "must begin with a comment such as: GET /api/dossiers/{code}"],
    ["# GET /api/a\nquery A { a b }", "must be one operation with one root field"],
    ["# GET /api/a\nquery A { ...F } fragment F on Query { a }", "must be one operation with one root field"],
  ])("the document %j is refused at the start", (document, reason) => {
    expect(() => restResource(document, "a.graphql")).toThrow(`a.graphql ${reason}`);
  });
});
