import { describe, expect, test } from "vitest";
import {
  type IdentityKeys,
  identityVerifier,
  MAX_LIFETIME_MS,
  signIdentity,
} from "../../subgraphs/_shared/identity/identity.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { aFamily } from "../given.ts";
import { caller, sendTo } from "../kit/ask-agency.ts";
import { sharedWorld } from "../world.ts";

const oldKey = { id: "before", secret: "the-secret-before-the-rotation" };
const newKey = { id: "after", secret: "the-secret-after-the-rotation-0" };
const rotating = { IDENTITY_KEYS_LAND: `${newKey.id}:${newKey.secret},${oldKey.id}:${oldKey.secret}` };
const world = sharedWorld({ land: rotating });
const holder = aFamily().mother.personalId;

const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { landCertificates { serial } } } }`;
const bodyOf = (personalId: string) =>
  JSON.stringify({ query, variables: { of: [{ __typename: "Citizen", personalId }] } });
const body = bodyOf(holder);

type Signing = { keys?: IdentityKeys; audience?: SubgraphName; signed?: string; ageMs?: number; lifetimeMs?: number };
function sign({ keys = [newKey], audience = "land", signed = body, ageMs = 0, lifetimeMs }: Signing = {}): string {
  const now = Date.now() - ageMs;
  return signIdentity(keys, { audience, issuer: "test", body: signed, caller: caller("clerk"), now, lifetimeMs });
}

/** The same header with another payload under the same seal. */
function withPayload(change: (payload: Record<string, unknown>) => object): string {
  const [, sealed = "", payload = ""] = /^([^{]+)(.*)$/.exec(sign()) ?? [];
  return `${sealed}${JSON.stringify(change(JSON.parse(payload)))}`;
}
const richer = (payload: Record<string, unknown>) => ({ ...payload, caller: caller("service") });
const longer = (payload: Record<string, unknown>) => ({ ...payload, expiresAt: Date.now() + 20_000, nonce: "new" });

/** The agency's sessions and their last statements: the same before and after means that its database was left alone. */
async function sessions() {
  const sql = world.current.sql("land");
  return [
    ...(await sql`select pid, query_start, query from pg_stat_activity
      where datname = current_database() and application_name = 'land' order by pid`),
  ];
}

describe("an agency refuses, before it touches its database, an identity that is", () => {
  test.each<[string, () => string | undefined, string]>([
    ["missing", () => undefined, "MISSING"],
    ["no identity at all", () => "hello", "MALFORMED"],
    ["of another version", () => sign().replace("v2.", "v1."), "MALFORMED"],
    ["sealed with a key it does not know", () => sign({ keys: [{ ...newKey, id: "other" }] }), "UNKNOWN_KEY"],
    [
      "sealed with a secret that is not the key's",
      () => sign({ keys: [{ ...newKey, secret: "x".repeat(32) }] }),
      "ALTERED",
    ],
    ["altered to another caller", () => withPayload(richer), "ALTERED"],
    ["altered to live longer", () => withPayload(longer), "ALTERED"],
    ["meant for another body", () => sign({ signed: bodyOf("093195000017") }), "ALTERED"],
    ["sealed by half", () => sign().replace(/(\.[\w-]{20})[\w-]+/, "$1"), "ALTERED"],
    ["without a payload", () => sign().replace(/\{.*/, ""), "MALFORMED"],
    ["meant for another agency", () => sign({ audience: "residence" }), "WRONG_AUDIENCE"],
    ["expired", () => sign({ ageMs: MAX_LIFETIME_MS + 1_000 }), "EXPIRED"],
    ["good for more than thirty seconds, its sender's clock being ahead", () => sign({ ageMs: -11_000 }), "EXPIRED"],
    ["promised for longer than thirty seconds", () => sign({ lifetimeMs: MAX_LIFETIME_MS + 5_000 }), "EXPIRED"],
  ])("an agency refuses, before it touches its database, an identity that is %s", async (_, identity, fault) => {
    const before = await sessions();
    const { status, data, errors } = await sendTo(world.current, "land", body, identity());
    expect({ status, data }).toEqual({ status: 401, data: undefined });
    expect(errors).toMatchObject([
      { message: `The signed identity was refused: ${fault}`, extensions: { code: "UNAUTHENTICATED" } },
    ]);
    expect(await sessions()).toEqual(before);
  });

  test("an agency refuses a replayed identity before it touches its database, with the same body or another", async () => {
    const identity = sign();
    const untouched = await sessions();
    expect((await sendTo(world.current, "land", body, identity)).data._entities).toHaveLength(1);
    const before = await sessions();
    expect(before).not.toEqual(untouched); // so that a touched database would show
    for (const again of [body, bodyOf("093195000017")])
      expect((await sendTo(world.current, "land", again, identity)).status).toBe(401);
    expect(await sessions()).toEqual(before);
  });
});

test("an agency accepts an identity of a sender whose clock is a few seconds off in either direction", async () => {
  for (const ageMs of [-5_000, 5_000]) {
    expect((await sendTo(world.current, "land", body, sign({ ageMs }))).status).toBe(200);
  }
});

test("an identity sealed for one agency is refused at another, whatever its audience states", async () => {
  const keys = world.current.keys("civil-status");
  const identity = sign({ keys, audience: "residence" });
  expect((await sendTo(world.current, "residence", body, identity)).status).toBe(401);
});

test("a caller's name outside ASCII arrives unchanged", async () => {
  const who = { ...caller("clerk"), subject: "nguyễn-\u007f-🏠" };
  const to = { audience: "land", issuer: "test", body, caller: who, now: Date.now() };
  const header = signIdentity([newKey], to);
  expect(header).toMatch(/^[ -~]+$/);
  expect(identityVerifier([newKey], "land")(header, body, Date.now())).toEqual(who);
});

describe("while keys are changed", () => {
  test("during a key rotation an agency accepts the new key and the previous one", async () => {
    for (const key of [newKey, oldKey]) {
      const { status, data } = await sendTo(world.current, "land", body, sign({ keys: [key] }));
      expect({ status, found: data._entities.length }).toEqual({ status: 200, found: 1 });
    }
  });

  test("during a key rotation callers seal with the first key, so that an agency may remove the previous one", () => {
    const header = signIdentity([newKey, oldKey], {
      ...{ audience: "land", issuer: "test", body, caller: caller("clerk"), now: Date.now() },
    });
    expect(header).toMatch(/^v2\.after\./);
    expect(identityVerifier([newKey], "land")(header, body, Date.now())).toMatchObject({ role: "clerk" });
    expect(identityVerifier([oldKey], "land")(header, body, Date.now())).toBe("UNKNOWN_KEY");
  });

  test("a gateway whose key an agency does not know reports the agency as unavailable", async () => {
    const LAND = `query ($personalId: PersonalId!) { citizen(personalId: $personalId) { fullName landCertificates { serial } } }`;
    const { data, errors } = await world.current.ask({ persona: "clerk" }, LAND, { personalId: holder });
    expect(data.citizen).toEqual({ fullName: expect.any(String), landCertificates: null });
    expect(errors).toMatchObject([{ extensions: { code: "UNAVAILABLE", agency: "LAND" } }]);
  });
});
