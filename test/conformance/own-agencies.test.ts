import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { aBirth } from "../civil-status/civil-status-database.ts";
import { aFamily } from "../given.ts";
import { sharedWorld } from "../world.ts";
import { failures, runConformance } from "./conformance-run.ts";

const KEYS = "new:0123456789abcdef0123456789abcdef,old:the-secret-before-the-rotation";
const world = sharedWorld({
  land: { IDENTITY_KEYS_LAND: KEYS },
  "civil-status": { IDENTITY_KEYS_CIVIL_STATUS: KEYS },
});
const folder = mkdtempSync(join(tmpdir(), "motcua-conformance-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const urlOf = (name: SubgraphName) => `http://127.0.0.1:${world.current.agencies.ports[name]}/graphql`;

test("land conforms to the signed identity and to Federation 2", {
  timeout: 180_000,
}, async () => {
  const run = await runConformance(urlOf("land"), "land", KEYS);
  expect(failures(run)).toEqual([]);
  expect(run.exitCode).toBe(0);
});

test("civil status conforms to the part protocol too, and no check is skipped", { timeout: 180_000 }, async () => {
  const parts = join(folder, "parts.json");
  writeFileSync(parts, JSON.stringify(birthParts()));
  const entity = JSON.stringify({ __typename: "Citizen", personalId: aFamily().mother.personalId });
  const more = ["--parts", parts, "--entity", entity];
  const run = await runConformance(urlOf("civil-status"), "civil-status", KEYS, more);
  expect(failures(run)).toEqual([]);
  expect(run).toMatchObject({ exitCode: 0, summary: { conforms: true, failed: 0, advice: 0, skipped: 0 } });
});

/** Births of last week, each with its own notice and mother. */
function birthParts() {
  const dateOfBirth = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
  const year = dateOfBirth.slice(2, 4);
  const child = { dateOfBirth, birthNotice: `{{notice:5}}.GCS.93012.${year}` };
  const parents = { mother: { personalId: "093195{{mother:6}}" }, father: { personalId: "093093{{father:6}}" } };
  const withoutNotice = { kind: "WITNESS", text: "Sinh tại nhà, có người làm chứng." };
  return {
    procedure: "1.001193",
    granted: aBirth({ child, ...parents }),
    grantedOnce: true,
    refused: aBirth({ child: { ...child, dateOfBirth: "2012-03-04" }, ...parents }),
    officer: aBirth({ child: { ...child, birthNotice: null, withoutNotice }, ...parents }),
    unfit: { child: "none" },
  };
}
