import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { personas } from "../../gateway/demo/personas.ts";
import { DEADLINE_HEADER } from "../../subgraphs/_shared/identity/call-headers.ts";
import { anonymous } from "../../subgraphs/_shared/identity/caller.ts";
import {
  IDENTITY_HEADER,
  type IdentityKeys,
  MAX_LIFETIME_MS,
  signIdentity,
} from "../../subgraphs/_shared/identity/identity.ts";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";
import { type Agency, smallAgency } from "./kit/sample-subgraph.ts";

const oldKey = { id: "old", secret: "the-secret-before-the-rotation" };
const newKey = { id: "new", secret: "the-secret-after-the-rotation-0" };
const body = JSON.stringify({ query: "{ hello }" });

let agency: Agency;
beforeAll(async () => {
  agency = await smallAgency("land", [newKey, oldKey], "type Query { hello: String }", {
    Query: { hello: () => "hi" },
  });
});
afterAll(() => agency.close());

type Signing = { keys?: IdentityKeys; audience?: string; signed?: string; ageMs?: number; lifetimeMs?: number };

function sign({ keys = [newKey], audience = "land", signed = body, ageMs = 0, lifetimeMs }: Signing = {}): string {
  const caller = anonymous("request-1");
  return signIdentity(keys, { audience, issuer: "gateway", body: signed, caller, now: Date.now() - ageMs, lifetimeMs });
}

async function send(identity: string | undefined): Promise<string> {
  const headers = { "content-type": "application/json", ...(identity && { [IDENTITY_HEADER]: identity }) };
  const response = await fetch(agency.url, { method: "POST", headers, body });
  const answer = (await response.json()) as { errors?: { message: string }[] };
  return answer.errors?.[0]?.message ?? "accepted";
}

describe("a subgraph accepts a signed identity", () => {
  test("a subgraph accepts an identity signed with its newest key and, during a rotation, with the previous one", async () => {
    expect(await send(sign())).toBe("accepted");
    expect(await send(sign({ keys: [oldKey] }))).toBe("accepted");
  });
});

describe("a subgraph refuses an identity that is", () => {
  test.each<[string, string | undefined, string]>([
    ["missing", undefined, "MISSING"],
    ["no identity at all", "hello", "MALFORMED"],
    ["signed by nobody it knows", sign({ keys: [{ id: "other", secret: newKey.secret }] }), "UNKNOWN_KEY"],
    ["signed with another secret", sign({ keys: [{ id: "new", secret: "quite-another-secret" }] }), "ALTERED"],
    ["altered", sign().replace('"role":"anonymous"', '"role":"service"'), "ALTERED"],
    ["meant for another body", sign({ signed: '{"query":"{ other }"}' }), "ALTERED"],
    ["meant for another agency", sign({ audience: "residence" }), "WRONG_AUDIENCE"],
    ["expired", sign({ ageMs: MAX_LIFETIME_MS + 1_000 }), "EXPIRED"],
    ["promised for too long", sign({ lifetimeMs: MAX_LIFETIME_MS + 60_000 }), "EXPIRED"],
  ])("a subgraph refuses an identity that is %s", async (_, identity, fault) => {
    expect(await send(identity)).toBe(fault);
  });

  test("a subgraph refuses a replayed identity", async () => {
    const identity = sign();
    expect(await send(identity)).toBe("accepted");
    expect(await send(identity)).toBe("REPLAYED");
  });
});

describe("the gateway", () => {
  let world: World;
  beforeAll(async () => {
    const name = "IDENTITY_KEYS_RESIDENCE";
    world = await gatewayWorld({ [name]: "k1:a-key-that-residence-does-not-know" });
  });
  afterAll(() => world.close());

  test("the gateway vouches for the caller and forwards nothing else of the client", async () => {
    const authorization = `Bearer ${await world.token("clerk")}`;
    const headers = { authorization, cookie: "a=b", [IDENTITY_HEADER]: "forged", "x-forwarded-for": "1.2.3.4" };
    await world.ask("{ whoAmI }", {}, headers);
    const asked = world.oneStop.asked.at(-1);
    expect(asked?.caller).toMatchObject({ subject: "demo:clerk:31471", role: "clerk", office: "31471" });
    const names = Object.keys(asked?.headers ?? {}).sort();
    const ours = [IDENTITY_HEADER, DEADLINE_HEADER];
    expect(names).toEqual(["accept", "connection", "content-length", "content-type", "host", ...ours].sort());
    expect(asked?.headers[IDENTITY_HEADER]).toMatch(/^v2\.k1\./);
  });

  test("the gateway never gives one caller's response to another, however many send requests at once", async () => {
    const tokens = await Promise.all(personas.map((each) => world.token(each)));
    const asks = Array.from({ length: 90 }, async (_, i) => {
      const { data } = await world.ask("{ whoAmI }", {}, { authorization: `Bearer ${tokens[i % tokens.length]}` });
      return data.whoAmI.split(" ")[0] === personas[i % personas.length];
    });
    expect(await Promise.all(asks)).not.toContain(false);
  });

  test("the gateway reports an agency that does not know its key as unavailable, not the client as unknown", async () => {
    const { errors } = await world.ask('{ citizen(personalId: "093195000017") { fullName } }');
    const message = "RESIDENCE cannot be reached: it does not accept this gateway's identity";
    expect(errors).toMatchObject([{ message, extensions: { code: "UNAVAILABLE", agency: "RESIDENCE" } }]);
  });
});
