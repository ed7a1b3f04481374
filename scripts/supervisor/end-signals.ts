/** npm passes Ctrl-C on to a program that received it from the terminal already: two within this time count as one. */
const ONE_PRESS_MS = 1_000;
const PARENT_CHECK_MS = 500;

/** Calls `first` at the first request to end this program, and `again` at each later one. */
export function onEndRequest(first: () => void, again: () => void): void {
  let last: number | undefined;
  const asked = () => {
    const now = performance.now();
    const isFirst = last === undefined;
    if (last !== undefined && now - last < ONE_PRESS_MS) return;
    last = now;
    if (isFirst) first();
    else again();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, asked);
  if (process.env.npm_lifecycle_event) onParentExit(first);
}

/** A killed npm does not notify its program, and Ctrl-C in the terminal would no longer reach it. */
function onParentExit(call: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    call();
  }, PARENT_CHECK_MS);
  timer.unref();
}
