import { keepCompiledCode } from "../subgraphs/_shared/serving/compile-cache.ts";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { followParent } from "../subgraphs/_shared/serving/lifeline.ts";
import type { RunningGateway } from "./server.ts";

/** `npm run gateway`: runs the gateway over any Federation 2 supergraph until it is stopped. */
async function main(): Promise<void> {
  let running: RunningGateway | undefined;
  const stop = async () => {
    await running?.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  followParent(stop);
  keepCompiledCode();
  const [{ gatewayConfiguration }, { serveGateway }] = await Promise.all([
    import("./configuration.ts"),
    import("./server.ts"),
  ]);
  running = await serveGateway(gatewayConfiguration());
}

main().catch((error: unknown) => {
  console.error(error instanceof BadConfiguration ? error.message : error);
  process.exit(1);
});
