/** Longest time for an orderly stop. */
const GRACE_MS = 3_000;

/**
 * Calls `stop` when the parent process has ended, even by SIGKILL, since their IPC channel closes then. Ends this process
 * soon afterwards in any case. Does nothing for a process that was started without a channel.
 */
export function followParent(stop: () => unknown): void {
  if (!process.send) return;
  const leave = () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    stop();
  };
  if (process.connected) process.once("disconnect", leave);
  else leave();
}
