import { awaitReady, type IsDown } from "./health.ts";
import { launchProgram } from "./launch-program.ts";
import { recordProcesses } from "./leftover-processes.ts";
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
  /** What a part's environment has on top of the usual. */
  addedTo(part: ServerName): Record<string, string>;
  restart: boolean;
  isDown: IsDown;
  say(line: string): void;
};

export type SupervisedServers = {
  processes: ReadonlyMap<ServerName, Supervised>;
  /** Starts all at once; resolves when all are ready. @throws PROCESS_FAILED for one that dies again and again, NOT_READY */
  start(signal?: AbortSignal): Promise<void>;
};

const START_PATIENCE_MS = 180_000;
const REVIVAL_PATIENCE_MS = 60_000;
/** A part that dies as often before all were ready does not start. */
const FIRST_DEATHS = 3;

/** The agencies and the gateway, not started yet. */
export function supervisedServers(plan: Plan): SupervisedServers {
  const { data, entry, ports, restart, isDown, say } = plan;
  const note = recordProcesses(data);
  const deaths = new Map<ServerName, number>();
  let started = false;
  let giveUp: (failure: Error) => void = () => {};
  const processes = new Map(serverNames.map((part) => [part, supervised(part)]));

  function supervised(part: ServerName): Supervised {
    const program = serverProgram(part, entry);
    const environment = { ...serverEnvironment(part, plan), ...plan.addedTo(part) };
    const launch = async () => {
      const life = await launchProgram(program, environment, openLog(data, part));
      note(part, life.pid);
      return life;
    };
    const died = (how: string) => countDeath(part, how);
    // the news of its return is a courtesy: nobody waits for it
    const revived = () => void tellReturn(part).catch(() => undefined);
    return supervise({ name: part, launch, restart, say, died, revived });
  }

  function countDeath(part: ServerName, how: string): void {
    const count = (deaths.get(part) ?? 0) + 1;
    deaths.set(part, count);
    if (started || (restart && count < FIRST_DEATHS)) return;
    giveUp(processFailed(part, how, logPath(data, part), lastLines(data, part)));
  }

  async function tellReturn(part: ServerName): Promise<void> {
    if (!started) return;
    await awaitReady([part], ports, { say: () => {}, patienceMs: REVIVAL_PATIENCE_MS, isDown });
    say(`${part} is ready again`);
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
