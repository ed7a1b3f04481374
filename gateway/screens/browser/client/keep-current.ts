/** Changes that come together are read once. */
const PAUSE_MS = 700;
/** A busy stream does not make a page read all the time. */
const LEAST_MS = 3_000;
/** The stream does not tell what comes with time, such as a due date that passes. */
const MOST_MS = 30_000;
/** Wait before a stream that has ended is followed again. */
const RETRY_MS = 15_000;

/** Reads again after changes and from time to time, as long as the page is seen. `follow` opens the stream of changes. */
export function keepCurrent(follow: () => AsyncIterable<unknown>, read: () => Promise<void>): void {
  let isDue = false;
  let isMissed = false;
  let last = Date.now();

  function changed(): void {
    if (isDue) return;
    isDue = true;
    setTimeout(readNow, Math.max(PAUSE_MS, LEAST_MS - (Date.now() - last)));
  }

  function readNow(): Promise<void> | void {
    isDue = false;
    isMissed = document.hidden;
    if (isMissed) return;
    last = Date.now();
    return read();
  }

  async function watch(): Promise<never> {
    for (;;) {
      try {
        for await (const _ of follow()) changed();
      } catch {
        // a gateway that is away now; the line says so
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      changed(); // there may have been changes meanwhile
    }
  }

  setInterval(changed, MOST_MS);
  addEventListener("visibilitychange", () => {
    if (isMissed && !document.hidden) changed();
  });
  void watch();
}
