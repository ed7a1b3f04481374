import { launchProgram } from "./launch-program.ts";
import { recordProcesses } from "./leftover-processes.ts";
import { awaitReady, type IsDown } from "./process-health.ts";
import { lastLines, logPath, openLog } from "./process-log.ts";
import {
  type ServerName,
  type SystemSettings,
  serverEnvironment,
  serverNames,
  serverProgram,
} from "./server-processes.ts";
import { processFailed } from "./start-failures.ts";
import { type Supervised, supervise } from "./supervision.ts";

type Plan = SystemSettings & {
  /** Directory of the bundle. */
  entry: string;
  /** Variables added to the environment of one process. */
  addedTo(name: ServerName): Record<string, string>;
  restart: boolean;
  isDown: IsDown;
  say(line: string): void;
};

export type SupervisedServers = {
  processes: ReadonlyMap<ServerName, Supervised>;
  /** Starts all at once; resolves when all are ready. @throws PROCESS_FAILED when one ends repeatedly, NOT_READY */
  start(signal?: AbortSignal): Promise<void>;
};

const START_PATIENCE_MS = 180_000;
const RESTART_PATIENCE_MS = 60_000;
/** A process that ends this often before all are ready is considered unable to start. */
const FAILED_STARTS = 3;

/** Supervision of the agencies and the gateway, not started yet. */
export function supervisedServers(plan: Plan): SupervisedServers {
  const { data, entry, ports, restart, isDown, say } = plan;
  const record = recordProcesses(data);
  const ends = new Map<ServerName, number>();
  let started = false;
  let giveUp: (failure: Error) => void = () => {};
  const processes = new Map(serverNames.map((name) => [name, supervised(name)]));

  function supervised(name: ServerName): Supervised {
    const program = serverProgram(name, entry);
    const environment = { ...serverEnvironment(name, plan), ...plan.addedTo(name) };
    const launch = async () => {
      const launched = await launchProgram(program, environment, openLog(data, name));
      record(name, launched.pid);
      return launched;
    };
    const onEnd = (how: string) => countEnd(name, how);
    const onRestart = () => void reportReady(name).catch(() => undefined); // a report only: nothing waits for it
    return supervise({ name, launch, restart, say, onEnd, onRestart });
  }

  function countEnd(name: ServerName, how: string): void {
    const count = (ends.get(name) ?? 0) + 1;
    ends.set(name, count);
    if (started || (restart && count < FAILED_STARTS)) return;
    giveUp(processFailed(name, how, logPath(data, name), lastLines(data, name)));
  }

  async function reportReady(name: ServerName): Promise<void> {
    if (!started) return;
    await awaitReady([name], ports, { say: () => {}, patienceMs: RESTART_PATIENCE_MS, isDown });
    say(`${name} is ready again`);
  }

  return {
    processes,
    async start(signal) {
      const broken = new AbortController();
      giveUp = (failure) => broken.abort(failure);
      const waiting = signal ? AbortSignal.any([signal, broken.signal]) : broken.signal;
      await Promise.all([...processes.values()].map((each) => each.start()));
      await awaitReady(serverNames, ports, { say, patienceMs: START_PATIENCE_MS, isDown, signal: waiting });
      started = true;
    },
  };
}
