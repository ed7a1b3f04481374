import { onEndRequest } from "../supervisor/end-signals.ts";

/** What has to be ended when somebody presses Ctrl-C. */
export type Interruption = {
  /** Ends a start that is under way. */
  signal: AbortSignal;
  /** Adds something that has been opened; closed in the reverse order, once more if it has been closed already. */
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
