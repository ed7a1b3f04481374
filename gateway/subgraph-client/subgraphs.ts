import type { Logger } from "pino";
import type { IdentityKeys } from "../../subgraphs/_shared/identity/identity.ts";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import type { Metrics } from "../observability/metrics.ts";
import { variableName } from "../subgraph-names.ts";
import type { JoinedSubgraph } from "../supergraph/join-graph.ts";
import type { BreakerRules } from "./circuit-breaker/breaker-state.ts";
import { sealingKeys } from "./sealing-keys.ts";
import { openSubgraph } from "./subgraph.ts";
import type { Subgraph } from "./subgraph-request.ts";
import type { HttpClient } from "./transport/open-transport.ts";

/** The subgraphs of one version of a supergraph. */
export type SubgraphsByName = ReadonlyMap<string, Subgraph>;

/** Clients of the supergraph's subgraphs, each at its published address unless SUBGRAPH_URL_<NAME> overrides it. */
export type Subgraphs = {
  /** The subgraphs of the present version. A request keeps the map that it began with. */
  current(): SubgraphsByName;
  /**
   * Changes to another version: unchanged subgraphs keep their connections, new ones are opened, and removed ones are closed
   * when every request that may still use them has ended. `undo` restores the previous version, if nothing was sent meanwhile.
   * @throws BadConfiguration naming every subgraph without a usable address or key; then nothing changes.
   */
  adopt(named: readonly JoinedSubgraph[]): { undo(): void };
  close(): Promise<void>;
};

export type SubgraphsConfiguration = {
  queryTimeoutMs: number;
  mutationTimeoutMs: number;
  queryRetries: number;
  breakerFailures: number;
  breakerOpenMs: number;
  /** Undefined: chosen by each subgraph's address. */
  subgraphClient: HttpClient | undefined;
  /** Addresses by the subgraphs' variable names. */
  subgraphUrls: ReadonlyMap<string, string>;
  environment: NodeJS.ProcessEnv;
};

/** Longest time that planning adds to a request. */
const PLANNING_MS = 1_000;

export function openSubgraphs(
  configuration: SubgraphsConfiguration,
  metrics: Pick<Metrics, "fetch" | "breaker">,
  log: Logger,
): Subgraphs {
  const { queryTimeoutMs, mutationTimeoutMs, subgraphUrls, environment } = configuration;
  const longestRequestMs = Math.max(queryTimeoutMs, mutationTimeoutMs) + PLANNING_MS;
  const retirement = openRetirement();
  let current: SubgraphsByName = new Map();

  function open({ name, url, keys }: SubgraphAddress): Subgraph {
    const known = current.get(name);
    if (known?.url === url) return known;
    return openSubgraph({
      ...{ name, url, keys, metrics, log },
      client: configuration.subgraphClient,
      retries: configuration.queryRetries,
      breaker: breakerRules(configuration),
      patienceMs: queryTimeoutMs / 2,
    });
  }

  return {
    current: () => current,
    adopt(named) {
      const addresses = subgraphAddresses(named, subgraphUrls, environment);
      for (const name of subgraphUrls.keys()) {
        if (!named.some((each) => variableName(each.name) === name))
          log.warn(`SUBGRAPH_URL_${name} names no subgraph of this supergraph and is ignored`);
      }
      const before = current;
      const after = new Map(addresses.map((address) => [address.name, open(address)]));
      current = after;
      retirement.retire(before, after, longestRequestMs);
      return {
        undo() {
          retirement.cancel(before);
          current = before;
          retirement.retire(after, before, 0);
        },
      };
    },
    async close() {
      await Promise.all([retirement.close(), ...[...current.values()].map((each) => each.close())]);
    },
  };
}

/** Closes subgraphs of earlier versions after a delay. */
function openRetirement() {
  const retiring = new Map<Subgraph, NodeJS.Timeout>();

  return {
    /** Closes the subgraphs of `removed` that are not in `kept`. */
    retire(removed: SubgraphsByName, kept: SubgraphsByName, afterMs: number): void {
      for (const [name, subgraph] of removed) {
        if (kept.get(name) === subgraph) continue;
        const close = () => {
          retiring.delete(subgraph);
          void subgraph.close();
        };
        retiring.set(subgraph, setTimeout(close, afterMs).unref());
      }
    },
    cancel(subgraphs: SubgraphsByName): void {
      for (const subgraph of subgraphs.values()) {
        clearTimeout(retiring.get(subgraph));
        retiring.delete(subgraph);
      }
    },
    async close(): Promise<void> {
      for (const timer of retiring.values()) clearTimeout(timer);
      await Promise.all([...retiring.keys()].map((each) => each.close()));
    },
  };
}

type SubgraphAddress = { name: string; url: string; keys: IdentityKeys | undefined };

/** Addresses and keys of the subgraphs. @throws BadConfiguration */
function subgraphAddresses(
  named: readonly JoinedSubgraph[],
  urls: ReadonlyMap<string, string>,
  environment: NodeJS.ProcessEnv,
): SubgraphAddress[] {
  const faults: string[] = [];
  const addresses = named.map(({ name, url: published }) => {
    const url = urls.get(variableName(name)) ?? published ?? "";
    if (!URL.canParse(url)) {
      const reason = url ? "an invalid address" : "no address";
      faults.push(`  SUBGRAPH_URL_${variableName(name)}: is required, the supergraph has ${reason}`);
    }
    try {
      return { name, url, keys: sealingKeys(name, environment) };
    } catch (error) {
      if (!(error instanceof BadConfiguration)) throw error;
      faults.push(error.message);
      return { name, url, keys: undefined };
    }
  });
  if (faults.length > 0) throw new BadConfiguration(`The configuration does not work:\n${faults.join("\n")}`);
  return addresses;
}

const LONGEST_OPEN_FACTOR = 5;

function breakerRules({ breakerFailures, breakerOpenMs }: SubgraphsConfiguration): BreakerRules {
  return {
    failuresInARow: breakerFailures,
    windowMs: 10_000,
    windowCalls: 20,
    windowShare: 0.5,
    openMs: breakerOpenMs,
    longestOpenMs: breakerOpenMs * LONGEST_OPEN_FACTOR,
  };
}
