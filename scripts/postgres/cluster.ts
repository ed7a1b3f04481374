import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  lchownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import {
  binaryUnusable,
  clusterOfOtherVersion,
  clusterOwnedByAnother,
  explainExit,
  passwordMissing,
  startFailed,
} from "./failures.ts";
import type { Home } from "./home.ts";
import { processState } from "./lockfile.ts";

/** The superuser's name in a cluster of ours. */
export const superuser = "postgres";

/** Environment of the server's programs: only a fixed locale; on Windows, the inherited one. */
export const programEnvironment: NodeJS.ProcessEnv | undefined =
  process.platform === "win32" ? undefined : { LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin" };

/** Makes sure that an initialised cluster exists and returns the superuser's password (kept in a file of mode 0600). */
export async function ensureCluster(home: Home, binaries: Binaries, say: (line: string) => void): Promise<string> {
  if (existsSync(home.cluster)) {
    refuseForeignCluster(home.cluster, binaries);
    // root copied or restored the files: no server can run on files of root
    if (home.account.uid !== undefined && statSync(home.cluster).uid === 0) handOver(home.cluster, home.account);
  }
  const password = ensurePassword(home);
  removeLeftovers(home.path);
  if (!existsSync(home.cluster)) {
    say(`Making a PostgreSQL ${binaries.version} cluster in ${home.cluster}`);
    await initialise(home, binaries, password);
  }
  return password;
}

/** Makes the server's account the owner of a folder and its content. */
function handOver(path: string, account: Account): void {
  const { uid, gid = uid } = account;
  if (uid === undefined || gid === undefined) return;
  for (const below of readdirSync(path, { recursive: true, encoding: "utf8" })) lchownSync(join(path, below), uid, gid);
  lchownSync(path, uid, gid);
}

function refuseForeignCluster(cluster: string, binaries: Binaries): void {
  const owner = statSync(cluster).uid;
  const user = process.getuid?.() ?? owner;
  if (user !== 0 && owner !== user) throw clusterOwnedByAnother(cluster, owner);
  const made = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (Number.parseInt(binaries.version, 10) !== Number(made))
    throw clusterOfOtherVersion(cluster, made, binaries.version);
}

function ensurePassword(home: Home): string {
  const file = join(home.path, "password");
  if (!existsSync(file)) {
    if (existsSync(home.cluster)) throw passwordMissing(file, home.cluster);
    const written = join(home.path, `password-${randomBytes(6).toString("hex")}`);
    writeFileSync(written, randomBytes(24).toString("base64url"), {
      mode: 0o600,
      flag: "wx",
    });
    try {
      // a link is atomic: of two concurrent starts one wins
      linkSync(written, file);
    } catch (cause) {
      if (!existsSync(file)) throw cause;
    } finally {
      rmSync(written);
    }
  }
  return readFileSync(file, "utf8");
}

/** Initialises under another name and renames, so that an existing cluster is complete even after a kill. */
async function initialise(home: Home, binaries: Binaries, password: string): Promise<void> {
  const aside = mkdtempSync(join(home.path, `init-${process.pid}-`));
  try {
    const data = join(aside, "data");
    const passwordFile = join(aside, "password");
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    handOver(aside, home.account);
    const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
    const access = ["--auth=scram-sha-256", `--username=${superuser}`, `--pwfile=${passwordFile}`];
    await run(home, binaries.initdb, [`--pgdata=${data}`, ...locale, ...access, "--no-instructions"]);
    renameUnlessMade(data, home.cluster);
    syncFolder(home.path);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function renameUnlessMade(data: string, cluster: string): void {
  try {
    renameSync(data, cluster);
  } catch (cause) {
    if (!existsSync(cluster)) throw cause;
  }
}

function run(home: Home, program: string, parameters: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      ...home.account,
      cwd: home.path,
      env: programEnvironment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let printed = "";
    child.stderr.on("data", (chunk) => {
      printed += chunk;
    });
    child.once("error", (cause) => reject(binaryUnusable(program, cause)));
    child.once("close", (code, signal) => {
      const what = `initdb ended with ${code ?? signal}`;
      if (code === 0) resolve();
      else reject(explainExit(what, printed, home.path, 0) ?? startFailed(what, printed));
    });
  });
}

/**
 * Removes folders of killed starts: the process is gone, or (its number is used again) the folder is older than ten minutes.
 * While initdb still writes there, a later start removes the rest.
 */
function removeLeftovers(place: string): void {
  for (const name of readdirSync(place)) {
    const starter = /^(?:init|copying)-(\d+)-/.exec(name)?.[1];
    const path = join(place, name);
    const made = starter && statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (!made) continue;
    const ended = ["gone", "zombie"].includes(processState(Number(starter)));
    const abandoned = ended || Date.now() - made > 600_000;
    try {
      if (abandoned) rmSync(path, { recursive: true, force: true });
    } catch {
      // not needed for this start, so no reason to fail it
    }
  }
}

function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}
