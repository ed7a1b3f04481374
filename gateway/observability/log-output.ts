import { type DestinationStream, pino } from "pino";

const BATCH_BYTES = 8_192;
const LATEST_MS = 100;

let ofThisProcess: DestinationStream | undefined;

/**
 * Standard output, written to in batches: a system call for each line is a tenth of what a small request costs. Lines wait a
 * tenth of a second at most; a process that ends writes the rest first, one that is killed does not. Gateways of one process
 * share it.
 */
export function batchedOutput(): DestinationStream {
  ofThisProcess ??= openOutput();
  return ofThisProcess;
}

function openOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: true, minLength: BATCH_BYTES, periodicFlush: LATEST_MS });
  process.once("exit", () => output.flushSync());
  return output;
}
