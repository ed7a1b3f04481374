import type { IdentityKeys } from "../../subgraphs/_shared/identity/identity.ts";
import { keysFor } from "../../subgraphs/_shared/identity/keys.ts";
import { BadConfiguration, identityKeys } from "../../subgraphs/_shared/serving/environment.ts";
import { isSubgraphName } from "../../subgraphs/agency-registry.ts";
import { variableName } from "../subgraph-names.ts";

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
