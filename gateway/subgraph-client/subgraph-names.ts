import type { IdentityKeys } from "../../subgraphs/_shared/identity/identity.ts";
import { keysFor } from "../../subgraphs/_shared/identity/keys.ts";
import { BadConfiguration, identityKeys } from "../../subgraphs/_shared/serving/environment.ts";
import { isSubgraphName, subgraph } from "../../subgraphs/agency-registry.ts";

/** The name as variables spell it, for subgraphs of any supergraph: `civil-status` → `CIVIL_STATUS`. */
export function variableName(subgraphName: string): string {
  return subgraphName.replaceAll(/[^A-Za-z0-9]+/g, "_").toUpperCase();
}

/** The agency's code as clients know it; a subgraph that is not in our list is called like its variables. */
export function agencyOf(subgraphName: string): string {
  return isSubgraphName(subgraphName) ? subgraph(subgraphName).agency : variableName(subgraphName);
}

/**
 * The keys that seal identities towards a subgraph. Ours always have some; a foreign one has them only if
 * IDENTITY_KEYS_<NAME> says so, and is otherwise sent no identity (undefined).
 * @throws BadConfiguration naming the variable.
 */
export function sealingKeys(subgraphName: string, environment: NodeJS.ProcessEnv): IdentityKeys | undefined {
  if (isSubgraphName(subgraphName)) return keysFor(subgraphName, environment);
  const variable = `IDENTITY_KEYS_${variableName(subgraphName)}`;
  const given = environment[variable];
  if (!given) return undefined;
  const parsed = identityKeys.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new BadConfiguration(`  ${variable}: ${parsed.error.issues[0]?.message}`);
}
