import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endLeftoverProcesses, recordProcesses } from "../../scripts/supervisor/leftover-processes.ts";
import { identityOf, isAlive } from "../../scripts/supervisor/process-identity.ts";
import { runningGateway, takeStartLock } from "../../scripts/supervisor/start-lock.ts";
import { until } from "./start-scratch.ts";

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "motcua-lock-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const writeLock = (facts: object) => writeFileSync(join(data, "start.lock"), JSON.stringify(facts));
const lockedBy = () => JSON.parse(readFileSync(join(data, "start.lock"), "utf8")).pid;

test("a data directory held by one process is refused to another, with the holder's name", async () => {
  const lock = await takeStartLock(data);
  lock.tell({ gatewayUrl: "http://127.0.0.1:4000" });
  await expect(takeStartLock(data)).rejects.toThrow(`process ${process.pid}`);
  expect(runningGateway(data)).toBe("http://127.0.0.1:4000");
  lock.release();
  await takeStartLock(data);
  expect(readdirSync(data)).toEqual(["start.lock"]);
});

test.each([
  ["that has ended", { pid: 2 ** 22 + 1, started: "1" }],
  ["whose number went to another", { pid: process.pid, started: "1" }],
])("the lock of a process %s is ignored", async (_, holder) => {
  writeLock({ ...holder, since: "", gatewayUrl: "http://127.0.0.1:4000" });
  expect(runningGateway(data)).toBeUndefined();
  await takeStartLock(data);
  expect(lockedBy()).toBe(process.pid);
});

test("an incomplete lock file is ignored", async () => {
  writeFileSync(join(data, "start.lock"), "{");
  await takeStartLock(data);
  expect(lockedBy()).toBe(process.pid);
});

test("a start waits for a system that is stopping", async () => {
  const stopping = spawn("sleep", ["60"]);
  writeLock({ ...identityOf(stopping.pid ?? 0), since: "", stopping: true });
  const taken = takeStartLock(data);
  setTimeout(() => stopping.kill(), 2_000);
  await taken;
  expect(lockedBy()).toBe(process.pid);
});

test("a start kills the processes that a killed supervisor left and that do not end by themselves", async () => {
  const leftover = spawn("sleep", ["60"]);
  const identity = identityOf(leftover.pid ?? 0);
  recordProcesses(data)("land", identity.pid);
  const said: string[] = [];
  await endLeftoverProcesses(data, (line) => said.push(line));
  await until(() => !isAlive(identity));
  expect(said.at(-1)).toBe(`land (process ${identity.pid}) does not end and is killed`);
});
