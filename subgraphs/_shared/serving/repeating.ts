export type Repeating = { stop(): Promise<void> };

/**
 * Does some work every `everyMs`, and `atOnce`, one turn after the other. What comes due while a turn takes longer is one more turn,
 * however often: after hours without a database no turns are in arrears. `turn` must not reject, and may end early when it is stopped.
 */
export function startRepeating(
  { everyMs, atOnce = false }: { everyMs: number; atOnce?: boolean },
  turn: (isStopped: () => boolean) => Promise<void>,
): Repeating {
  let isStopped = false;
  let isDue = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (isDue && !isStopped) {
      isDue = false;
      await turn(() => isStopped);
    }
    running = undefined;
  };
  const comesDue = () => {
    isDue = true;
    running ??= run();
  };
  if (atOnce) comesDue();
  const timer = setInterval(comesDue, everyMs);
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
