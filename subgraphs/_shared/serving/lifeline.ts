/** Stopping in order may take this long; then nobody is left who would wait. */
const GRACE_MS = 3_000;

/**
 * Calls `stop` when the process that started this one is gone, even by kill -9: the channel between the two closes then.
 * Ends this process soon after, whatever `stop` does. Does nothing for a process that was started without a channel.
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
