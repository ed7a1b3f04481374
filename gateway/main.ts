import { BadConfiguration } from "../subgraphs/_shared/environment.ts";
import { gatewayConfiguration } from "./configuration.ts";
import { serveGateway } from "./server.ts";

/** `npm run gateway`: the gateway alone over any Federation 2 supergraph, until it is told to stop. */
async function main(): Promise<void> {
  const running = await serveGateway(gatewayConfiguration());
  const stop = async () => {
    await running.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof BadConfiguration ? error.message : error);
  process.exit(1);
});
