import { onEndRequest } from "../supervisor/end-signals.ts";

/** Clean-up on Ctrl-C. */
export type Interruption = {
  /** Aborts a start. */
  signal: AbortSignal;
  /** Registers a clean-up function. Functions run in reverse order, also for resources that are already closed. */
  closes(close: () => Promise<void>): void;
};

export function onInterruption(): Interruption {
  const controller = new AbortController();
  const opened: (() => Promise<void>)[] = [];
  const end = async () => {
    controller.abort();
    for (const close of opened.toReversed()) await close().catch(() => undefined);
    process.exit(130);
  };
  onEndRequest(
    () => void end(),
    () => process.exit(130),
  );
  return { signal: controller.signal, closes: (close) => void opened.push(close) };
}
