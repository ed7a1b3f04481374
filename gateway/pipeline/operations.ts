import { LRUCache } from "lru-cache";
import type { CacheSize } from "../observability/metrics.ts";
import { type Preparation, type PrepareOptions, prepare } from "./parse-and-validate.ts";
import type { SupergraphVersion } from "./supergraph-version.ts";

/** Client operations of one version of a supergraph. Each is prepared once and cached. */
export type Operations = {
  version: SupergraphVersion;
  prepare(query: string, operationName: string | undefined): Preparation;
  size(): CacheSize;
};

const CACHE = { max: 2_000, maxSize: 64_000_000 };
/** Estimated size of a prepared operation per character of its text: document, plan and closures. */
const BYTES_PER_CHARACTER = 40;

const UNLIMITED: PrepareOptions = {
  limits: {
    tokens: 1e6,
    depth: 1e6,
    fields: 1e6,
    aliases: 1e6,
    rootFields: 1e6,
    directives: 1e6,
    comparisons: 1e6,
    nesting: 1e3,
  },
  introspection: true,
  hideSuggestions: false,
};

export function openOperations(version: SupergraphVersion, options: PrepareOptions = UNLIMITED): Operations {
  const cache = new LRUCache<string, Preparation>(CACHE);
  return {
    version,
    prepare(query, operationName) {
      const key = operationName === undefined ? query : `${operationName}\n${query}`;
      const known = cache.get(key);
      if (known) return known;
      const preparation = prepare(version, options, query, operationName);
      // Refused operations are not cached, so that they never evict valid ones.
      if (preparation.kind === "prepared") {
        cache.set(key, preparation, { size: key.length * BYTES_PER_CHARACTER });
      }
      return preparation;
    },
    size: () => ({ entries: cache.size, bytes: cache.calculatedSize }),
  };
}
