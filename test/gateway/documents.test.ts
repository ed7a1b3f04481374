import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentId, hashOf } from "../../gateway/pipeline/documents/document-id.ts";
import { persistedQueries } from "../../gateway/pipeline/documents/persisted-queries.ts";
import { readManifest, writeManifest } from "../../gateway/pipeline/documents/trusted-documents.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { composed, gatewayWorld, type World } from "./kit/gateway-world.ts";

const TRUSTED = "query Who { whoAmI }";
const OTHER = "query Other { whoAmI __typename }";
const directory = mkdtempSync(join(tmpdir(), "motcua-trust-"));
const TRUSTED_DOCUMENTS_FILE = join(directory, "trusted.json");
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const lines: string[] = [];
const worlds: Partial<Record<string, World>> = {};
beforeAll(async () => {
  writeManifest(TRUSTED_DOCUMENTS_FILE, new Map([[hashOf(TRUSTED), TRUSTED]]));
  const log = pino({ level: "info" }, { write: (line) => lines.push(line) });
  for (const mode of ["off", "log", "only"]) {
    worlds[mode] = await gatewayWorld({ TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_FILE }, log);
  }
});
afterAll(async () => {
  for (const world of Object.values(worlds)) await world?.close();
});

type Mode = "off" | "log" | "only";
const worldOf = (mode: Mode) => worlds[mode] as World; // made before all tests
const persisted = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });

type Sent = { status: number; data?: object; errors?: { message: string }[] };

async function answerOf(response: Response): Promise<Sent> {
  const { extensions: _, ...body } = (await response.json()) as Omit<Sent, "status"> & { extensions?: object };
  return { status: response.status, ...body };
}

async function send(mode: Mode, body: object): Promise<Sent> {
  const headers = { "content-type": "application/json" };
  return answerOf(await fetch(`${worldOf(mode).url}/graphql`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function get(mode: Mode, parameters: Record<string, string>): Promise<Sent> {
  return answerOf(await fetch(`${worldOf(mode).url}/graphql?${new URLSearchParams(parameters)}`));
}

const answered = { status: 200, data: { whoAmI: "anonymous" } };

describe.each(["off", "log", "only"] as const)("with TRUSTED_DOCUMENTS=%s", (mode) => {
  test("a trusted document is served by its id", async () => {
    const id = documentId(hashOf(TRUSTED));
    expect(await send(mode, { documentId: id })).toEqual(answered);
    expect(await send(mode, { extensions: persisted(TRUSTED) })).toEqual(answered);
    expect(await get(mode, { documentId: id })).toEqual(answered);
    expect(await get(mode, { extensions: JSON.stringify(persisted(TRUSTED)) })).toEqual(answered);
    expect(await send(mode, { query: TRUSTED })).toEqual(answered);
  });

  test("a document id that does not match is refused", async () => {
    const sha = "0".repeat(64);
    for (const [body, message] of [
      [{ documentId: "abc" }, "documentId must be sha256:"],
      [{ documentId: `sha256:${sha.slice(1)}` }, "documentId must be sha256:"],
      [{ query: OTHER, documentId: documentId(hashOf(TRUSTED)) }, "provided sha does not match query"],
      [{ query: OTHER, extensions: persisted(TRUSTED) }, "provided sha does not match query"],
      [{ documentId: `sha256:${sha}`, extensions: persisted(TRUSTED) }, "name different documents"],
      [{ extensions: { persistedQuery: { version: 2, sha256Hash: sha } } }, "persistedQuery.version must be 1"],
    ] as const) {
      const { status, errors } = await send(mode, body);
      expect(status).toBe(400);
      expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT", requestId: expect.any(String) } });
      expect(errors?.[0]?.message).toContain(message);
    }
  });
});

describe.each(["off", "log"] as const)("with TRUSTED_DOCUMENTS=%s, Apollo's clients", (mode) => {
  test("a client of Apollo's persisted queries sends an unknown document once and uses its hash from then on", async () => {
    const unknown = await send(mode, { extensions: persisted(OTHER) });
    const error = { message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } };
    expect(unknown).toMatchObject({ status: 200, errors: [error] });
    const data = { whoAmI: "anonymous", __typename: "Query" };
    expect(await send(mode, { query: OTHER, extensions: persisted(OTHER) })).toEqual({ status: 200, data });
    expect(await send(mode, { extensions: persisted(OTHER) })).toEqual({ status: 200, data });
    expect(await get(mode, { documentId: documentId(hashOf(OTHER)) })).toEqual({ status: 200, data });
  });
});

describe("a document that is not trusted", () => {
  test("with TRUSTED_DOCUMENTS=only an untrusted document is refused under any name and asks no agency", async () => {
    const world = worldOf("only");
    for (const body of [
      { query: OTHER },
      { query: OTHER, extensions: persisted(OTHER) },
      { extensions: persisted(OTHER) },
    ]) {
      const { status, errors } = await send("only", body);
      expect(status).toBe(403);
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    }
    expect(world.oneStop.asked.map((each) => each.query).join()).not.toContain("__typename");
  });

  test("with TRUSTED_DOCUMENTS=log an untrusted document is logged once, by its id and without its text", async () => {
    lines.length = 0;
    const query = 'query Personal { whoAmI x: citizen(personalId: "093195000017") { fullName } }';
    await send("log", { query });
    await send("log", { query });
    const told = lines.filter((line) => line.includes("not trusted"));
    expect(told.map((line) => JSON.parse(line))).toMatchObject([{ documentId: documentId(hashOf(query)) }]);
    expect(lines.join()).not.toContain("093195000017");
  });
});

test("a running gateway loads a new manifest, and keeps the previous one when the new one is invalid", async () => {
  const added = "query Added { __typename }";
  writeManifest(TRUSTED_DOCUMENTS_FILE, new Map([...readManifest(TRUSTED_DOCUMENTS_FILE), [hashOf(added), added]]));
  const asked = () => send("only", { documentId: documentId(hashOf(added)) });
  await expect.poll(asked, { timeout: 20_000, interval: 200 }).toEqual({ status: 200, data: { __typename: "Query" } });
  lines.length = 0;
  writeFileSync(TRUSTED_DOCUMENTS_FILE, '{"sha256:00": "query Altered { whoAmI }"}');
  await expect.poll(() => lines.join(), { timeout: 20_000, interval: 200 }).toContain("the old ones stay");
  expect(await asked()).toEqual({ status: 200, data: { __typename: "Query" } });
});

test("documents that clients sent are kept within bounds, and the least recently used are dropped", () => {
  const remembered = persistedQueries(1_000);
  remembered.add("a", "x".repeat(100));
  remembered.add("b", "x".repeat(100));
  remembered.get("a");
  remembered.add("c", "x".repeat(100));
  remembered.add("huge", "x".repeat(1_000));
  expect(["a", "b", "c", "huge"].map((each) => remembered.get(each) !== undefined)).toEqual([true, false, true, false]);
  expect(remembered.size()).toEqual({ entries: 2, bytes: 800 });
});

const SMALL = composed([
  {
    name: "greetings",
    sdl: "type Query { hello: String far: Far } type Far { far: Far name: String }",
    url: "http://127.0.0.1:1/graphql",
  },
]);

describe("npm run trust", () => {
  const manifest = join(directory, "registered.json");
  const run = (...files: string[]) => trust("--manifest", manifest, ...files);
  const trust = (...given: string[]) =>
    promisify(execFile)("npm", ["run", "-s", "trust", "--", ...given]).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      ({ code, stderr }) => ({ code, output: String(stderr) }),
    );
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };

  test("npm run trust registers documents unchanged and prints their ids", async () => {
    const path = projectPath("test", "contract", "track-dossier.graphql");
    const text = readFileSync(path, "utf8");
    const typename = "{ __typename }";
    const { code, output } = await run(path, file("client.json", JSON.stringify({ [hashOf(typename)]: typename })));
    expect(code).toBe(0);
    expect(output).toContain(`${documentId(hashOf(text))}  TrackDossier`);
    expect([...readManifest(manifest).values()].sort()).toEqual([text, typename].sort());
  });

  test("npm run trust takes manifest, supergraph and limits from the configuration file of the gateway", async () => {
    const kept = join(directory, "of-the-file.json");
    const config = file(
      "gateway.yaml",
      `trustedDocuments: { file: ${kept} }\nsupergraph: { source: ${file("small.graphql", SMALL)} }\nlimits: { depth: 1 }`,
    );
    const shallow = await trust("--config", config, file("shallow.graphql", "query Shallow { hello }"));
    expect(shallow).toEqual({ code: 0, output: expect.stringContaining("Shallow") });
    expect([...readManifest(kept).values()]).toEqual(["query Shallow { hello }"]);
    const deep = await trust("--config", config, file("deep.graphql", "{ far { far { name } } }"));
    expect(deep).toEqual({ code: 1, output: expect.stringContaining("deep.graphql") });
  });

  test("npm run trust reports all problems of all files together and then changes nothing", async () => {
    const before = readFileSync(manifest, "utf8");
    const { code, output } = await run(
      file("bad.graphql", "query Bad {\n  nonsense\n  procedures { nodes { code } }\n}"),
      file("broken.graphql", "query {"),
      file("altered.json", JSON.stringify({ [hashOf("x")]: "{ __typename }" })),
      join(directory, "missing.graphql"),
    );
    expect(code).toBe(1);
    expect(output).toMatch(/bad\.graphql:2: Cannot query field "nonsense"/);
    expect(output).toMatch(/bad\.graphql:3: .*"first"/);
    expect(output).toMatch(/broken\.graphql:1: Syntax Error/);
    expect(output).toMatch(/altered\.json: .* is not the SHA-256/);
    expect(output).toMatch(/missing\.graphql: ENOENT/);
    expect(readFileSync(manifest, "utf8")).toBe(before);
  });
});
