import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

type Manifest = { scripts: Record<string, string>; engines: { node: string } };

const { scripts, engines }: Manifest = JSON.parse(readFileSync(projectPath("package.json"), "utf8"));
const MINIMUM = engines.node.replace(">=", "");
const folder = mkdtempSync(join(tmpdir(), "motcua-node-version-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a shell command in which Node.js states another version of itself. */
function runWithNode(version: string, command: string): Promise<{ code: number; printed: string }> {
  const preload = join(folder, `${version}.cjs`);
  writeFileSync(
    preload,
    `Object.defineProperty(process, "version", { value: "v${version}" });
     Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`,
  );
  const PATH = `${projectPath("node_modules", ".bin")}:${process.env.PATH}`;
  const env = { ...process.env, PATH, NODE_OPTIONS: `--require ${preload}` };
  return new Promise((resolve) => {
    execFile("sh", ["-c", command], { cwd: projectPath(), env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), printed: stdout + stderr }),
    );
  });
}

describe("Node.js that is too old", () => {
  test.each(Object.keys(scripts))("npm run %s refuses Node.js 18.1 in one sentence", async (name) => {
    const { code, printed } = await runWithNode("18.1.0", scripts[name] ?? "");
    expect(code).toBe(1);
    expect(printed).toMatch(
      new RegExp(`^Motcua needs Node\\.js ${MINIMUM} or newer; this is v18\\.1\\.0\\. Install [^\\n]*\\n$`),
    );
  });

  test("npm ci refuses Node.js 18.1 and names the version that is needed", async () => {
    const { code, printed } = await runWithNode("18.1.0", "npm ci --dry-run");
    expect(code).not.toBe(0);
    expect(printed).toContain("EBADENGINE");
    expect(printed).toContain(`Required: {"node":"${engines.node}"}`);
  });

  test.each([`${MINIMUM}.0`, "22.12.0", "24.0.0"])("the version check accepts Node.js %s", async (version) => {
    expect(await runWithNode(version, "node .node-version-check.cjs")).toEqual({ code: 0, printed: "" });
  });

  test("every package of the lockfile accepts the oldest Node.js that Motcua accepts", async () => {
    const { code, printed } = await runWithNode(`${MINIMUM}.0`, "npm ci --dry-run");
    expect(printed).not.toContain("EBADENGINE");
    expect(code).toBe(0);
  });
});
