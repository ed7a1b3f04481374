/** Runs tasks with bounded concurrency; fetches due tasks while there is capacity. */
export type PollingOptions<Task, Known> = {
  concurrency: number;
  /** Milliseconds to wait when no task is due. */
  pauseMs: number;
  /** Fetches up to `limit` due tasks. Must not throw. */
  next(limit: number): Promise<readonly Task[]>;
  /** Runs a task. @returns follow-up tasks, which start at once. Must not throw. */
  run(task: Task, known: Known | null): Promise<readonly (readonly [Task, Known])[]>;
};

export type Polling<Task, Known> = {
  hasRoom(): boolean;
  start(task: Task, known: Known | null): void;
  /** Resolves when all running tasks have ended. */
  stop(): Promise<void>;
};

export function startPolling<Task, Known>(options: PollingOptions<Task, Known>): Polling<Task, Known> {
  const { concurrency, pauseMs } = options;
  const running = new Set<Promise<void>>();
  let stopping = false;
  let wake = () => {};

  function start(task: Task, known: Known | null): void {
    const ended = run(task, known).finally(() => {
      running.delete(ended);
      wake();
    });
    running.add(ended);
  }

  async function run(task: Task, known: Known | null): Promise<void> {
    for (const [next, dossier] of await options.run(task, known)) start(next, dossier);
  }

  async function poll(): Promise<void> {
    while (!stopping) {
      const room = concurrency - running.size;
      const tasks = room > 0 ? await options.next(room) : [];
      for (const task of tasks) start(task, null);
      if (tasks.length < room || room <= 0) await pause();
    }
  }

  /** Ends early when the last running task has ended, or on `stop`. */
  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      wake = () => {
        if (running.size > 0 && !stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const polling = concurrency > 0 ? poll() : Promise.resolve();
  return {
    hasRoom: () => running.size < concurrency,
    start,
    async stop() {
      stopping = true;
      wake();
      await polling;
      while (running.size > 0) await Promise.all(running);
    },
  };
}
