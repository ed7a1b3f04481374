import type { Logger } from "pino";
import type { IdentityKeys } from "../../subgraphs/_shared/identity/identity.ts";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import type { GatewayConfiguration } from "../configuration.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { JoinedSubgraph } from "../supergraph/join-graph.ts";
import type { BreakerRules } from "./circuit-breaker/breaker-state.ts";
import { openSubgraph } from "./subgraph.ts";
import { sealingKeys, variableName } from "./subgraph-names.ts";
import type { Subgraph } from "./subgraph-request.ts";

/** The subgraphs of one version of a supergraph, by their names. */
export type SubgraphsByName = ReadonlyMap<string, Subgraph>;

/** The subgraphs that can be asked, each at its own address unless SUBGRAPH_URL_<AGENCY> says another. */
export type Subgraphs = {
  /** Those of the present version. A request keeps the map that it began with. */
  current(): SubgraphsByName;
  /**
   * Goes over to another version: what stays is kept with its connections, what is new is opened, and what is no longer named
   * is closed when no request can be under way any more that began before.
   * `undo` goes back, if nothing was asked in the meantime.
   * @throws BadConfiguration naming every subgraph that cannot be asked for want of a good variable; then nothing changes.
   */
  adopt(named: readonly JoinedSubgraph[]): { undo(): void };
  close(): Promise<void>;
};

/** What planning may add to the time of a request. */
const PLANNING_MS = 1_000;

export function openSubgraphs(
  configuration: GatewayConfiguration,
  metrics: Pick<Metrics, "fetch" | "breaker">,
  log: Logger,
): Subgraphs {
  const { queryTimeoutMs, mutationTimeoutMs, subgraphUrls, environment } = configuration;
  const longestRequestMs = Math.max(queryTimeoutMs, mutationTimeoutMs) + PLANNING_MS;
  const retiring = new Map<Subgraph, NodeJS.Timeout>();
  /** Closes what `left` has and `kept` has not, when the requests that may be under way are over. */
  const retire = (left: SubgraphsByName, kept: SubgraphsByName, afterMs: number) => {
    for (const [name, subgraph] of left) {
      if (kept.get(name) === subgraph) continue;
      const close = () => {
        retiring.delete(subgraph);
        void subgraph.close();
      };
      retiring.set(subgraph, setTimeout(close, afterMs).unref());
    }
  };
  let current: SubgraphsByName = new Map();

  function open(name: string, url: string, keys: IdentityKeys | undefined): Subgraph {
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
      const places = placesOf(named, subgraphUrls, environment);
      for (const name of subgraphUrls.keys()) {
        if (!named.some((each) => variableName(each.name) === name))
          log.warn(`SUBGRAPH_URL_${name} names no subgraph of this supergraph and is ignored`);
      }
      const before = current;
      const after = new Map(places.map(({ name, url, keys }) => [name, open(name, url, keys)]));
      current = after;
      retire(before, after, longestRequestMs);
      return {
        undo() {
          for (const subgraph of before.values()) {
            clearTimeout(retiring.get(subgraph));
            retiring.delete(subgraph);
          }
          current = before;
          retire(after, before, 0);
        },
      };
    },
    async close() {
      for (const timer of retiring.values()) clearTimeout(timer);
      await Promise.all([...current.values(), ...retiring.keys()].map((each) => each.close()));
    },
  };
}

/** Where each subgraph is and what seals the identities towards it. @throws BadConfiguration */
function placesOf(
  named: readonly JoinedSubgraph[],
  urls: ReadonlyMap<string, string>,
  environment: NodeJS.ProcessEnv,
): { name: string; url: string; keys: IdentityKeys | undefined }[] {
  const faults: string[] = [];
  const places = named.map(({ name, url: published }) => {
    const url = urls.get(variableName(name)) ?? published ?? "";
    if (!url) faults.push(`  SUBGRAPH_URL_${variableName(name)}: is required, the supergraph has no address`);
    else if (!URL.canParse(url))
      faults.push(`  SUBGRAPH_URL_${variableName(name)}: is required, the supergraph's is none`);
    try {
      return { name, url, keys: sealingKeys(name, environment) };
    } catch (error) {
      if (!(error instanceof BadConfiguration)) throw error;
      faults.push(error.message);
      return { name, url, keys: undefined };
    }
  });
  if (faults.length > 0) throw new BadConfiguration(`The configuration does not work:\n${faults.join("\n")}`);
  return places;
}

const LONGEST_OPEN = 5;

function breakerRules({ breakerFailures, breakerOpenMs }: GatewayConfiguration): BreakerRules {
  return {
    failuresInARow: breakerFailures,
    windowMs: 10_000,
    windowCalls: 20,
    windowShare: 0.5,
    openMs: breakerOpenMs,
    longestOpenMs: breakerOpenMs * LONGEST_OPEN,
  };
}
