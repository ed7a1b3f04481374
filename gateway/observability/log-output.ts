import cluster from "node:cluster";
import { type DestinationStream, pino } from "pino";

const BATCH_BYTES = 8_192;
const LATEST_MS = 100;
/** Most bytes that a pipe takes in one piece (PIPE_BUF of Linux): lines of several processes never mix within it. */
const ONE_PIECE_BYTES = 4_096;

let ofThisProcess: DestinationStream | undefined;

/**
 * Standard output, written in batches: a system call for each line takes a tenth of the cost of a small request. Lines wait at
 * most a tenth of a second. A process that exits writes the rest; a process that is killed does not. All gateways of one process
 * share the output.
 */
export function batchedOutput(): DestinationStream {
  ofThisProcess ??= openOutput();
  return ofThisProcess;
}

function openOutput(): DestinationStream {
  const size = cluster.isWorker
    ? { minLength: ONE_PIECE_BYTES / 2, maxWrite: ONE_PIECE_BYTES }
    : { minLength: BATCH_BYTES };
  const output = pino.destination({ dest: 1, sync: true, periodicFlush: LATEST_MS, ...size });
  process.once("exit", () => output.flushSync());
  return output;
}
