import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import { followParent } from "../../subgraphs/_shared/serving/lifeline.ts";
import { partLog } from "../../subgraphs/_shared/serving/log.ts";

type StandIn = { url: string; close(): Promise<void> };

/** Runs the program of a stand-in until SIGTERM or SIGINT, or until its parent ends. Settings that are wrong end it with exit code 1. */
export async function runStandIn(
  part: string,
  serve: () => Promise<{ standIn: StandIn; logLevel: string }>,
): Promise<void> {
  try {
    const { standIn, logLevel } = await serve();
    const stop = async () => {
      await standIn.close();
      process.exit(0);
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
    followParent(stop);
    partLog(part, logLevel).info({ url: standIn.url }, "ready");
  } catch (error) {
    console.error(error instanceof BadConfiguration ? error.message : error);
    process.exit(1);
  }
}
