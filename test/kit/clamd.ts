import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = "/usr/sbin/clamd";
export const clamdIsInstalled = existsSync(PROGRAM);
/** Text that the tests' only signature finds. */
export const MALWARE = "MOTCUA-TEST-SIGNATURE-OF-NO-VIRUS";
export const MALWARE_NAME = "Motcua.Test.UNOFFICIAL";

export type Clamd = { socket: string; start(): Promise<void>; stop(): Promise<void>; remove(): Promise<void> };

/** A real clamd on a Unix socket with one signature of its own, so that it loads in a moment and needs no network. */
export function openClamd(): Clamd {
  const root = mkdtempSync(join(tmpdir(), "motcua-clamd-"));
  const socket = join(root, "clamd.sock");
  mkdirSync(join(root, "db"));
  writeFileSync(join(root, "db", "motcua.ndb"), `Motcua.Test:0:*:${Buffer.from(MALWARE).toString("hex")}\n`);
  const settings = [
    ...[`LocalSocket ${socket}`, `DatabaseDirectory ${join(root, "db")}`, `LogFile ${join(root, "clamd.log")}`],
    ...["Foreground yes", "StreamMaxLength 1M", `User ${execFileSync("id", ["-un"], { encoding: "utf8" }).trim()}`],
  ];
  writeFileSync(join(root, "clamd.conf"), `${settings.join("\n")}\n`);
  let running: ChildProcess | undefined;

  async function stop(): Promise<void> {
    const stopped = running && new Promise((resolve) => running?.once("exit", resolve));
    running?.kill();
    await stopped;
    running = undefined;
  }
  return {
    socket,
    stop,
    async start() {
      running = spawn(PROGRAM, ["--config-file", join(root, "clamd.conf")], { stdio: "ignore" });
      while (!(await answers(socket))) await new Promise((resolve) => setTimeout(resolve, 100));
    },
    async remove() {
      await stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
