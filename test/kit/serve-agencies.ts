import "reflect-metadata";
import { servingMode } from "../../subgraphs/_shared/demo/demo-mode.ts";
import type { RunningSubgraph } from "../../subgraphs/_shared/serving/serve.ts";
import type { ServingMode } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { environmentName, type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";

export type ServedAgencies = {
  ports: Record<SubgraphName, number>;
  /** Stops an agency: connections are refused, as when its machine is off. */
  disconnect(name: SubgraphName): Promise<void>;
  /** Starts it again on the same port. */
  reconnect(name: SubgraphName): Promise<void>;
  close(): Promise<void>;
};

type Serve = (environment: NodeJS.ProcessEnv, mode: ServingMode) => Promise<RunningSubgraph>;

/** Serves one agency in this process, as `subgraphs/main.ts` would run it. */
export async function serveAgency(
  name: SubgraphName,
  databaseUrl: string,
  data: string,
  more: NodeJS.ProcessEnv = {},
): Promise<RunningSubgraph> {
  const { serve } = (await import(`../../subgraphs/${name}/server.ts`)) as { serve: Serve };
  const environment = {
    DATABASE_URL: databaseUrl,
    PORT: "0",
    MOTCUA_DATA: data,
    MOTCUA_DEMO_DIR: `${data}/demo`,
    LOG_LEVEL: "fatal",
    DATABASE_POOL: "4",
    ...more,
  };
  return serve(environment, servingMode(name, environment));
}

/** Serves all agencies in this process, each on its own port and database. The desk starts last: it calls the others. */
export async function serveAgencies(
  databaseUrls: Record<string, string>,
  data: string,
  more: Partial<Record<SubgraphName, NodeJS.ProcessEnv>> = {},
): Promise<ServedAgencies> {
  const running = new Map<SubgraphName, RunningSubgraph>();
  const ports = {} as Record<SubgraphName, number>; // filled below, for every name of the list
  const addresses = () =>
    Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [
        `SUBGRAPH_URL_${environmentName(name as SubgraphName)}`,
        `http://127.0.0.1:${port}/graphql`,
      ]),
    );
  const start = async (name: SubgraphName, port: number) => {
    const environment = { PORT: String(port), ...addresses(), ...more[name] };
    const served = await serveAgency(name, databaseUrls[name] ?? "", data, environment);
    ports[name] = served.port;
    running.set(name, served);
  };
  const others = subgraphs.map((s) => s.name).filter((name) => name !== "one-stop");
  await Promise.all(others.map((name) => start(name, 0)));
  await start("one-stop", 0);
  return {
    ports,
    disconnect: async (name) => {
      await running.get(name)?.close();
      running.delete(name);
    },
    reconnect: (name) => start(name, ports[name]),
    close: async () => {
      await Promise.all([...running.values()].map((served) => served.close()));
    },
  };
}
