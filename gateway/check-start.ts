import type { DocumentNode } from "graphql";
import { namedSets } from "../subgraphs/_shared/rights/requirement.ts";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { effectiveEnvironment, type GatewayConfiguration, gatewayConfiguration } from "./configuration.ts";
import { openCallerTokens } from "./identity/caller-tokens.ts";
import { readAuthDirectives } from "./pipeline/authorization/auth-directives.ts";
import { configuredManifest } from "./pipeline/documents/trusted-documents.ts";
import { openQueryPlanner } from "./pipeline/planning/query-planner.ts";
import { loadSupergraph } from "./pipeline/supergraph-version.ts";
import { usesKind } from "./subgraph-client/identity-configuration.ts";
import { subgraphFaults } from "./subgraph-client/subgraphs.ts";
import { variableName } from "./subgraph-names.ts";
import { type JoinedSubgraph, joinedSubgraphs } from "./supergraph/join-graph.ts";
import { overrideLabels } from "./supergraph/override-labels.ts";
import { locationName, type SupergraphLocation } from "./supergraph/registry-configuration.ts";
import { readSupergraph } from "./supergraph/supergraph-source.ts";

/** Inputs of a start, and every problem that the start would meet. */
export type CheckedStart = { faults: string[]; supergraph: string; subgraphs: string[] };

/** Settings of one subgraph, before its name in variables. */
const PREFIXES = [
  ...["SUBGRAPH_URL_", "SUBGRAPH_IDENTITY_", "SUBGRAPH_AUDIENCE_", "FORWARD_HEADERS_", "RETURN_HEADERS_"],
  ...["ERROR_CODES_", "ERROR_MESSAGES_", "SUBSCRIPTIONS_"],
];

/** Checks file, variables, supergraph and keys as a start does, without listening or calling a subgraph. */
export async function checkStart(given: NodeJS.ProcessEnv): Promise<CheckedStart> {
  const faults: string[] = [];
  const environment = effectiveEnvironment(given);
  const configuration = await collected(faults, async () => gatewayConfiguration(given));
  const location = configuration?.supergraph ?? fallbackLocation(environment);
  const named = location === undefined ? undefined : await collected(faults, () => servedGraph(location));
  if (named) {
    faults.push(...unusedSettings(environment, named.subgraphs));
    if (configuration) faults.push(...subgraphFaults(named.subgraphs, configuration));
    if (configuration) faults.push(...unknownNames(named.supergraph, configuration));
  }
  if (configuration) await collected(faults, () => checkKeys(configuration));
  if (configuration) await collected(faults, async () => configuredManifest(configuration.trustedDocuments.file));
  const supergraph = location === undefined ? "" : locationName(location);
  return { faults: [...new Set(faults)], supergraph, subgraphs: named?.subgraphs.map(({ name }) => name) ?? [] };
}

/** The result, or undefined with the lines of a bad configuration added to the faults. */
async function collected<Result>(faults: string[], run: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof BadConfiguration)) throw error;
    faults.push(...error.message.split("\n").filter((line) => line.startsWith("  ")));
    return undefined;
  }
}

/** A file or an address can be read although other variables are bad. */
function fallbackLocation({ SUPERGRAPH: source }: NodeJS.ProcessEnv): SupergraphLocation | undefined {
  if (source === "uplink" || source === "hive") return undefined;
  return source || gatewayConfiguration({}).supergraph;
}

type ServedGraph = { supergraph: DocumentNode; subgraphs: JoinedSubgraph[] };

async function servedGraph(location: SupergraphLocation): Promise<ServedGraph> {
  const sdl = await readSupergraph(location);
  try {
    openQueryPlanner(sdl);
    const { supergraph } = loadSupergraph(sdl);
    return { supergraph, subgraphs: [...joinedSubgraphs(supergraph)] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadConfiguration(`  SUPERGRAPH: ${locationName(location)} cannot be served: ${reason}`);
  }
}

function unusedSettings(environment: NodeJS.ProcessEnv, named: readonly JoinedSubgraph[]): string[] {
  const known = new Set(named.map(({ name }) => variableName(name)));
  const names = named.map(({ name }) => name).join(", ");
  return Object.keys(environment).flatMap((variable) => {
    const prefix = PREFIXES.find((each) => variable.startsWith(each));
    const isUsed = !prefix || !environment[variable] || known.has(variable.slice(prefix.length));
    return isUsed ? [] : [`  ${variable}: names no subgraph of this supergraph; its subgraphs are ${names}`];
  });
}

/** Policies and labels of overrides that the supergraph does not have: most are spelled wrongly, and none has an effect. */
function unknownNames(supergraph: DocumentNode, { policies, overrideLabels: active }: GatewayConfiguration): string[] {
  const unknown = (setting: string, kind: string, given: Iterable<string>, known: readonly string[]) => {
    const those = known.length === 0 ? `it has no ${kind}` : `it has ${known.join(", ")}`;
    const wrong = [...given].filter((name) => !known.includes(name));
    return wrong.map((name) => `  ${setting}: the supergraph has no ${kind} ${name}; ${those}`);
  };
  return [
    ...unknown("POLICIES", "policy", policies.keys(), policyNames(supergraph)),
    ...unknown("OVERRIDE_LABELS", "label", active, overrideLabels(supergraph)),
  ];
}

function policyNames(supergraph: DocumentNode): string[] {
  const types = [...(readAuthDirectives(supergraph)?.values() ?? [])];
  const stated = types.flatMap(({ requirement, fields }) => [
    requirement,
    ...[...fields.values()].map((each) => each.requirement),
  ]);
  return [...new Set(stated.flatMap((each) => namedSets(each, "policy").flat()))];
}

/** A key that is generated at the start is not generated by the check. */
async function checkKeys({ identity }: GatewayConfiguration): Promise<void> {
  if (usesKind(identity, "jwt") && identity.tokens.keyFiles.length > 0) await openCallerTokens(identity.tokens);
}
