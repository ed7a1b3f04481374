import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";

const run = promisify(execFile);
const directory = mkdtempSync(join(tmpdir(), "motcua-imports-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const [first, second] = subgraphs.map(({ name }) => `subgraphs/${name}`);

/** Imports planted in a separate tree, and the rule that each breaks. */
const planted: [from: string, to: string, rule: string | undefined][] = [
  [`${first}/births.ts`, `${second}/rights.ts`, "agencies-are-independent"],
  ["subgraphs/agency-without-a-line-in-the-list/a.ts", `${first}/rights.ts`, "agencies-are-independent"],
  ["subgraphs/_shared/registers/table.ts", `${first}/rights.ts`, "shared-imports-no-agency"],
  [`${first}/marriages.ts`, `${first}/rights.ts`, undefined],
  [`${first}/deaths.ts`, "subgraphs/_shared/registers/register.ts", undefined],
  ["gateway/executor/circle-a.ts", "gateway/executor/circle-b.ts", "no-circular-imports"],
  ["gateway/executor/circle-b.ts", "gateway/executor/circle-a.ts", undefined], // each circle is reported once
  ["gateway/executor/a.ts", "gateway/pipeline/request.ts", "gateway-executor-depends-downwards"],
  [
    "gateway/pipeline/limits/a.ts",
    "gateway/pipeline/b.ts",
    "gateway-pipeline-documents-limits-authorization-planning-depends-downwards",
  ],
  ["gateway/pipeline/a.ts", "gateway/apollo/apollo-path.ts", "gateway-pipeline-depends-downwards"],
  ["gateway/http/routes.ts", "gateway/server.ts", "gateway-http-depends-downwards"],
  ["gateway/identity/tokens.ts", "gateway/supergraph/join-graph.ts", "gateway-identity-depends-downwards"],
  ["gateway/errors.ts", "gateway/observability/metrics.ts", "gateway-depends-downwards"],
  ["gateway/pipeline/c.ts", "gateway/executor/compile.ts", undefined],
];

type Violation = { from: string; to: string; rule: { name: string } };

test("the check of imports refuses each planted import by its rule, even of a type alone, and no other import", async () => {
  for (const name of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"])
    cpSync(projectPath(name), join(directory, name));
  mkdirSync(join(directory, "scripts"));
  for (const [, to] of planted) write(to, "export type Thing = string;\n");
  for (const [from, to] of planted) {
    const up = "../".repeat(from.split("/").length - 1);
    write(from, `import type { Thing } from "${up}${to}";\nexport type Thing2 = Thing;\nexport type { Thing };\n`);
  }
  const command = projectPath("node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
  const rules = ["--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  const options = { cwd: directory, maxBuffer: 50_000_000 };
  const { stdout } = await run(process.execPath, [command, ...rules, "gateway", "subgraphs", "scripts"], options).catch(
    (error: { stdout: string }) => error, // the exit code counts the violations
  );
  const { violations } = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary;
  const found = violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`);
  const expected = planted.flatMap(([from, to, rule]) => (rule ? [`${from} → ${to}: ${rule}`] : []));
  expect(found.sort()).toEqual(expected.sort());
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeFileSync(join(directory, file), text);
}
