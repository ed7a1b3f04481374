/** npm passes Ctrl-C on to a program that has it from the terminal already: two within this time are one. */
const ONE_PRESS_MS = 1_000;
const PARENT_CHECK_MS = 500;

/** Calls `first` when this program is told to end, and `again` at each later time. */
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
  if (process.env.npm_lifecycle_event) whenParentIsGone(first);
}

/** A killed npm tells its program nothing; nobody at the terminal could then end the program by Ctrl-C. */
function whenParentIsGone(call: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    call();
  }, PARENT_CHECK_MS);
  timer.unref();
}
