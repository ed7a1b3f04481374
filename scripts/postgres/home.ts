import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Account, may, serverAccount } from "./account.ts";
import { directoryUnusable } from "./failures.ts";

/** Folders of one server. `path` equals `directory` unless the server's account cannot reach that. */
export type Home = {
  directory: string;
  path: string;
  cluster: string;
  log: string;
  account: Account;
};

const pointerName = "cluster-elsewhere";

/**
 * Finds or chooses the place of the cluster that belongs to `directory` (an absolute path).
 * A folder the account cannot enter (a clone below /root), or that keeps no modes (WSL's /mnt/c), gets its cluster in
 * /var/lib/motcua (root) or ~/.local/share/motcua, and the link `cluster-elsewhere` to it.
 */
export function openHome(directory: string, say: (line: string) => void): Home {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw directoryUnusable(directory, cause);
  }
  const path = homeElsewhere(directory) ?? homeHere(directory) ?? createElsewhere(directory);
  if (path !== directory) say(`PostgreSQL's account cannot use ${directory}; the cluster lives in ${path}`);
  const cluster = join(path, "cluster");
  return {
    directory,
    path,
    cluster,
    log: join(directory, "postgres.log"),
    account: serverAccount(cluster),
  };
}

function homeHere(directory: string): string | undefined {
  const cluster = join(directory, "cluster");
  return existsSync(cluster) || canHoldCluster(directory, serverAccount(cluster)) ? directory : undefined;
}

function homeElsewhere(directory: string): string | undefined {
  const pointer = join(directory, pointerName);
  const home = linkTarget(pointer);
  if (home === undefined) return undefined;
  const owner = join(home, "directory");
  const known = existsSync(owner) ? readFileSync(owner, "utf8") : undefined;
  // a copied folder contains the original's pointer: two folders must not share one cluster
  const copied = known !== undefined && known !== directory && linkTarget(join(known, pointerName)) === home;
  if (known === undefined || copied) {
    rmSync(pointer, { force: true });
    return undefined;
  }
  if (known !== directory) writeFileSync(owner, directory);
  return home;
}

function linkTarget(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

function createElsewhere(directory: string): string {
  const root = process.getuid?.() === 0;
  const base = root ? "/var/lib/motcua" : join(homedir(), ".local", "share", "motcua");
  let home: string | undefined;
  try {
    mkdirSync(base, { recursive: true });
    home = mkdtempSync(join(base, "postgres-"));
    if (root) for (const folder of [base, home]) chmodSync(folder, 0o755);
    if (!canHoldCluster(home, serverAccount(join(home, "cluster")))) throw new Error(`${base} cannot be used either`);
    writeFileSync(join(home, "directory"), directory);
    symlinkSync(home, join(directory, pointerName));
    return home;
  } catch (cause) {
    if (home) rmSync(home, { recursive: true, force: true });
    const chosenByAnother = homeElsewhere(directory);
    if (chosenByAnother) return chosenByAnother;
    throw directoryUnusable(directory, cause);
  }
}

/** Tests by creation: PostgreSQL requires a folder that its own account owns that no other user can enter. */
function canHoldCluster(folder: string, account: Account): boolean {
  if (process.platform === "win32") return true;
  let probe: string | undefined;
  try {
    probe = mkdtempSync(join(folder, "probe-"));
    chmodSync(probe, 0o700);
    if (account.uid !== undefined) chownSync(probe, account.uid, account.gid ?? account.uid);
    return (statSync(probe).mode & 0o077) === 0 && may(account, "w", probe) && may(account, "x", probe);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause) return false;
    throw cause;
  } finally {
    if (probe) rmSync(probe, { recursive: true, force: true });
  }
}
