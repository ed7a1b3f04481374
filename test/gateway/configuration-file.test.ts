import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { fileSchema } from "../../gateway/configuration-file/file-form.ts";
import { isSetting, type Section } from "../../gateway/configuration-file/setting-kinds.ts";
import { SETTINGS } from "../../gateway/configuration-file/settings.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { codeBlocks, markdownDocument, markedTable } from "../docs/markdown.ts";

const folder = mkdtempSync(join(tmpdir(), "motcua-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(text: string, extension = "yaml"): string {
  const file = join(folder, `${++files}.${extension}`);
  writeFileSync(file, text);
  return file;
}

const read = (text: string, variables: NodeJS.ProcessEnv = {}) =>
  gatewayConfiguration({ CONFIG: fileOf(text), ...variables });

function problems(text: string, variables: NodeJS.ProcessEnv = {}): string[] {
  const CONFIG = fileOf(text);
  try {
    gatewayConfiguration({ CONFIG, ...variables });
    return [];
  } catch (error) {
    const [head, ...lines] = (error as Error).message.split("\n");
    expect(head).toBe("The configuration does not work:");
    return lines.map((line) => line.replace(CONFIG, "FILE").trim());
  }
}

/** The configuration without the environment, as plain values. */
function plain(configuration: object): unknown {
  return JSON.parse(
    JSON.stringify(configuration, (key, value: unknown) => {
      if (key === "environment") return undefined;
      return value instanceof Map || value instanceof Set ? [...value] : value;
    }),
  );
}

describe("the configuration file", () => {
  test("a file in YAML and the same in JSON equal the variables that they stand for", () => {
    const yaml = `
server: { port: 4001, trustedProxies: 1, compression: off, keepAliveMs: 60000 }
cors:
  origins: [https://a.example, https://b.example]
tokens:
  jwksUrl: https://id.example/jwks
  issuer: https://id.example
  audience: [graph, portal]
  claims: { role: /realm_access/roles, office: null, scopes: [/scope, /groups], registry: false }
  moreIssuers: [{ issuer: https://x.example, audience: y, jwksUrl: https://x.example/jwks }]
policies: { staff: [clerk], paid: { scopes: [[a, b]] } }
signIn: { clientId: screens, scopes: [openid, offline_access] }
playground: false
limits: { cost: 50 }
allSubgraphs: { forwardHeaders: [x-tenant], identity: token }
subgraphs:
  our-shop: { url: http://127.0.0.1:4101/graphql, identity: jwt, audience: shop, returnHeaders: x-cache, errorCodes: ["*"] }
`;
    const variables = {
      ...{ PORT: "4001", TRUST_PROXY: "1", COMPRESSION: "off", KEEP_ALIVE_MS: "60000", PLAYGROUND: "off" },
      ...{ CORS_ORIGINS: "https://a.example,https://b.example", MAX_COST: "50", JWT_AUDIENCE: "graph,portal" },
      ...{ JWKS_URL: "https://id.example/jwks", JWT_ISSUER: "https://id.example", SCOPE_REGISTRY: "off" },
      ...{ OIDC_CLIENT_ID: "screens", OIDC_SCOPES: "openid,offline_access" },
      ...{ CLAIM_ROLE: "/realm_access/roles", CLAIM_OFFICE: "none", CLAIM_SCOPES: "/scope,/groups" },
      MORE_ISSUERS: '[{"issuer":"https://x.example","audience":"y","jwksUrl":"https://x.example/jwks"}]',
      POLICIES: '{"staff":["clerk"],"paid":{"scopes":[["a","b"]]}}',
      ...{ FORWARD_HEADERS: "x-tenant", SUBGRAPH_IDENTITY: "token", SUBGRAPH_IDENTITY_OUR_SHOP: "jwt" },
      ...{ SUBGRAPH_URL_OUR_SHOP: "http://127.0.0.1:4101/graphql", SUBGRAPH_AUDIENCE_OUR_SHOP: "shop" },
      ...{ RETURN_HEADERS_OUR_SHOP: "x-cache", ERROR_CODES_OUR_SHOP: "*" },
    };
    const expected = gatewayConfiguration(variables);
    const json = fileOf(JSON.stringify({ $schema: "x", ...(parse(yaml) as object) }), "json");
    for (const configuration of [read(yaml), gatewayConfiguration({ CONFIG: json })]) {
      expect(plain(configuration)).toEqual(plain(expected));
      expect(configuration.passedErrors("our-shop", "SOLD")).toBe("code");
      expect(configuration.policies.size).toBe(2);
    }
  });

  test("a variable wins over the file, and an empty variable does not", () => {
    const text = "server: { port: 4001, host: 0.0.0.0 }";
    expect(read(text, { PORT: "4002", HOST: "" })).toMatchObject({ port: 4_002, host: "0.0.0.0" });
  });

  test("an empty file changes nothing", () => {
    for (const text of ["", "# nothing\n", "{}"]) expect(plain(read(text))).toEqual(plain(gatewayConfiguration({})));
  });

  test("production can be said in the file, with its demands", () => {
    expect(problems("production: true")).toContainEqual(expect.stringContaining("JWKS_URL: is required in production"));
    expect(read("production: false").production).toBe(false);
  });

  test("every problem of the file and of the variables is reported at once, with its path and the remedy", () => {
    const found = problems(
      `
server: { port: "4001", keepAliveMs: 5, portt: 1 }
cors: []
colour: red
logLevel: loud
limits: { cost: 1.5 }
tokens: { claims: { role: role, scopes: [] }, moreIssuers: [{ issuer: 7 }] }
subgraphs:
  shop: { url: shop:4101, identity: cookie, forwardHeaders: [te, "a,b"] }
  a.b: { returnHeaders: [connection] }
  a-b: {}
policies: { x: [king] }
`,
      { PLAYGROUND: "maybe" },
    );
    for (const line of [
      "FILE: server.port: must be a number",
      "FILE: server.keepAliveMs: ",
      "FILE: server.portt: is no setting; the settings of server are host, port,",
      "FILE: cors: must be a section of settings",
      "FILE: colour: is no setting; the settings of the file are production,",
      "FILE: logLevel: must be one of fatal, error",
      "FILE: limits.cost: must be a whole number",
      "FILE: tokens.claims.role: must be a JSON pointer",
      "FILE: tokens.claims.scopes: must ",
      "FILE: tokens.moreIssuers.0.issuer: ",
      "FILE: subgraphs.shop.url: must be an address such as",
      "FILE: subgraphs.shop.identity: must be one of sealed, token, jwt, none",
      "FILE: subgraphs.shop.forwardHeaders",
      "FILE: subgraphs.a.b.returnHeaders: connection cannot be in the list",
      "FILE: subgraphs.a-b: has the same name in variables as a.b",
      "FILE: policies.x: must be a list of roles",
      "PLAYGROUND: must be on or off",
    ]) {
      expect(found).toContainEqual(expect.stringContaining(line));
    }
  });

  test.each([
    ["policies: { paid: clerk }", "FILE: policies.paid: must be a list of roles, or such as { roles: [clerk]"],
    ["policies: [paid]", "FILE: policies: must be a section with an entry for each policy"],
    ["subgraphs: [shop]", "FILE: subgraphs: must be a section with an entry for each subgraph, by its name"],
    ["subgraphs: { shop: 5 }", "FILE: subgraphs.shop: must be a section of settings"],
    ["- a", "FILE: the file: must consist of settings such as server: { port: 4000 }"],
    ["$schema: 5", "FILE: $schema: must be a text"],
    ["tokens: { issuer: https://id.example }", "FILE: tokens.issuer: has no effect without JWKS_URL"],
    [
      "tokens: { jwksUrl: https://id.example/jwks, issuer: https://id.example }",
      "JWT_AUDIENCE: is required with JWKS_URL: the audience that tokens must name (aud); in the file it is tokens.audience",
    ],
  ])("%s is refused in a sentence that names the setting and what it must be", (text, problem) => {
    expect(problems(text)).toEqual([expect.stringContaining(problem)]);
  });

  test.each([
    ["is missing", { CONFIG: "/nowhere/gateway.yaml" }, "CONFIG: /nowhere/gateway.yaml cannot be read (ENOENT)"],
    ["is no YAML", { CONFIG: fileOf("a: [") }, "is no YAML: "],
    [
      "says one thing twice",
      { CONFIG: fileOf("logLevel: info\nlogLevel: warn") },
      "is no YAML: Map keys must be unique",
    ],
    ["is a list", { CONFIG: fileOf("- a") }, "the file: "],
    ["expands without end", { CONFIG: fileOf(`a: &a [x, x]\n${bomb()}`) }, "is no YAML: "],
  ])("a file that %s is refused with a sentence", (_, variables, reason) => {
    expect(() => gatewayConfiguration(variables)).toThrow(reason);
  });
});

/** Lists of aliases of lists. */
function bomb(): string {
  const names = [..."abcdefghij"];
  return names
    .slice(1)
    .map((name, at) => `${name}: &${name} [${`*${names[at]},`.repeat(9)}]`)
    .join("\n");
}

describe("what belongs to the configuration file", () => {
  const document = markdownDocument("gateway/README.md");

  test("every documented variable but secrets and the file's own has a setting in the file", () => {
    const inFile = new Set([...variablesOf(SETTINGS), "SUBGRAPH_URL_<AGENCY>"]);
    const documented = markedTable(document, "variables: gateway").map(([name = ""]) => name.replaceAll("`", ""));
    const secret = (name: string) => name === "CONFIG" || /^IDENTITY_KEYS_|_KEY$/.test(name);
    const missing = documented.filter((name) => !secret(name) && !inFile.has(name.replace(/(?<!URL)_<AGENCY>$/, "")));
    expect(missing).toEqual([]);
    expect([...inFile].filter((name) => !documented.includes(name))).toEqual([]);
  });

  test("the committed JSON Schema is that of the code", () => {
    const path = projectPath("schema", "gateway-configuration.json");
    if (process.env.CONFIGURATION_SCHEMA === "write") writeFileSync(path, fileSchema());
    expect(readFileSync(path, "utf8")).toBe(fileSchema());
  });

  test("the example of the README works, and is valid by the JSON Schema", () => {
    const [example] = codeBlocks(document).filter(({ language }) => language === "yaml");
    const configuration = read(example?.text ?? "");
    expect(configuration).toMatchObject({ supergraph: "supergraph.graphql", trust: { kind: "published" } });
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(fileSchema()));
    expect(validate(parse(example?.text ?? "")) || validate.errors).toBe(true);
    expect(validate({ server: { port: "4000" } })).toBe(false);
    expect(validate({ colour: 1 })).toBe(false);
  });
});

function variablesOf(section: Section): string[] {
  return Object.values(section).flatMap((entry) => (isSetting(entry) ? [entry.variable] : variablesOf(entry)));
}
