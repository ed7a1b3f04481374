import { createServer, type Server } from "node:http";
import { getIntrospectionQuery } from "graphql";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listen } from "../../../subgraphs/_shared/serving/http.ts";
import { gatewayWorld, type World } from "../kit/gateway-world.ts";
import { requestPaths } from "../kit/request-paths.ts";

const ISSUER = "https://issuer.example";
const PERSONAL_NUMBER = "093195000017";
const NAME = "Nguyễn Thị Mẫu";
const clerk = { sub: `user-of-${PERSONAL_NUMBER}`, role: "clerk", scope: "dossier:read", office: "31471" };

const keys = await generateKeyPair("ES256");
const others = await generateKeyPair("ES256");
const jwk = { ...(await exportJWK(keys.publicKey)), kid: "k1", alg: "ES256" };

let issuer: Server;
let jwksUrl: string;
beforeAll(async () => {
  issuer = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
  jwksUrl = `http://127.0.0.1:${await listen(issuer, 0)}/jwks`;
});
afterAll(() => issuer.close());

const lines: string[] = [];
const productionWorld = (environment: Record<string, string>) =>
  gatewayWorld(
    {
      NODE_ENV: "production",
      MOTCUA_DEMO_DIR: "",
      JWKS_URL: jwksUrl,
      JWT_ISSUER: ISSUER,
      JWT_AUDIENCE: "motcua",
      PLAYGROUND: "",
      ...environment,
    },
    pino({ level: "trace" }, { write: (line) => lines.push(line) }),
  );

type Claims = { iss?: string; aud?: string; exp?: number | string | null; nbf?: string; key?: typeof keys.privateKey };

async function token({ iss = ISSUER, aud = "motcua", exp = "1h", nbf, key = keys.privateKey }: Claims = {}) {
  const jwt = new SignJWT(clerk).setProtectedHeader({ alg: "ES256", kid: "k1" }).setIssuer(iss).setAudience(aud);
  if (exp !== null) jwt.setExpirationTime(exp);
  if (nbf !== undefined) jwt.setNotBefore(nbf);
  return jwt.sign(key);
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const body = part({ ...clerk, iss: ISSUER, aud: "motcua", exp: 4_000_000_000 });

/** The public key used as if it were a secret that both sides share. */
async function confused(): Promise<string> {
  const jwt = new SignJWT(clerk)
    .setProtectedHeader({ alg: "HS256", kid: "k1" })
    .setIssuer(ISSUER)
    .setAudience("motcua");
  return jwt.setExpirationTime("1h").sign(new TextEncoder().encode(JSON.stringify(jwk)));
}

const FORGERIES: Record<string, () => string | Promise<string>> = {
  unsigned: () => `${part({ alg: "none" })}.${body}.`,
  "unsigned, in mixed case": () => `${part({ alg: "nOnE", kid: "k1" })}.${body}.`,
  "signed with the public key as a secret": confused,
  "signed with an unknown key": () => token({ key: others.privateKey }),
  "that was altered": async () => (await token()).replace(/\.[^.]+\./, `.${body}.`),
  "whose signature was cut off": async () => (await token()).replace(/[^.]+$/, ""),
  "that brings its own key": async () => `${part({ alg: "ES256", jwk })}.${body}.${"A".repeat(86)}`,
  "that says where its key is": () => `${part({ alg: "ES256", jku: "http://127.0.0.1:1/" })}.${body}.${"A".repeat(86)}`,
  "of another issuer": () => token({ iss: "https://evil.example" }),
  "for another audience": () => token({ aud: "other" }),
  "that has expired": () => token({ exp: "-1m" }),
  "that never expires": () => token({ exp: null }),
  "that is not valid yet": () => token({ nbf: "1h" }),
};

describe.each(requestPaths)("in production, by %s,", (_, environment) => {
  let world: World;
  beforeAll(async () => {
    world = await productionWorld(environment);
  });
  afterAll(() => world.close());
  const bearer = async (given: string | Promise<string>) => ({ authorization: `Bearer ${await given}` });

  test("in production a valid token is accepted", async () => {
    expect((await world.ask("{ whoAmI }", {}, await bearer(token()))).data).toEqual({ whoAmI: "clerk dossier:read" });
  });

  test.each(Object.entries(FORGERIES))(
    "in production a token %s is refused, and no agency is asked",
    async (_, forged) => {
      const { attempts } = world.oneStop;
      const { status, data, errors } = await world.ask("{ whoAmI }", {}, await bearer(forged()));
      expect(status).toBe(401);
      expect(data).toBeUndefined();
      expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
      expect(world.oneStop.attempts).toBe(attempts);
    },
  );

  test.each([getIntrospectionQuery(), "{ __schema { queryType { name } } }", '{ a: __type(name: "Query") { name } }'])(
    "in production introspection is refused",
    async (query) => {
      const { data, errors } = await world.ask(query);
      expect(data).toBeUndefined();
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
      expect(JSON.stringify(errors)).not.toMatch(/whoAmI|Citizen/);
    },
  );

  test.each([
    ["a field", "{ whoAmIt }", {}],
    ["an argument", '{ citizen(personalIt: "1") { fullName } }', {}],
    ["a type", "{ ... on Quer { whoAmI } }", {}],
    ["a directive", "{ whoAmI @skipp(if: true) }", {}],
  ])("in production no field name is suggested for a misspelt %s", async (_, query, variables) => {
    const { errors, data } = await world.ask(query, variables);
    expect(data).toBeUndefined();
    expect(errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  });

  test("in production an agency's own error texts and stack traces are not disclosed", async () => {
    const { errors, data } = await world.ask("{ whoAmI broken }");
    expect(data).toEqual({ whoAmI: "anonymous", broken: null });
    expect(errors).toMatchObject([{ path: ["broken"], extensions: { code: "INTERNAL", agency: "ONE_STOP" } }]);
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|secret|path\.ts|stack|at \w+ \(/);
  });

  test("in production the demo endpoints and the playground do not exist", async () => {
    for (const path of ["/dev/token?persona=clerk", "/dev/agencies", "/", "/playground/index.html"]) {
      expect((await fetch(`${world.url}${path}`, { headers: { accept: "text/html" } })).status).toBe(404);
    }
  });

  test("in production no personal data are logged, whatever is requested and however it fails", async () => {
    lines.length = 0;
    const headers = {
      ...(await bearer(token())),
      "x-request-id": `look-${PERSONAL_NUMBER}`,
      "user-agent": encodeURIComponent(NAME),
    };
    const ask = (query: string, variables = {}) => world.ask(query, variables, headers);
    const number = `"${PERSONAL_NUMBER}"`;
    await ask(`query Of${PERSONAL_NUMBER} { citizen(personalId: ${number}) { fullName } }`);
    await ask("query ($id: PersonalId!) { citizen(personalId: $id) { fullName birth { number } } }", {
      id: PERSONAL_NUMBER,
    });
    await ask(`{ citizen(personalId: ${number}, name: "${NAME}") { nonsense } }`);
    await ask(`{ citizen(personalId: ${number} `);
    await ask("query ($n: Int!) { procedures(first: $n) }", { n: NAME, personalId: PERSONAL_NUMBER });
    await ask(
      `{ ${Array.from({ length: 200 }, (_, n) => `a${n}: citizen(personalId: ${number}) { fullName }`).join(" ")} }`,
    );
    await ask(`query ($n: Int = 1000000) { shops(first: $n) { id } citizen(personalId: ${number}) { fullName } }`);
    await ask(`{ broken forbidden citizen(personalId: ${number}) { fullName } }`);
    await ask(`mutation { submit(key: "${NAME} ${PERSONAL_NUMBER}") { key } }`);
    for (const behaviour of ["fails", "sends a page", "hangs up"] as const) {
      world.residence.behaviour = behaviour;
      await ask(`{ citizen(personalId: ${number}) { fullName } }`);
    }
    world.residence.behaviour = "answers";
    await fetch(`${world.url}/graphql?query={citizen(personalId:${number}){fullName}}&variables={"name":"${NAME}"`);
    await fetch(`${world.url}/graphql?documentId=${PERSONAL_NUMBER}`);
    await world.ask("{ whoAmI }", {}, { authorization: `Bearer ${PERSONAL_NUMBER}` });
    const text = lines.join("");
    expect(lines.length).toBeGreaterThan(14);
    expect(text).not.toContain(PERSONAL_NUMBER);
    expect(text).not.toMatch(/Nguyễn|Nguy%E1|Mẫu|Name of/);
    expect(text).not.toMatch(/Bearer|eyJ/);
  });
});
