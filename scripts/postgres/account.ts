import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { privilegesKept } from "./failures.ts";

/** The user the server runs as, to be spread into spawn's options. Empty: the user of this process. */
export type Account = { uid?: number; gid?: number };

/** Root must step down (PostgreSQL refuses it): to the owner of an existing cluster, or else to `nobody`. */
export function serverAccount(cluster: string): Account {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(cluster, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody();
}

function nobody(): Account {
  const line = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  return { uid: Number(line?.[1] ?? 65534), gid: Number(line?.[2] ?? 65534) };
}

/** What `test` of the shell asks: r(ead), w(rite), x (run, or enter a folder). */
type Right = "r" | "w" | "x";

/** Whether the account has the right to the path. Asks the system itself, so parents, ACLs and mounts count too. */
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
