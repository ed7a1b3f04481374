import { join } from "node:path";
import { variableName } from "../../gateway/subgraph-names.ts";
import { bare, fileIn, forward, GENEROUS, hive, ours, type Recipe, stock, subgraphsProgram } from "./contestants.ts";
import { graphNames } from "./graph/subgraphs.ts";
import { supergraphs } from "./graph/supergraph.ts";
import { OTHER_CORE } from "./machine/cores.ts";
import { freePorts } from "./machine/ports.ts";
import { launch } from "./machine/program.ts";
import { hiveGateway } from "./peers.ts";
import { openTokenIssuer } from "./tokens.ts";

export type Counts = { asked: number; signed: number };

/** The synthetic graph with its four running subgraphs, and the contestants' recipes. */
export type Stage = {
  directory: string;
  tokens: string[];
  recipes(say: (line: string) => void): Promise<Recipe[]>;
  ours: Recipe;
  counts(): Promise<Counts>;
  close(): Promise<void>;
};

export async function setStage(directory: string): Promise<Stage> {
  const [issuerPort = 0, ...ports] = await freePorts(1 + graphNames.length);
  const subgraphs = launch({
    node: [subgraphsProgram()],
    environment: { PORTS: ports.join(",") },
    core: OTHER_CORE,
    log: join(directory, "subgraphs.log"),
  });
  const issuer = await openTokenIssuer(issuerPort, (caller) => String(31_000 + caller));
  const texts = supergraphs(ports);
  const forOurs = fileIn(directory, "supergraph.graphql", texts.ours);
  const forPeers = fileIn(directory, "supergraph-without-rights.graphql", texts.peers);
  const keys = graphNames.map((name) => [`IDENTITY_KEYS_${variableName(name)}`, `bench:secret-of-${name}-0123456789`]);
  const environment = {
    SUPERGRAPH: forOurs,
    MOTCUA_DATA: directory,
    ...issuer.environment,
    ...Object.fromEntries(keys),
    ...GENEROUS,
  };
  return {
    directory,
    tokens: issuer.tokens,
    ours: ours("ours", environment),
    async recipes(say) {
      const program = await hiveGateway(say);
      const peers = program ? [hive("hive", program, forPeers), hive("hive-rust", program, forPeers)] : [];
      const people = `http://127.0.0.1:${ports[0]}`;
      const floors = [forward(people, 1), forward(people, 5), bare()];
      return [ours("ours", environment), ours("ours-apollo", environment), stock(forPeers), ...peers, ...floors];
    },
    async counts() {
      const response = await fetch(`http://127.0.0.1:${ports[0]}/counts`);
      return (await response.json()) as Counts;
    },
    async close() {
      issuer.close();
      await subgraphs.stop();
    },
  };
}
