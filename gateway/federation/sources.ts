import type { Logger } from "pino";
import { BadConfiguration } from "../../subgraphs/_shared/environment.ts";
import { sealingKeys, variableName } from "../agencies.ts";
import type { GatewayConfiguration } from "../configuration.ts";
import { type SubgraphSource, subgraphSource } from "./subgraph-source.ts";

export type Sources = {
  /** The source of a subgraph that the supergraph names. Bad keys are gathered, not thrown. */
  open(subgraph: { name: string; url?: string | undefined }): SubgraphSource;
  all(): readonly SubgraphSource[];
  /** @throws BadConfiguration naming every subgraph that cannot be asked for want of a good variable. */
  refuseBadOnes(): void;
  close(): Promise<void>;
};

/** The subgraphs that a supergraph names, each at its own address unless SUBGRAPH_URL_<AGENCY> says another. */
export function openSources(configuration: GatewayConfiguration, log: Logger): Sources {
  const sources = new Map<string, SubgraphSource>();
  const faults: string[] = [];

  function keysOf(name: string) {
    try {
      return sealingKeys(name, configuration.environment);
    } catch (error) {
      if (!(error instanceof BadConfiguration)) throw error;
      faults.push(error.message);
      return undefined;
    }
  }

  return {
    open({ name, url }) {
      const address = configuration.subgraphUrls.get(variableName(name)) ?? url;
      if (!address) faults.push(`  SUBGRAPH_URL_${variableName(name)}: is required, the supergraph has no address`);
      const { queryTimeoutMs, mutationTimeoutMs } = configuration;
      const source = subgraphSource({
        name,
        url: address || "http://address.missing/",
        keys: keysOf(name),
        queryTimeoutMs,
        mutationTimeoutMs,
        now: Date.now,
        log,
      });
      sources.set(name, source);
      return source;
    },
    all: () => [...sources.values()],
    refuseBadOnes() {
      if (faults.length > 0) throw new BadConfiguration(`The configuration does not work:\n${faults.join("\n")}`);
      for (const name of configuration.subgraphUrls.keys()) {
        const known = [...sources.keys()].some((each) => variableName(each) === name);
        if (!known) log.warn(`SUBGRAPH_URL_${name} names no subgraph of this supergraph and is ignored`);
      }
    },
    close: async () => {
      await Promise.all([...sources.values()].map((each) => each.close()));
    },
  };
}
