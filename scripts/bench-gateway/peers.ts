import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const home = () => projectPath("scripts", "bench-gateway", "peers");

const HIVE = "@graphql-hive/gateway";
const GRAFBASE = "@grafbase/cli-x86_64-unknown-linux-musl";
const isForGrafbase = process.platform === "linux" && process.arch === "x64";

/** Programs of other gateways. Grafbase's is for Linux on x64 alone. */
export type Peers = { hive: string; grafbase: string | undefined };

/** The peers, installed on demand; undefined when they cannot be installed, after a message. */
export async function installedPeers(say: (line: string) => void): Promise<Peers | undefined> {
  if (isInstalled()) return programs();
  say("Installing the peers from their own lock file (once, about a minute)");
  try {
    await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--engine-strict=false", "--loglevel=error"], {
      cwd: home(),
    });
    return programs();
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim().split("\n")[0] ?? String(error); // as execFile rejects
    say(`The peers cannot be installed, so Hive Gateway and Grafbase are left out: ${reason}`);
    say("  With a registry in reach: cd scripts/bench-gateway/peers && npm ci --ignore-scripts");
    return undefined;
  }
}

function programs(): Peers {
  const modules = join(home(), "node_modules");
  return {
    hive: join(modules, HIVE, "dist", "bin.js"),
    grafbase: isForGrafbase ? join(modules, GRAFBASE, "grafbase") : undefined,
  };
}

/** Tells whether the installed versions are those of the lock file. npm writes the compared file at the end of an install. */
function isInstalled(): boolean {
  const mark = join(home(), "node_modules", ".package-lock.json");
  if (!existsSync(mark)) return false;
  const packages = (path: string) =>
    (JSON.parse(readFileSync(path, "utf8")) as { packages: Record<string, { version?: string }> }).packages;
  const [wanted, found] = [packages(join(home(), "package-lock.json")), packages(mark)];
  const names = isForGrafbase ? [HIVE, GRAFBASE] : [HIVE];
  return names.map((name) => `node_modules/${name}`).every((name) => wanted[name]?.version === found[name]?.version);
}
