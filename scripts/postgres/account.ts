import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { privilegesKept } from "./failures.ts";

/** User of the server process, as options of spawn. Empty: the user of this process. */
export type Account = { uid?: number; gid?: number };

/** PostgreSQL refuses to run as root: then the owner of an existing cluster runs it, or else `nobody`. */
export function serverAccount(cluster: string): Account {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(cluster, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody();
}

function nobody(): Account {
  const line = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  return { uid: Number(line?.[1] ?? 65534), gid: Number(line?.[2] ?? 65534) };
}

/** Access as in the shell's `test`: r(ead), w(rite), x (execute, or enter a folder). */
type Right = "r" | "w" | "x";

/** Tells whether the account has access to the path. The system decides, so parents, ACLs and mounts count too. */
export function may(account: Account, right: Right, path: string): boolean {
  if (account.uid === undefined) {
    try {
      accessSync(path, { r: constants.R_OK, w: constants.W_OK, x: constants.X_OK }[right]);
      return true;
    } catch {
      return false;
    }
  }
  const asked = spawnSync("/bin/sh", ["-c", `test -${right} "$0"`, path], {
    ...account,
    cwd: "/",
    stdio: "ignore",
  });
  if (asked.error) throw privilegesKept(account.uid, asked.error);
  return asked.status === 0;
}
