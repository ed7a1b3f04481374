import type { Logger } from "pino";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import type { CallerTokens } from "../identity/caller-tokens.ts";
import type { Metrics } from "../observability/metrics.ts";
import { variableName } from "../subgraph-names.ts";
import { type BySubgraph, itemsOf, settingOf } from "../subgraph-settings.ts";
import type { JoinedSubgraph } from "../supergraph/join-graph.ts";
import { type CallerIdentity, CLIENT_TOKEN, issuedIdentity, NO_IDENTITY, sealedIdentity } from "./caller-identity.ts";
import type { BreakerRules } from "./circuit-breaker/breaker-state.ts";
import type { HeaderLists } from "./client-headers/client-exchange.ts";
import type { IdentityConfiguration } from "./identity-configuration.ts";
import { sealingKeys } from "./sealing-keys.ts";
import { openSubgraph } from "./subgraph.ts";
import type { Subgraph } from "./subgraph-request.ts";
import type { SubscriptionTransport } from "./subscriptions/subscription-transport.ts";
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
  headers: HeaderLists;
  subscriptions: BySubgraph<SubscriptionTransport>;
  identity: IdentityConfiguration;
  environment: NodeJS.ProcessEnv;
};

/** A request that waits for its plan until its deadline has as long again for its calls. */
const WITH_PLANNING = 2;

export function openSubgraphs(
  configuration: SubgraphsConfiguration,
  metrics: Pick<Metrics, "fetch" | "breaker">,
  log: Logger,
  tokens?: CallerTokens,
): Subgraphs {
  const { queryTimeoutMs, mutationTimeoutMs, subgraphUrls } = configuration;
  const longestRequestMs = Math.max(queryTimeoutMs, mutationTimeoutMs) * WITH_PLANNING;
  const retirement = openRetirement();
  let current: SubgraphsByName = new Map();

  function open({ name, url, identity }: SubgraphAddress): Subgraph {
    const known = current.get(name);
    if (known?.url === url) return known;
    return openSubgraph({
      ...{ name, url, identity, metrics, log },
      client: configuration.subgraphClient,
      subscriptions: settingOf(configuration.subscriptions, name),
      retries: configuration.queryRetries,
      breaker: breakerRules(configuration),
      patienceMs: queryTimeoutMs / 2,
      forwardedHeaders: itemsOf(configuration.headers.forwarded, name),
      returnedHeaders: itemsOf(configuration.headers.returned, name),
    });
  }

  return {
    current: () => current,
    adopt(named) {
      const addresses = subgraphAddresses(named, configuration, tokens);
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

type SubgraphAddress = { name: string; url: string; identity: CallerIdentity };

/**
 * Every subgraph without a usable address or key, as a line of an error message. Keys are looked for as at a start; the
 * gateway's own tokens are not opened.
 */
export function subgraphFaults(
  named: readonly JoinedSubgraph[],
  configuration: Pick<SubgraphsConfiguration, "subgraphUrls" | "identity" | "environment">,
): string[] {
  const noTokens: CallerTokens = { keySet: { keys: [] }, tokenOf: () => "" };
  try {
    subgraphAddresses(named, configuration, noTokens);
    return [];
  } catch (error) {
    if (!(error instanceof BadConfiguration)) throw error;
    return error.message.split("\n").slice(1);
  }
}

/** Addresses and identities of the subgraphs. @throws BadConfiguration */
function subgraphAddresses(
  named: readonly JoinedSubgraph[],
  configuration: Pick<SubgraphsConfiguration, "subgraphUrls" | "identity" | "environment">,
  tokens: CallerTokens | undefined,
): SubgraphAddress[] {
  const faults: string[] = [];
  const addresses = named.map(({ name, url: published }) => {
    const url = configuration.subgraphUrls.get(variableName(name)) ?? published ?? "";
    if (!URL.canParse(url)) {
      const reason = url ? "an invalid address" : "no address";
      faults.push(`  SUBGRAPH_URL_${variableName(name)}: is required, the supergraph has ${reason}`);
    }
    try {
      return { name, url, identity: identityTowards(name, configuration, tokens) };
    } catch (error) {
      if (!(error instanceof BadConfiguration)) throw error;
      faults.push(error.message);
      return { name, url, identity: NO_IDENTITY };
    }
  });
  if (faults.length > 0) throw new BadConfiguration(`The configuration does not work:\n${faults.join("\n")}`);
  return addresses;
}

/** @throws BadConfiguration naming the variable of a key that is missing or malformed. */
function identityTowards(
  name: string,
  { identity, environment }: Pick<SubgraphsConfiguration, "identity" | "environment">,
  tokens: CallerTokens | undefined,
): CallerIdentity {
  switch (settingOf(identity.kinds, name)) {
    case "none":
      return NO_IDENTITY;
    case "token":
      return CLIENT_TOKEN;
    case "jwt":
      if (!tokens) throw new Error("The gateway's own tokens are not opened");
      return issuedIdentity(tokens, settingOf(identity.audiences, name) ?? name);
    case "sealed": {
      const keys = sealingKeys(name, environment);
      if (keys) return sealedIdentity(keys, name);
      const variable = variableName(name);
      throw new BadConfiguration(`  IDENTITY_KEYS_${variable}: is required, because its SUBGRAPH_IDENTITY is sealed`);
    }
    case undefined: {
      const keys = sealingKeys(name, environment);
      return keys ? sealedIdentity(keys, name) : NO_IDENTITY;
    }
  }
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
