import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), "motcua-imports-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Rules that the project's own check reports for a tree of files, each with the one file that it imports. */
async function brokenRules(imports: Record<string, string>): Promise<string[]> {
  const directory = mkdtempSync(join(root, "tree-"));
  for (const name of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"])
    cpSync(projectPath(name), join(directory, name));
  for (const folder of ["gateway", "subgraphs", "scripts"]) mkdirSync(join(directory, folder));
  for (const file of new Set(Object.values(imports))) write(directory, file, "export type Thing = string;\n");
  for (const [file, imported] of Object.entries(imports)) {
    const up = "../".repeat(file.split("/").length - 1);
    write(directory, file, `import type { Thing } from "${up}${imported}";\nexport type Used = Thing;\n`);
  }
  const command = projectPath("node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
  const rules = ["--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  const options = { cwd: directory, maxBuffer: 50_000_000 };
  const { stdout } = await run(process.execPath, [command, ...rules, "gateway", "subgraphs", "scripts"], options).catch(
    (error: { stdout: string }) => error, // its exit code counts the violations
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))];
}

function write(directory: string, file: string, text: string): void {
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeFileSync(join(directory, file), text);
}

const [first, second] = subgraphs.map(({ name }) => `subgraphs/${name}`);

describe("the check of imports", () => {
  test("refuses an agency that imports another agency, even only a type", async () => {
    expect(await brokenRules({ [`${first}/births.ts`]: `${second}/rights.ts` })).toEqual(["agencies-are-independent"]);
  });

  test("refuses an agency that no list knows yet, like any other", async () => {
    const imports = { "subgraphs/education/schools.ts": `${first}/rights.ts` };
    expect(await brokenRules(imports)).toEqual(["agencies-are-independent"]);
  });

  test("refuses an import of an agency by what all agencies share", async () => {
    const imports = { "subgraphs/_shared/registers/table.ts": `${first}/rights.ts` };
    expect(await brokenRules(imports)).toEqual(["shared-imports-no-agency"]);
  });

  test("allows an agency its own files and what all agencies share", async () => {
    const imports = { [`${first}/births.ts`]: `${first}/rights.ts`, [`${first}/rights.ts`]: "subgraphs/_shared/a.ts" };
    expect(await brokenRules(imports)).toEqual([]);
  });

  test("refuses a circle of types", async () => {
    const imports = { "gateway/executor/a.ts": "gateway/executor/b.ts", "gateway/executor/b.ts": "gateway/executor/a.ts" };
    expect(await brokenRules(imports)).toEqual(["no-circular-imports"]);
  });

  test.each([
    ["gateway/executor/a.ts", "gateway/pipeline/request.ts"],
    ["gateway/pipeline/limits/a.ts", "gateway/pipeline/request.ts"],
    ["gateway/pipeline/request.ts", "gateway/apollo/apollo-path.ts"],
    ["gateway/http/routes.ts", "gateway/server.ts"],
    ["gateway/identity/tokens.ts", "gateway/supergraph/join-graph.ts"],
    ["gateway/errors.ts", "gateway/observability/metrics.ts"],
  ])("refuses an import from %s up to %s", async (lower, higher) => {
    expect(await brokenRules({ [lower]: higher })).toHaveLength(1);
  });
});
