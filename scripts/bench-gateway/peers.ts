import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const home = () => projectPath("scripts", "bench-gateway", "peers");

/** Program of Hive Gateway, installed on demand; undefined when it cannot be installed, after a message. */
export async function hiveGateway(say: (line: string) => void): Promise<string | undefined> {
  const program = join(home(), "node_modules", "@graphql-hive", "gateway", "dist", "bin.js");
  if (isInstalled()) return program;
  say("Installing the peers from their own lock file (once, about a minute)");
  try {
    await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--loglevel=error"], { cwd: home() });
    return program;
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim().split("\n")[0] ?? String(error); // as execFile rejects
    say(`The peers cannot be installed, so Hive Gateway is left out: ${reason}`);
    say("  With a registry in reach: cd scripts/bench-gateway/peers && npm ci --ignore-scripts");
    return undefined;
  }
}

/** Tells whether the installed version is that of the lock file. npm writes the compared file at the end of an install. */
function isInstalled(): boolean {
  const mark = join(home(), "node_modules", ".package-lock.json");
  if (!existsSync(mark)) return false;
  const versions = (path: string) =>
    (JSON.parse(readFileSync(path, "utf8")) as { packages: Record<string, { version?: string }> }).packages;
  const [wanted, found] = [versions(join(home(), "package-lock.json")), versions(mark)];
  const name = "node_modules/@graphql-hive/gateway";
  return wanted[name]?.version === found[name]?.version;
}
