import type { QueryPlan } from "@apollo/query-planner";
import { getVariableValues, print } from "graphql";
import { type Difference, difference } from "./comparison.ts";
import { blockedBy } from "./data/blocked.ts";
import { chosenMoods } from "./data/chosen-moods.ts";
import type { Federation } from "./data/federation.ts";
import { INVALID_QUERY } from "./data/in-process.ts";
import { type Asked, mergedAnswer } from "./data/merged.ts";
import type { Mood } from "./data/moods.ts";
import { hash, randomFrom } from "./data/random.ts";
import type { Noise, World } from "./data/truth.ts";
import { meant, type Operation, operationOver, variablesFor } from "./operations/operation.ts";
import { shrunk } from "./shrink.ts";
import type { Answered, System } from "./systems.ts";

/** One execution of an operation: with these variables, over these data, the subgraphs in these moods. */
export type Round = { asked: Asked; salt: string; noise: Noise; moods: ReadonlyMap<string, Mood> };

/** A round in which the system did not answer what is true. */
export type Failure = { round: Round; difference: Difference; answered: Answered | undefined };

const CALM: Noise = { nulls: 0, errors: 0 };
const NOISES: readonly Noise[] = [
  CALM,
  { nulls: 0.1, errors: 0 },
  { nulls: 0.1, errors: 0.03 },
  { nulls: 0.3, errors: 0.12 },
];

/** Rounds for each operation: in the first half all subgraphs are well, in the second some are not. */
export const ROUNDS = 6;

/** The operation that a seed makes. */
export function operationOf(federation: Federation, seed: number): Operation {
  return operationOver(federation.api, randomFrom(hash(`${federation.name} ${seed}`)), federation.size);
}

/** Runs the rounds of one operation. Gives the first failure. */
export async function failureOf(system: System, federation: Federation, seed: number): Promise<Failure | undefined> {
  const operation = operationOf(federation, seed);
  const random = randomFrom(hash(`${federation.name} ${seed} rounds`));
  const switches = switchesOf(variablesFor(federation.api, operation, random));
  let plan: QueryPlan | undefined;
  for (let number = 0; number < ROUNDS; number++) {
    const isFaulty = number >= ROUNDS / 2;
    const drawn = variablesFor(federation.api, operation, random);
    // Other choices by @skip and @include may need another plan, which costs more than all the rest: one round has them.
    const asked = { ...operation, variables: number === 1 ? drawn : { ...drawn, ...switches } };
    const moods = isFaulty && plan ? chosenMoods(federation, plan, coerced(federation, asked), random) : new Map();
    const noise = random.pick(NOISES);
    const round = { asked, salt: `${seed}/${number}`, noise, moods };
    const { difference, answered } = await played(system, federation, round);
    if (difference) return { round, difference, answered };
    if (number !== 1) plan = answered?.plan ?? plan;
  }
  return undefined;
}

function switchesOf(variables: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => typeof value === "boolean"));
}

/** The same failure with as small an operation as can be found. */
export async function smallest(system: System, federation: Federation, failure: Failure): Promise<Failure> {
  const kind = failure.difference.in;
  const again = async (asked: Asked) => played(system, federation, { ...failure.round, asked });
  const asked = await shrunk(
    federation.api,
    failure.round.asked,
    async (each) => (await again(each)).difference?.in === kind,
  );
  const { difference, answered } = await again(asked);
  return difference ? { round: { ...failure.round, asked }, difference, answered } : failure;
}

/** Plays one round: the system first, since the truth about faulty subgraphs depends on the system's plan. */
export async function played(
  system: System,
  federation: Federation,
  { asked, salt, noise, moods }: Round,
): Promise<{ difference: Difference | undefined; answered: Answered | undefined }> {
  const world = (): World => ({ federation, salt, noise, changes: [] });
  const [theirs, ours] = [world(), world()];
  system.stage = { world: theirs, moods, calls: [] };
  let answered: Answered;
  try {
    answered = await system.run(asked);
  } catch (error) {
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { difference: { in: "nothing", expected: "an answer", actual: thrown }, answered: undefined };
  }
  const { plan } = answered;
  const blocked = moods.size > 0 && plan ? blockedBy(federation, plan, coerced(federation, asked), moods) : undefined;
  const truth = mergedAnswer(ours, asked, blocked);
  if (blocked?.isUndecided()) return { difference: undefined, answered };
  const depth = moods.size > 0 && system.compared === "paths" ? "holes" : system.compared;
  const isChatty = [...moods.values()].some(({ kind }) => kind === "chatty");
  const errors = answered.errors.filter(({ path }) => !isChatty || path !== undefined);
  const found = difference(truth, { ...answered, errors }, depth) ?? changesDiffer(ours, theirs, truth.data);
  const isInvalid = system.stage.calls.some(({ answer }) => answer.includes(INVALID_QUERY));
  return { difference: found && isInvalid ? { ...found, in: "plan" } : found, answered };
}

function changesDiffer(ours: World, theirs: World, data: unknown): Difference | undefined {
  const [expected, actual] = [ours.changes.join("\n"), theirs.changes.join("\n")];
  return data === null || expected === actual ? undefined : { in: "changes", expected, actual };
}

function coerced(federation: Federation, asked: Asked): Record<string, unknown> {
  return getVariableValues(federation.api, meant(asked).variableDefinitions ?? [], asked.variables).coerced ?? {};
}

/** Everything that is needed to see a failure, and to repeat it. */
export function told(
  system: System,
  federation: Federation,
  seed: number,
  { round, difference, answered }: Failure,
): string {
  const { asked, salt, noise, moods } = round;
  const calls = system.stage.calls.map(
    ({ name, query, variables, answer }) => `  ${name} ${query} ${cut(variables)} → ${cut(answer)}`,
  );
  return [
    `${system.name} differs from the truth in ${difference.in}: DIFFERENTIAL_SUPERGRAPH=${federation.name} DIFFERENTIAL_SEED=${seed}`,
    print(asked.document),
    `variables ${JSON.stringify(asked.variables)} operation ${asked.operationName} data ${salt} ${JSON.stringify(noise)}`,
    ...[...moods].map(([name, mood]) => `${name} is ${mood.kind}`),
    `expected ${cut(difference.expected)}`,
    `actual   ${cut(difference.actual)}`,
    `errors   ${cut(JSON.stringify(answered?.errors ?? []))}`,
    "calls",
    ...calls,
  ].join("\n");
}

const cut = (text: string) => (text.length > 1_500 ? `${text.slice(0, 1_500)}… (${text.length} characters)` : text);
