import { join } from "node:path";
import { variableName } from "../../gateway/subgraph-names.ts";
import {
  bare,
  fileIn,
  forward,
  GENEROUS_LIMITS,
  grafbase,
  hive,
  ours,
  type Recipe,
  stock,
  subgraphsProgram,
} from "./contestants.ts";
import { explosiveSdl } from "./graph/explosive-schemas.ts";
import { graphNames } from "./graph/synthetic-schemas.ts";
import { supergraphs } from "./graph/synthetic-supergraph.ts";
import { OTHER_CORE } from "./machine/cores.ts";
import { freePorts } from "./machine/free-ports.ts";
import { launch } from "./machine/program.ts";
import { installedPeers } from "./peers.ts";
import { openTokenIssuer } from "./token-issuer.ts";

export type Counts = { asked: number; signed: number };

/** The synthetic graph with its four running subgraphs, and the contestants' recipes. */
export type BenchGraph = {
  directory: string;
  tokens: string[];
  /** @param before root of another checkout, as a contestant */
  recipes(say: (line: string) => void, before?: string): Promise<Recipe[]>;
  ours: Recipe;
  /** Ours over the graph with operations that are too expensive to plan. */
  explosive: Recipe;
  counts(): Promise<Counts>;
  close(): Promise<void>;
};

export async function startBenchGraph(directory: string): Promise<BenchGraph> {
  const [issuerPort = 0, ...ports] = await freePorts(1 + graphNames.length);
  const subgraphs = launch({
    args: [subgraphsProgram()],
    environment: { PORTS: ports.join(",") },
    core: OTHER_CORE,
    log: join(directory, "subgraphs.log"),
  });
  const issuer = await openTokenIssuer(issuerPort, (caller) => String(31_000 + caller));
  const texts = supergraphs(ports);
  const forOurs = fileIn(directory, "supergraph.graphql", texts.ours);
  const forPeers = fileIn(directory, "supergraph-without-rights.graphql", texts.peers);
  const environment = {
    SUPERGRAPH: forOurs,
    MOTCUA_DATA: directory,
    ...issuer.environment,
    ...identityKeys(graphNames),
    ...GENEROUS_LIMITS,
  };
  return {
    directory,
    tokens: issuer.tokens,
    ours: ours("ours", environment),
    explosive: ours("ours", {
      ...environment,
      SUPERGRAPH: fileIn(directory, "explosive.graphql", texts.explosive),
      ...identityKeys(Object.keys(explosiveSdl)),
    }),
    async recipes(say, before) {
      const peers = await installedPeers(say);
      const hives = peers ? [hive("hive", peers.hive, forPeers), hive("hive-rust", peers.hive, forPeers)] : [];
      const rust = peers?.grafbase ? [grafbase(peers.grafbase, directory, texts.peerSubgraphs)] : [];
      const people = `http://127.0.0.1:${ports[0]}`;
      const floors = [forward(people, 1), forward(people, 5), bare()];
      const other = before ? [ours("before", environment, before)] : [];
      const own = [ours("ours", environment), ...other, ours("ours-apollo", environment)];
      return [...own, stock(forPeers), ...hives, ...rust, ...floors];
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

function identityKeys(names: readonly string[]): Record<string, string> {
  const keys = names.map((name) => [`IDENTITY_KEYS_${variableName(name)}`, `bench:secret-of-${name}-0123456789`]);
  return Object.fromEntries(keys);
}
