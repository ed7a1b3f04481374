import { once } from "node:events";
import { createServer } from "node:net";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { environmentName, subgraphs } from "../../../subgraphs/agency-registry.ts";
import type { World } from "../../world.ts";
import { type GatewayProgram, gatewayProgram } from "./gateway-program.ts";

/** A further gateway of a world's agencies, a program of its own that can be killed and started again at its address. */
export type WorldGateway = { url: string; start(): Promise<void>; kill(): Promise<void> };

export async function worldGateway({ data, agencies }: World): Promise<WorldGateway> {
  const port = await freePort();
  const addresses = subgraphs.map(({ name }) => [
    `SUBGRAPH_URL_${environmentName(name)}`,
    `http://127.0.0.1:${agencies.ports[name]}/graphql`,
  ]);
  const environment = {
    ...{
      PORT: String(port),
      MOTCUA_DATA: data,
      MOTCUA_DEMO_DIR: `${data}/demo`,
      ATTACHMENTS_DIR: `${data}/attachments`,
    },
    ...Object.fromEntries(addresses),
  };
  let program: GatewayProgram | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    async start() {
      const started = gatewayProgram(environment);
      program = started;
      await waitUntil("the gateway is ready", async () => started.ready().length > 0);
    },
    async kill() {
      program?.signal("SIGKILL");
      await program?.ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
