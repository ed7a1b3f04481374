import { signalTo } from "./process-identity.ts";

/** A running process. `ended` resolves with the manner of its end: "by SIGKILL", "with exit code 1". */
export type RunningProcess = { pid: number; ended: Promise<string>; stop(): Promise<void> };

/** A supervised process. */
export type Supervised = {
  pid(): number | undefined;
  /** Starts it and restarts it from then on. Rejects, and supervises nothing, when it cannot be started. */
  start(): Promise<void>;
  /** Ends it, by force and with a message where it does not end when asked to; it stays down until `start`. */
  stop(): Promise<void>;
  /** Sends a signal. When the process ends by it, the pause before its next start is the shortest one. */
  kill(signal: NodeJS.Signals): void;
  /** Tells whether it is meant to run. */
  wanted(): boolean;
};

type Options = {
  name: string;
  launch(): Promise<RunningProcess>;
  /** False: it stays down when it ends. */
  restart: boolean;
  say(line: string): void;
  /** Called with the manner of each unwanted end. */
  onEnd?(how: string): void;
  /** Called after each restart. */
  onRestart?(): void;
};

/** Pause before a restart: 0.2 s, doubled up to 10 s; reset after a minute of running. */
const PAUSE_MS = { first: 200, longest: 10_000, resetAfter: 60_000 };

/** Keeps a process alive: restarts it after every unwanted end and reports it. */
export function supervise({ name, launch, restart, say, onEnd, onRestart }: Options): Supervised {
  let running: RunningProcess | undefined;
  let wanted = false;
  let pause = PAUSE_MS.first;
  let timer: NodeJS.Timeout | undefined;
  let launching: Promise<void> | undefined;

  async function begin(): Promise<void> {
    const began = performance.now();
    const started = await launch();
    running = started;
    void started.ended.then((how) => {
      if (running === started) running = undefined;
      if (!wanted) return;
      onEnd?.(how);
      const ran = performance.now() - began;
      if (ran > PAUSE_MS.resetAfter) pause = PAUSE_MS.first;
      const after = `${name} ended ${how} after ${seconds(ran)}`;
      if (restart) again(after);
      else {
        wanted = false;
        say(after);
      }
    });
  }

  function again(why: string): void {
    say(`${why}; restart in ${seconds(pause)}`);
    timer = setTimeout(() => {
      launching = begin().then(
        () => onRestart?.(),
        (error: unknown) => {
          if (wanted) again(`${name} could not be started (${error instanceof Error ? error.message : error})`);
        },
      );
    }, pause);
    pause = Math.min(pause * 2, PAUSE_MS.longest);
  }

  return {
    pid: () => running?.pid,
    wanted: () => wanted,
    async start() {
      if (wanted) return;
      wanted = true;
      pause = PAUSE_MS.first;
      launching = begin();
      await launching.catch((error: unknown) => {
        wanted = false;
        throw error;
      });
    },
    async stop() {
      wanted = false;
      clearTimeout(timer);
      await launching?.catch(() => undefined);
      const stopping = running;
      await stopping?.stop();
      if ((await stopping?.ended) === "by SIGKILL") say(`${name} did not end when it was asked to, and was killed`);
    },
    kill(signal) {
      pause = PAUSE_MS.first;
      if (running) signalTo(running.pid, signal);
    },
  };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
