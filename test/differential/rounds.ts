import type { QueryPlan } from "@apollo/query-planner";
import { getVariableValues, print } from "graphql";
import { type Difference, difference } from "./answer-difference.ts";
import { chooseFaultModes } from "./data/choose-fault-modes.ts";
import type { FaultMode } from "./data/fault-modes.ts";
import type { Federation } from "./data/federation.ts";
import type { Noise, TestData } from "./data/generated-data.ts";
import { INVALID_QUERY } from "./data/in-process-subgraph.ts";
import { executeMerged, type OperationRequest } from "./data/merged-schema.ts";
import { hash, randomFrom } from "./data/random-stream.ts";
import { unavailableFields } from "./data/unavailable-fields.ts";
import { type Operation, randomOperation, selectedOperation, variablesFor } from "./operations/operation.ts";
import { shrinkOperation } from "./shrink-operation.ts";
import type { System, SystemResponse } from "./systems.ts";

/** One execution of an operation: its variables, its data and the fault modes of the subgraphs. */
export type Round = {
  request: OperationRequest;
  salt: string;
  noise: Noise;
  faultModes: ReadonlyMap<string, FaultMode>;
};

/** Round in which the system's response differs from the expected result. */
export type Failure = { round: Round; difference: Difference; response: SystemResponse | undefined };

const NO_NOISE: Noise = { nulls: 0, errors: 0 };
const NOISES: readonly Noise[] = [
  NO_NOISE,
  { nulls: 0.1, errors: 0 },
  { nulls: 0.1, errors: 0.03 },
  { nulls: 0.3, errors: 0.12 },
];

/** Rounds for each operation: without faults in the first half, with some faulty subgraphs in the second. */
export const ROUNDS = 6;

/** Operation generated from a seed. */
export function operationOf(federation: Federation, seed: number): Operation {
  return randomOperation(federation.api, randomFrom(hash(`${federation.name} ${seed}`)), federation.size);
}

/** Runs the rounds of one operation. @returns the first failure */
export async function firstFailure(system: System, federation: Federation, seed: number): Promise<Failure | undefined> {
  const operation = operationOf(federation, seed);
  const random = randomFrom(hash(`${federation.name} ${seed} rounds`));
  const switches = booleanVariables(variablesFor(federation.api, operation, random));
  let plan: QueryPlan | undefined;
  for (let number = 0; number < ROUNDS; number++) {
    const isFaulty = number >= ROUNDS / 2;
    const drawn = variablesFor(federation.api, operation, random);
    // other values for @skip and @include may need another plan, which is expensive: only one round changes them
    const request = { ...operation, variables: number === 1 ? drawn : { ...drawn, ...switches } };
    const faultModes =
      isFaulty && plan ? chooseFaultModes(federation, plan, coerced(federation, request), random) : new Map();
    const noise = random.pick(NOISES);
    const round = { request, salt: `${seed}/${number}`, noise, faultModes };
    const { difference, response } = await runRound(system, federation, round);
    if (difference) return { round, difference, response };
    if (number !== 1) plan = response?.plan ?? plan;
  }
  return undefined;
}

function booleanVariables(variables: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => typeof value === "boolean"));
}

/** Failure of the same kind with a smaller operation. */
export async function shrinkFailure(system: System, federation: Federation, failure: Failure): Promise<Failure> {
  const kind = failure.difference.in;
  const again = async (request: OperationRequest) => runRound(system, federation, { ...failure.round, request });
  const request = await shrinkOperation(
    federation.api,
    failure.round.request,
    async (each) => (await again(each)).difference?.in === kind,
  );
  const { difference, response } = await again(request);
  return difference ? { round: { ...failure.round, request }, difference, response } : failure;
}

/** Runs one round: the system first, because the expected result for faulty subgraphs depends on the system's plan. */
export async function runRound(
  system: System,
  federation: Federation,
  { request, salt, noise, faultModes }: Round,
): Promise<{ difference: Difference | undefined; response: SystemResponse | undefined }> {
  const world = (): TestData => ({ federation, salt, noise, changes: [] });
  const [systemData, expectedData] = [world(), world()];
  system.setup = { world: systemData, faultModes, calls: [] };
  let response: SystemResponse;
  try {
    response = await system.run(request);
  } catch (error) {
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { difference: { in: "no-answer", expected: "an answer", actual: thrown }, response: undefined };
  }
  const { plan } = response;
  const unavailable =
    faultModes.size > 0 && plan
      ? unavailableFields(federation, plan, coerced(federation, request), faultModes)
      : undefined;
  const expected = executeMerged(expectedData, request, unavailable);
  if (unavailable?.isAmbiguous()) return { difference: undefined, response };
  const depth = faultModes.size > 0 && system.depth === "paths" ? "nulls" : system.depth;
  const hasExtraData = [...faultModes.values()].some(({ kind }) => kind === "extra-data");
  const errors = response.errors.filter(({ path }) => !hasExtraData || path !== undefined);
  const found =
    difference(expected, { ...response, errors }, depth) ?? changesDiffer(expectedData, systemData, expected.data);
  const isInvalid = system.setup.calls.some(({ answer }) => answer.includes(INVALID_QUERY));
  return { difference: found && isInvalid ? { ...found, in: "plan" } : found, response };
}

function changesDiffer(expectedData: TestData, systemData: TestData, data: unknown): Difference | undefined {
  const [expected, actual] = [expectedData.changes.join("\n"), systemData.changes.join("\n")];
  return data === null || expected === actual ? undefined : { in: "changes", expected, actual };
}

function coerced(federation: Federation, request: OperationRequest): Record<string, unknown> {
  return (
    getVariableValues(federation.api, selectedOperation(request).variableDefinitions ?? [], request.variables)
      .coerced ?? {}
  );
}

/** Report of a failure: how to repeat it, the operation, both results and all calls. */
export function failureReport(
  system: System,
  federation: Federation,
  seed: number,
  { round, difference, response }: Failure,
): string {
  const { request, salt, noise, faultModes } = round;
  const calls = system.setup.calls.map(
    ({ name, query, variables, answer }) => `  ${name} ${query} ${cut(variables)} → ${cut(answer)}`,
  );
  return [
    `${system.name} differs from the expected result in ${difference.in}: DIFFERENTIAL_SUPERGRAPH=${federation.name} DIFFERENTIAL_SEED=${seed}`,
    print(request.document),
    `variables ${JSON.stringify(request.variables)} operation ${request.operationName} data ${salt} ${JSON.stringify(noise)}`,
    ...[...faultModes].map(([name, faultMode]) => `${name} is ${faultMode.kind}`),
    `expected ${cut(difference.expected)}`,
    `actual   ${cut(difference.actual)}`,
    `errors   ${cut(JSON.stringify(response?.errors ?? []))}`,
    "calls",
    ...calls,
  ].join("\n");
}

const cut = (text: string) => (text.length > 1_500 ? `${text.slice(0, 1_500)}… (${text.length} characters)` : text);
