import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import type { Logger } from "pino";
import type { GatewayPlugin } from "../../../gateway/apollo/apollo-server.ts";
import { gatewayConfiguration } from "../../../gateway/configuration.ts";
import { serveGateway } from "../../../gateway/server.ts";
import type { ResponseJson } from "../../kit/response-json.ts";
import { type Agencies, keyVariables, smallAgencies } from "./four-sample-subgraphs.ts";
import type { Agency } from "./sample-subgraph.ts";

type GraphqlResult = {
  status: number;
  headers: Headers;
  data?: ResponseJson;
  extensions?: ResponseJson;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
};

export type World = Agencies & {
  url: string;
  /** Undefined without METRICS_PORT. */
  metricsPort: number | undefined;
  demoDirectory: string;
  token(persona: string, more?: string): Promise<string>;
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphqlResult>;
  close(): Promise<void>;
};

/** Supergraph composed of subgraphs. */
export function composed(agencies: readonly Pick<Agency, "name" | "sdl" | "url">[]): string {
  const { supergraphSdl, errors } = composeServices(
    agencies.map(({ name, sdl, url }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (!supergraphSdl) throw new Error(errors?.map((each) => each.message).join("\n"));
  return supergraphSdl;
}

/** Starts four sample subgraphs and the real gateway, in demo mode, all over HTTP. */
export async function gatewayWorld(
  environment: Record<string, string> = {},
  log?: Logger,
  plugins?: readonly GatewayPlugin[],
): Promise<World> {
  const agencies = await smallAgencies();
  const directory = mkdtempSync(join(tmpdir(), "motcua-gateway-"));
  const supergraph = join(directory, "supergraph.graphql");
  writeFileSync(supergraph, composed(Object.values(agencies)));
  const gateway = await serveGateway(
    gatewayConfiguration({
      SUPERGRAPH: supergraph,
      PORT: "0",
      MOTCUA_DEMO_DIR: directory,
      LOG_LEVEL: "silent",
      PLAYGROUND: "off",
      ...keyVariables(),
      ...environment,
    }),
    log,
    plugins,
  );
  const url = `http://127.0.0.1:${gateway.port}`;
  return {
    ...agencies,
    url,
    metricsPort: gateway.metricsPort,
    demoDirectory: directory,
    async token(persona, more = "") {
      const response = await fetch(`${url}/dev/token?persona=${persona}${more}`);
      return ((await response.json()) as { access_token: string }).access_token;
    },
    async ask(query, variables = {}, headers = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as Omit<GraphqlResult, "status" | "headers">;
      return { ...body, errors: body.errors ?? [], status: response.status, headers: response.headers };
    },
    async close() {
      await gateway.close();
      await Promise.all(Object.values(agencies).map((each) => each.close()));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
