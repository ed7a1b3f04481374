import "reflect-metadata";
import type { RunningSubgraph } from "../../subgraphs/_shared/serving/serve.ts";
import { environmentName, type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";

export type ServedAgencies = {
  ports: Record<SubgraphName, number>;
  /** Takes an agency off the network: connections are refused, as when its machine is off. */
  unplug(name: SubgraphName): Promise<void>;
  /** Brings it back where it was. */
  plug(name: SubgraphName): Promise<void>;
  close(): Promise<void>;
};

type Serve = (environment: NodeJS.ProcessEnv) => Promise<RunningSubgraph>;

/** All six agencies in this process, each on its own port and database, as `subgraphs/main.ts` would run them. */
export async function serveAll(
  databaseUrls: Record<string, string>,
  data: string,
  more: Partial<Record<SubgraphName, NodeJS.ProcessEnv>> = {},
): Promise<ServedAgencies> {
  const running = new Map<SubgraphName, RunningSubgraph>();
  const ports = {} as Record<SubgraphName, number>; // filled below, for every name of the list
  const addresses = () =>
    Object.fromEntries(
      [...Object.entries(ports)].map(([name, port]) => [
        `SUBGRAPH_URL_${environmentName(name as SubgraphName)}`,
        `http://127.0.0.1:${port}/graphql`,
      ]),
    );
  const start = async (name: SubgraphName, port: number) => {
    const { serve } = (await import(`../../subgraphs/${name}/server.ts`)) as { serve: Serve };
    const environment = {
      DATABASE_URL: databaseUrls[name],
      PORT: String(port),
      MOTCUA_DATA: data,
      MOTCUA_DEMO_DIR: `${data}/demo`,
      LOG_LEVEL: "fatal",
      DATABASE_POOL: "4",
      ...addresses(),
      ...more[name],
    };
    const served = await serve(environment);
    ports[name] = served.port;
    running.set(name, served);
  };
  const others = subgraphs.map((s) => s.name).filter((name) => name !== "one-stop");
  await Promise.all(others.map((name) => start(name, 0)));
  await start("one-stop", 0);
  return {
    ports,
    unplug: async (name) => {
      await running.get(name)?.close();
      running.delete(name);
    },
    plug: (name) => start(name, ports[name]),
    close: async () => {
      await Promise.all([...running.values()].map((served) => served.close()));
    },
  };
}
