import { BIRTH_VERSIONS } from "../../subgraphs/one-stop/bundles/birth/birth-versions.ts";
import type { DossierDefinition } from "../../subgraphs/one-stop/definitions/definition.ts";
import { versionInForce, withoutBranches } from "../../subgraphs/one-stop/definitions/version-in-force.ts";

/** Birth bundle of a day of receipt, without the branches that are left out. */
export function birthDefinition(
  day: string,
  leftOut: readonly string[] = [],
  codeOverrides: Readonly<Record<string, string>> = {},
): DossierDefinition {
  const version = versionInForce(BIRTH_VERSIONS, day);
  if (!version) throw new Error(`No birth bundle was in force on ${day}`);
  return withoutBranches(version, leftOut, codeOverrides);
}
