/**
 * Our planning and executor against the truth over random supergraphs, composed with @apollo/composition: each gets random
 * operations, and the data of each response equal, byte for byte, those of graphql-js over the merged schema, or the operation
 * is refused. A failure prints its supergraph and the smallest operation found.
 *
 * The answered operations must use every feature that the random supergraphs are made for; the long form prints how many do.
 *
 * RANDOM_SUPERGRAPHS=1000          how many supergraphs; the short form that CI runs has 25
 * RANDOM_SUPERGRAPHS_SEED=123      the first seed; with RANDOM_SUPERGRAPHS=1 it repeats a failure
 * RANDOM_SUPERGRAPHS_OPERATIONS=50 operations of each
 */
import { expect, test } from "vitest";
import { type Federation, federated } from "../differential/data/federation.ts";
import { hash, randomFrom } from "../differential/data/random-stream.ts";
import { variablesFor } from "../differential/operations/operation.ts";
import { ownSystem } from "../differential/own-system.ts";
import { CoveredFeatures, featuresOf } from "../differential/random/covered-features.ts";
import { randomSupergraph } from "../differential/random/random-supergraph.ts";
import { failureReport, operationOf, type Round, runRound, shrinkFailure } from "../differential/rounds.ts";

const { RANDOM_SUPERGRAPHS = "25", RANDOM_SUPERGRAPHS_SEED = "0", RANDOM_SUPERGRAPHS_OPERATIONS = "12" } = process.env;
const first = Number(RANDOM_SUPERGRAPHS_SEED);
const operations = Number(RANDOM_SUPERGRAPHS_OPERATIONS);
const seeds = Array.from({ length: Number(RANDOM_SUPERGRAPHS) }, (_, n) => first + n);
const TIMEOUT_MS = 60_000 + seeds.length * operations * 1_000;

test("every operation over a random supergraph is answered as one merged schema would answer it, or refused", {
  timeout: TIMEOUT_MS,
}, async () => {
  const counts: Counts = { composed: 0, answered: 0, refused: 0, features: new CoveredFeatures() };
  const failures: string[] = [];
  for (const seed of seeds) {
    const federation = federationOf(seed);
    if (!federation) continue;
    counts.composed++;
    const failure = await failureOver(federation, seed, counts);
    if (failure) failures.push(failure);
    if (process.env.RANDOM_SUPERGRAPHS_VERBOSE) console.log(seed, failure ? failure.split("\n")[0] : "ok");
  }
  const { composed, answered, refused, features } = counts;
  if (process.env.RANDOM_SUPERGRAPHS)
    console.log(`${composed} supergraphs, ${answered} answers, ${refused} refusals`, `${features}`);
  expect(failures.join("\n\n"), `${failures.length} of ${composed} supergraphs`).toBe("");
  expect(composed).toBeGreaterThan(seeds.length / 2);
  if (seeds.length >= 25) expect(features.missing()).toEqual([]);
});

type Counts = { composed: number; answered: number; refused: number; features: CoveredFeatures };

/** Undefined where the subgraphs do not compose. */
function federationOf(seed: number): Federation | undefined {
  try {
    return federated(randomSupergraph(seed));
  } catch (error) {
    if (process.env.RANDOM_SUPERGRAPHS_VERBOSE) console.log(seed, String(error).slice(0, 400));
    return undefined;
  }
}

async function failureOver(federation: Federation, seed: number, counts: Counts): Promise<string | undefined> {
  const system = await ownSystem(federation);
  system.depth = "data";
  const features = featuresOf(federation.sdl);
  for (let number = 0; number < operations; number++) {
    const operation = operationOf(federation, number);
    const random = randomFrom(hash(`${federation.name} ${number} variables`));
    const request = { ...operation, variables: variablesFor(federation.api, operation, random) };
    const noise = { nulls: number % 2 === 0 ? 0 : 0.1, errors: 0 };
    const round: Round = { request, salt: `${number}`, noise, faultModes: new Map() };
    const { difference, response } = await runRound(system, federation, round);
    if (response?.errors.some(isRefusal)) {
      counts.refused++;
      continue;
    }
    if (!difference) {
      counts.answered++;
      counts.features.count(operation.document, federation.api, features);
      continue;
    }
    const small = await shrinkFailure(system, federation, { round, difference, response });
    const texts = Object.entries(randomSupergraph(seed).subgraphs).map(([name, sdl]) => `# ${name}\n${sdl}`);
    return `${failureReport(system, federation, number, small)}\n${texts.join("\n")}`;
  }
  return undefined;
}

function isRefusal({ message, path }: { message: string; path?: unknown }): boolean {
  return path === undefined && /cannot be planned|ways to be planned/.test(message);
}
