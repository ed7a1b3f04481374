import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkStart } from "../../gateway/check-start.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { composed } from "./kit/gateway-world.ts";

const folder = mkdtempSync(join(tmpdir(), "motcua-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const subgraphs = [
  { name: "our-shop", sdl: "type Query { open: String }", url: "http://127.0.0.1:4101/graphql" },
  { name: "stock", sdl: "type Query { left: Int }", url: "" },
];
const SUPERGRAPH = fileOf("supergraph.graphql", composed(subgraphs));
const SUBGRAPH_URL_STOCK = "http://127.0.0.1:4102/graphql";
const MOTCUA_DATA = folder;

const faultsOf = async (environment: NodeJS.ProcessEnv) =>
  (await checkStart({ MOTCUA_DATA, SUPERGRAPH, SUBGRAPH_URL_STOCK, ...environment })).faults.map((line) => line.trim());

describe("the check of a start", () => {
  test("a configuration that works has no problem, and its supergraph and subgraphs are named", async () => {
    const checked = await checkStart({ MOTCUA_DATA, SUPERGRAPH, SUBGRAPH_URL_STOCK });
    expect(checked).toEqual({ faults: [], supergraph: SUPERGRAPH, subgraphs: ["our-shop", "stock"] });
  });

  test("problems of file, variables, addresses, keys and names are found in one check", async () => {
    const CONFIG = fileOf(
      "bad.yaml",
      "server: { port: x }\nlimits: { depth: 0 }\nsubgraphs: { nobody: { identity: none } }",
    );
    const keys = { IDENTITY_KEYS_OUR_SHOP: "short", SUBGRAPH_IDENTITY_OUR_SHOP: "sealed" };
    const broken = await faultsOf({ CONFIG, PLAYGROUND: "maybe", SUBGRAPH_URL_STORE: "http://x.example/" });
    expect(broken).toEqual([
      `${CONFIG}: server.port: must be a number`,
      `${CONFIG}: limits.depth: must be at least 1`,
      "PLAYGROUND: must be on or off",
      expect.stringMatching(/^SUBGRAPH_IDENTITY_NOBODY: names no subgraph .* our-shop, stock$/),
      expect.stringMatching(/^SUBGRAPH_URL_STORE: names no subgraph/),
    ]);
    expect(await faultsOf({ ...keys, SUBGRAPH_URL_STOCK: "" })).toEqual([
      expect.stringMatching(/^IDENTITY_KEYS_OUR_SHOP: must look like/),
      expect.stringMatching(/^SUBGRAPH_URL_STOCK: is required, the supergraph has no address/),
    ]);
    const jwt = { SUBGRAPH_IDENTITY: "jwt", GATEWAY_JWT_KEYS: "/nowhere.pem" };
    expect(await faultsOf(jwt)).toEqual(["GATEWAY_JWT_KEYS: /nowhere.pem cannot be read (ENOENT)"]);
  });

  test("names that the supergraph does not have and unreadable files are found, each with its remedy", async () => {
    const file = fileOf("documents.json", "{bad");
    const found = await faultsOf({
      ...{ POLICIES: '{"paid": ["clerk"]}', OVERRIDE_LABELS: "beta", TRUSTED_DOCUMENTS_FILE: file },
    });
    expect(found).toEqual([
      "POLICIES: the supergraph has no policy paid; it has no policy",
      "OVERRIDE_LABELS: the supergraph has no label beta; it has no label",
      expect.stringMatching(/^TRUSTED_DOCUMENTS_FILE: .* cannot be read: .*; `npm run trust -- FILE…` writes one$/),
    ]);
  });

  test.each([
    ["/nowhere.graphql", "name the file of a composed supergraph"],
    ["ftp://registry.example/supergraph.graphql", "an address begins with http:// or https://"],
    ["http://127.0.0.1:9/supergraph.graphql", "the address must serve the composed SDL as text"],
  ])("a supergraph at %s is refused with the remedy", async (source, remedy) => {
    expect(await faultsOf({ SUPERGRAPH: source })).toEqual([expect.stringContaining(remedy)]);
  });

  test.each([
    ["is missing", "/nowhere.graphql", "cannot be read (ENOENT)"],
    ["is no supergraph", fileOf("plain.graphql", "type Query { a: Int }"), "is not a composed supergraph"],
    ["does not parse", fileOf("cut.graphql", composed(subgraphs).slice(0, -30)), "cannot be served: "],
  ])("a supergraph that %s is named beside the problems of variables", async (_, source, reason) => {
    const found = await faultsOf({ SUPERGRAPH: source, PORT: "eighty" });
    expect(found).toContainEqual(expect.stringContaining("PORT: "));
    expect(found).toContainEqual(expect.stringContaining(`SUPERGRAPH: ${source} ${reason}`));
  });
});

type Run = { code: number; output: string };

function npm(...args: string[]): Promise<Run> {
  const environment = { ...process.env, MOTCUA_DATA, SUPERGRAPH, SUBGRAPH_URL_STOCK };
  return new Promise((resolve) => {
    execFile("npm", ["run", "-s", ...args], { cwd: projectPath(), env: environment }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
    });
  });
}

describe("the command line", { timeout: 120_000 }, () => {
  test("--check exits with 0 for a configuration that works and with 1 for one that does not", async () => {
    const good = await npm("gateway", "--", "--check");
    expect(good).toEqual({ code: 0, output: expect.stringContaining("The configuration works: ") });
    const bad = await npm("gateway", "--", "--check", "--config", fileOf("port.yaml", "server: { port: -1 }"));
    expect(bad).toEqual({ code: 1, output: expect.stringContaining("server.port: ") });
  });

  test.each(["gateway", "subgraph"])(
    "%s --help names its options and where its configuration is documented",
    async (name) => {
      const { code, output } = await npm(name, "--", "--help");
      expect(code).toBe(0);
      expect(output).toContain(name === "gateway" ? "--check" : "land");
      expect(output).toContain(name === "gateway" ? "gateway/README.md" : "subgraphs/README.md");
      expect(output).not.toContain("dist/");
    },
  );
});
