import { describe, expect, it } from "vitest";
import { aBirthRequest } from "../given.ts";
import { untouched } from "../kit/registers-unchanged.ts";
import { clerk, contract } from "../world.ts";
import { worldWithLongDeadlines } from "./refused-requests.ts";

const world = worldWithLongDeadlines();
const SUBMIT = contract("submit-birth-bundle");

type Refusal = { status: number; text: string; errors: { message: string; extensions: Record<string, unknown> }[] };

/** Posts a body as it is and expects a typed refusal: one code, a request id, nothing of the inside, nothing written. */
async function refusal(body: string): Promise<Refusal> {
  const authorization = `Bearer ${await world.current.token("clerk")}`;
  return untouched(world.current, async () => {
    const headers = { "content-type": "application/json", authorization };
    const response = await fetch(`${world.current.url}/graphql`, { method: "POST", headers, body });
    const text = await response.text();
    const { errors, data } = JSON.parse(text);
    expect(data?.submitBirthBundle ?? null).toBeNull();
    expect(response.status).toBeLessThan(500);
    for (const { extensions } of errors) {
      expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", requestId: expect.any(String) });
    }
    expect(text).not.toMatch(/node_modules|postgres|at \w+ \(/i);
    return { status: response.status, text, errors };
  });
}

function submission(variables: object): string {
  return JSON.stringify({
    query: SUBMIT,
    variables: { input: aBirthRequest(), idempotencyKey: "protocol", ...variables },
  });
}

/** `depth` objects, one in the other, as text: too deep for JSON.stringify. */
function nested(depth: number): string {
  return `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
}

describe("a body", () => {
  it.each([
    ["that is empty", "", 400],
    ["that is blank", " \n", 400],
    ["that is no JSON", "{", 400],
    ["that is null", "null", 400],
    ["that is a text", '"query"', 400],
    ["of no query", "{}", 400],
    ["of 10 MB", `{"query":"${"x".repeat(10_000_000)}"}`, 413],
    ["of deep lists", "[".repeat(400_000), 400],
  ])("a request body %s is refused", async (_, body, status) => {
    expect((await refusal(body)).status).toBe(status);
  });
});

describe("variables", () => {
  async function withUndeclared(levels: number) {
    const body = `{"query":"{ __typename }","variables":{"a":${nested(levels)}}}`;
    const headers = { "content-type": "application/json" };
    return (await fetch(`${world.current.url}/graphql`, { method: "POST", headers, body })).json();
  }

  it("undeclared variables are ignored within the limit of nesting, and refused beyond it like declared ones", async () => {
    expect(await withUndeclared(90)).toEqual({ data: { __typename: "Query" } });
    const limit = { name: "nesting", allowed: 100, asked: 101 };
    expect(await withUndeclared(50_000)).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT", limit } }] });
  });

  const input = aBirthRequest();
  const without = (name: keyof typeof input) => ({ ...input, [name]: undefined });
  it.each<[string, object]>([
    ["without an input", { input: undefined }],
    ["with an input that is null", { input: null }],
    ["with an input that is a text", { input: "input" }],
    ["with an input that is a list", { input: [[]] }],
    ["without a child", { input: without("child") }],
    ["without a handover", { input: without("handover") }],
    ["with a handover that is null", { input: { ...input, handover: null } }],
    ["with an office that is a number", { input: { ...input, office: 31471 } }],
    ["with a name that is an object", { input: { ...input, child: { ...input.child, fullName: {} } } }],
    [
      "with an order that is a text",
      { input: { ...input, child: { ...input.child, multipleBirth: { order: "1", of: 2 } } } },
    ],
    [
      "with an order that is a fraction",
      { input: { ...input, child: { ...input.child, multipleBirth: { order: 1.5, of: 2 } } } },
    ],
    ["with copies beyond 32 bits", { input: { ...input, handover: { method: "DESK", paperCopies: 2 ** 31 } } }],
    ["with a wish that is a text", { input: { ...input, identityCard: { wanted: "no" } } }],
    ["with an unknown field", { input: { ...input, fee: 0 } }],
    ["with an unknown field, deeper", { input: { ...input, child: { ...input.child, "\u0000": 1 } } }],
    ["with a constructor", { input: { ...input, constructor: { prototype: { polluted: true } } } }],
    ["with a waiting time that is a text", { waitMs: "5000" }],
    ["with a waiting time below zero", { waitMs: -1 }],
    ["with a waiting time of more than 30 seconds", { waitMs: 30_001 }],
    ["with a key that is null", { idempotencyKey: null }],
    ["with a key that is a number", { idempotencyKey: 1 }],
    ["with an empty key", { idempotencyKey: "" }],
    ["with a key of 201 characters", { idempotencyKey: "k".repeat(201) }],
    ["with a key that no header could carry", { idempotencyKey: "a\u0000b" }],
  ])("a submission %s is refused for its variables", async (_, variables) => {
    const { errors, status } = await refusal(submission(variables));
    expect(errors.length).toBeGreaterThan(0);
    expect(status).toBe(200);
  });

  it.each([
    ["__proto__", `"__proto__":{"polluted":true}`],
    ["depth", `"a":${nested(20_000)}`],
  ])("an input variable full of %s is refused and pollutes no prototype", async (_, garbage) => {
    const body = submission({}).replace('"input":{', `"input":{${garbage},`);
    await refusal(body);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("long variables are not repeated in every error", async () => {
    const unknown = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`unknown${n}`, "x".repeat(10_000)]));
    const { text } = await refusal(submission({ input: { ...input, ...unknown } }));
    expect(text.length).toBeLessThan(100_000);
  });
});

describe("a list", () => {
  const cursor = (...key: unknown[]) => Buffer.from(JSON.stringify(key)).toString("base64url");
  const uuid = "01a20248-cbe6-7024-b0e9-25e25973cf57";
  it.each<[string, object]>([
    ["with a first of 0", { first: 0 }],
    ["with a first of 201", { first: 201 }],
    ["with a negative first", { first: -1 }],
    ["with a fractional first", { first: 0.5 }],
    ["with a first that is null", { first: null }],
    ["in an unknown order", { orderBy: "PAID_AT_ASC" }],
    ["in an unknown state", { filter: { states: ["LOST"] } }],
    ["due before a day that does not exist", { filter: { dueBefore: "2026-02-30T00:00:00+07:00" } }],
    ["due in a time without offset", { filter: { dueBefore: "2026-02-03T00:00:00" } }],
    ["due in the year 0", { filter: { dueAfter: "0000-01-01T00:00:00Z" } }],
    ["received in the year 9999", { filter: { receivedAfter: "9999-12-31T23:59:59Z" } }],
    ["of an office with a null character", { filter: { office: "\u0000" } }],
    ["of a province with a null character", { filter: { province: "9\u00002" } }],
    ["of an unknown filter", { filter: { applicant: "Lê" } }],
    ...["", "x", "%00", "\u0000", cursor(), cursor(1), cursor("1", uuid), cursor(null, null), cursor(9e15, uuid)]
      .concat([cursor(1, "x"), cursor(1, `${uuid}\u0000`), cursor(-1, uuid), cursor(1, uuid, 2), cursor({}, [])])
      .filter((after) => after !== "")
      .map((after): [string, object] => [`after the cursor ${JSON.stringify(after)}`, { after }]),
  ])("a list of dossiers %s is refused", async (_, variables) => {
    await refusal(JSON.stringify({ query: contract("dossiers"), variables: { first: 5, ...variables } }));
  });

  it.each([
    ["procedures", "{ procedures(first: 0) { totalCount } }"],
    ["procedures", `{ procedures(first: 1, after: "${cursor("\u0000")}") { totalCount } }`],
    ["procedures of an agency that is none", "{ procedures(first: 1, agency: POST_OFFICE) { totalCount } }"],
    ["procedures searched for a null character", '{ procedures(first: 1, search: "\\u0000") { totalCount } }'],
    ["a citizen's dossiers", '{ citizen(personalId: "093195000017") { dossiers(first: 999) { totalCount } } }'],
  ])("a list query with bad arguments is refused: %s", async (_, query) => {
    expect((await refusal(JSON.stringify({ query }))).errors).toHaveLength(1);
  });

  it("a list filtered by unknown offices and bundles is empty", async () => {
    for (const filter of [{ office: "'--" }, { bundle: "x".repeat(5_000) }, { province: "\ud800" }]) {
      const { data, errors } = await world.current.ask(clerk, contract("dossiers"), { filter, first: 5 });
      expect(errors).toBeUndefined();
      expect(data.dossiers).toMatchObject({ totalCount: 0, nodes: [] });
    }
  });
});
