import type { Arguments } from "./graph/synthetic-data.ts";

/** A document and the variables of its n-th request. They are never equal, because Hive deduplicates equal requests in flight. */
export type Workload = {
  name: string;
  query: string;
  variables(n: number): Arguments;
  /** Number of requests after which the engine has compiled the hot code. */
  warmUp: number;
};

export const light: Workload = {
  name: "light",
  query: "query Light($id: ID!) { citizen(id: $id) { id name born } }",
  variables: (n) => ({ id: `c${n}` }),
  warmUp: 60_000,
};

/** Five fetches, three of them in parallel. */
export const varied: Workload = {
  name: "var",
  query: `query Var($id: ID!) {
  citizen(id: $id) {
    id name born
    household { code line members { id name } }
    card { number validTo facility { code name } }
    dossiers(first: 3) { code state receivedAt }
  }
}`,
  variables: (n) => ({ id: `c${n}` }),
  warmUp: 20_000,
};

/** Sixteen fetches, about 90 kB. */
export const heavy: Workload = {
  name: "heavy",
  query: `query Heavy($from: Int!) {
  citizens(from: $from, first: 24) {
    id name born sex birth { number registeredOn place }
    household { code line commune
      members { id name born
        card { number validFrom validTo facility { code name } }
        dossiers(first: 1) { code state receivedAt }
      }
    }
    card { number validFrom validTo
      facility { code name director { id name household { code line } dossiers(first: 1) { code state } } }
    }
    dossiers(first: 2) { code state receivedAt parts { id procedure state fee }
      officer { id name sex card { number validTo }
        household { code commune members { id name card { number } dossiers(first: 1) { code } } }
      }
    }
  }
}`,
  variables: (n) => ({ from: n * 24 }),
  warmUp: 1_000,
};

export const workloads = [light, varied, heavy];

export function bodyOf({ query, variables }: Pick<Workload, "query" | "variables">, n: number): string {
  return JSON.stringify({ query, variables: variables(n) });
}
