import { signalTo } from "./process-identity.ts";

/** A process from its start to its end. `ended` tells how: "by SIGKILL", "with exit code 1". `stop` makes it end. */
export type Life = { pid: number; ended: Promise<string>; stop(): Promise<void> };

/** Something that is kept alive. */
export type Supervised = {
  pid(): number | undefined;
  /** Starts it and keeps it alive from then on. Rejects, and keeps nothing, if it cannot be started. */
  start(): Promise<void>;
  /** Ends it; it stays down until it is started again. */
  stop(): Promise<void>;
  /** Sends a signal. If it dies of it, that is no fault of its own: the pause before its next start is the first one. */
  kill(signal: NodeJS.Signals): void;
  /** Whether it is meant to run. */
  wanted(): boolean;
};

type Options = {
  name: string;
  launch(): Promise<Life>;
  /** False: it stays down when it dies. */
  restart: boolean;
  say(line: string): void;
  died?(how: string): void;
  /** It was started again after it had died. */
  revived?(): void;
};

/** Pauses before it is started again: 0.2 s, doubling up to 10 s; from the beginning after a minute of life. */
const PAUSE_MS = { first: 200, longest: 10_000, healthyLife: 60_000 };

/** Keeps a process alive: started again whenever it dies unwanted, and says so. */
export function supervise({ name, launch, restart, say, died, revived }: Options): Supervised {
  let life: Life | undefined;
  let wanted = false;
  let pause = PAUSE_MS.first;
  let timer: NodeJS.Timeout | undefined;
  let launching: Promise<void> | undefined;

  async function begin(): Promise<void> {
    const began = performance.now();
    const started = await launch();
    life = started;
    void started.ended.then((how) => {
      if (life === started) life = undefined;
      if (!wanted) return;
      died?.(how);
      const lived = performance.now() - began;
      if (lived > PAUSE_MS.healthyLife) pause = PAUSE_MS.first;
      const after = `${name} ended ${how} after ${seconds(lived)}`;
      if (restart) again(after);
      else {
        wanted = false;
        say(after);
      }
    });
  }

  function again(why: string): void {
    say(`${why}; it is started again in ${seconds(pause)}`);
    timer = setTimeout(() => {
      launching = begin().then(
        () => revived?.(),
        (error: unknown) => {
          if (wanted) again(`${name} could not be started (${error instanceof Error ? error.message : error})`);
        },
      );
    }, pause);
    pause = Math.min(pause * 2, PAUSE_MS.longest);
  }

  return {
    pid: () => life?.pid,
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
      await life?.stop();
    },
    kill(signal) {
      pause = PAUSE_MS.first;
      if (life) signalTo(life.pid, signal);
    },
  };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
