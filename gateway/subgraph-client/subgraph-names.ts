import type { IdentityKeys } from "../../subgraphs/_shared/identity/identity.ts";
import { keysFor } from "../../subgraphs/_shared/identity/keys.ts";
import { BadConfiguration, identityKeys } from "../../subgraphs/_shared/serving/environment.ts";
import { isSubgraphName, subgraph } from "../../subgraphs/agency-registry.ts";

/** A subgraph's name as it stands in environment variables: `civil-status` → `CIVIL_STATUS`. */
export function variableName(subgraphName: string): string {
  return subgraphName.replaceAll(/[^A-Za-z0-9]+/g, "_").toUpperCase();
}

/** Code of an agency in responses to clients. A foreign subgraph has its variable name as its code. */
export function agencyOf(subgraphName: string): string {
  return isSubgraphName(subgraphName) ? subgraph(subgraphName).agency : variableName(subgraphName);
}

/**
 * Keys that seal identities for a subgraph. A foreign subgraph has keys only if IDENTITY_KEYS_<NAME> is set, and otherwise
 * receives no identity (undefined).
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
