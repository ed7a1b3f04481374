import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agencyAt, service } from "../../scripts/conformance/agency-under-test.ts";
import { cancel, deliver, newPart, status } from "../../scripts/conformance/part-calls.ts";
import { readPartsFile } from "../../scripts/conformance/parts-file.ts";
import { IDENTITY_HEADER } from "../../subgraphs/_shared/identity/identity.ts";
import { identityKeys } from "../../subgraphs/_shared/serving/environment.ts";
import { failures, runConformance } from "./conformance-run.ts";
import {
  pythonMissing,
  REFERENCE_KEYS,
  REFERENCE_PARTS,
  type ReferenceAgency,
  startReferenceAgency,
} from "./reference-agency.ts";

const missing = pythonMissing();
const name = `the reference agency in Python${missing ? ` (skipped: ${missing})` : ""}`;
const keys = identityKeys.parse(REFERENCE_KEYS);

describe.skipIf(missing)(name, { timeout: 180_000 }, () => {
  let folder: string;
  let parts: string;
  let running: ReferenceAgency;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "motcua-reference-"));
    parts = join(folder, "parts.json");
    writeFileSync(parts, JSON.stringify(REFERENCE_PARTS));
    running = await startReferenceAgency(join(folder, "register.sqlite"));
  });
  afterAll(async () => {
    await running?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const entity = ["--entity", '{"__typename":"Citizen","personalId":"093195000017"}'];

  test("the reference agency passes every check of the conformance kit and none is skipped", async () => {
    const run = await runConformance(running.url, "vehicles", REFERENCE_KEYS, ["--parts", parts, ...entity]);
    expect(failures(run)).toEqual([]);
    expect(run).toMatchObject({ exitCode: 0, summary: { conforms: true, failed: 0, advice: 0, skipped: 0 } });
    expect(run.summary.passed).toBeGreaterThan(50);
  });

  test("the reference agency keeps its parts, tombstones and entities after a kill", async () => {
    const file = readPartsFile(parts);
    const [granted, buried] = [newPart(file), newPart(file)];
    const before = agencyAt(running.url, "vehicles", keys);
    const answers = [await deliver(before, granted), await cancel(before, buried.id)];
    await running.stop();
    running = await startReferenceAgency(join(folder, "register.sqlite"));
    const after = agencyAt(running.url, "vehicles", keys);
    expect([await status(after, granted.id), await deliver(after, buried)]).toEqual(answers);
    expect(await deliver(after, granted)).toEqual(answers[0]);
    const plate = answers[0]?.result?.id;
    const query =
      "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Vehicle { owner { personalId } } } }";
    const { data } = await after.ask(service([], ["vehicle:read"]), query, { of: [{ __typename: "Vehicle", plate }] });
    expect(data).toEqual({ _entities: [{ owner: { personalId: "093195000017" } }] });
  });

  describe("behind a proxy that breaks a rule does not conform:", () => {
    test("an agency that accepts every identity does not conform", async () => {
      const agency = agencyAt(running.url, "vehicles", keys);
      const proxy = await startProxy((body) => agency.send(body, agency.identity(body, service())));
      const run = await runConformance(proxy.url, "vehicles", REFERENCE_KEYS, ["--parts", parts]);
      proxy.close();
      expect(run).toMatchObject({ exitCode: 1, summary: { conforms: false } });
      const failed = run.checks.filter((check) => check.outcome === "failed").map((check) => check.name);
      expect(failed).toEqual(
        expect.arrayContaining(["refuses a request without an identity", expect.stringMatching(/accepted before/)]),
      );
    });

    test("an agency that decides a repeated delivery anew does not conform", async () => {
      const agency = agencyAt(running.url, "vehicles", keys);
      const proxy = await startProxy((body, identity) => {
        if (!body.includes("deliverPart")) return agency.send(body, identity);
        const other = body.replace(/"id":"[0-9a-f-]{36}"/, `"id":"${randomUUID()}"`);
        return agency.send(other, identity === undefined ? undefined : agency.identity(other, service()));
      });
      const run = await runConformance(proxy.url, "vehicles", REFERENCE_KEYS, ["--parts", parts]);
      proxy.close();
      expect(run).toMatchObject({ exitCode: 1, summary: { conforms: false } });
      expect(failures(run).join("\n")).toMatch(/the same part again gets the same answer: /);
    });
  });
});

test("the conformance kit refuses to start with a key that the agency does not have", async () => {
  const refusing = await startProxy(async () => ({ status: 401, errors: [{ message: "UNKNOWN_KEY" }] }));
  const run = runConformance(refusing.url, "vehicles", "other:0123456789abcdef");
  await expect(run).rejects.toThrow(/ended with 2: The agency refuses a valid identity \(HTTP 401: UNKNOWN_KEY\)/);
  refusing.close();
});

type Answering = (body: string, identity: string | undefined) => Promise<{ status: number }>;

/** An HTTP server that answers each body as `answer` says. */
async function startProxy(answer: Answering): Promise<{ url: string; close(): void }> {
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const header = request.headers[IDENTITY_HEADER];
    const { status, ...body } = await answer(Buffer.concat(chunks).toString(), [header].flat()[0]);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo; // of a server that listens on TCP
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
