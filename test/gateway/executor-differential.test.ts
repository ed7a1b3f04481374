/**
 * Compares our executor with graphql-js over one merged schema and the same data. Every supergraph of
 * `test/differential/supergraphs/` gets generated operations, each run six times with other variables and data, half of them
 * with faulty subgraphs. A failure prints its seed, the smallest operation found, both responses and all calls.
 *
 * DIFFERENTIAL_OPERATIONS=100000   number of operations for all supergraphs together; 1000 by default, as in CI
 * DIFFERENTIAL_SEED=123            the first seed; with DIFFERENTIAL_OPERATIONS=1 it repeats a failure
 * DIFFERENTIAL_SUPERGRAPH=keys     only this supergraph
 */
import { expect, test } from "vitest";
import { apolloDifferences } from "../differential/apollo-differences.ts";
import { apolloSystem } from "../differential/apollo-system.ts";
import { type Federation, federated } from "../differential/data/federation.ts";
import { ownSystem } from "../differential/own-system.ts";
import { regressions } from "../differential/regressions.ts";
import { failureReport, firstFailure, ROUNDS, runRound, shrinkFailure } from "../differential/rounds.ts";
import { fixtures } from "../differential/supergraphs/all.ts";

const { DIFFERENTIAL_OPERATIONS, DIFFERENTIAL_SEED, DIFFERENTIAL_SUPERGRAPH } = process.env;
const names = fixtures.map(({ name }) => name).filter((each) => each === (DIFFERENTIAL_SUPERGRAPH ?? each));
const operations = Math.ceil(Number(DIFFERENTIAL_OPERATIONS ?? 1_000) / names.length);
const first = Number(DIFFERENTIAL_SEED ?? 0);
const composed = new Map<string, Federation>();

const TIMEOUT_MS = 120_000 + operations * ROUNDS * 200;

test.each(names)(
  "%s: every operation is answered as one merged schema would answer it",
  { timeout: TIMEOUT_MS },
  async (name) => {
    const federation = federationOf(name);
    const system = await ownSystem(federation);
    let misplanned = 0;

    for (let seed = first; seed < first + operations; seed++) {
      const failure = await firstFailure(system, federation, seed);
      if (failure?.difference.in === "plan") misplanned += 1;
      else if (failure)
        expect.fail(failureReport(system, federation, seed, await shrinkFailure(system, federation, failure)));
    }

    expect(misplanned, "queries of the planner that a subgraph must refuse").toBeLessThanOrEqual(operations / 250);
  },
);

test.each(regressions)("$supergraph: $text is answered as one merged schema would answer it", async (once) => {
  const federation = federationOf(once.supergraph);
  const system = await ownSystem(federation);

  for (const salt of ["one", "two", "three", "four"]) {
    const round = { request: once.request, salt, noise: { nulls: 0.1, errors: 0.05 }, faultModes: new Map() };
    expect((await runRound(system, federation, round)).difference).toBeUndefined();
  }
});

test.each(apolloDifferences)(
  "$supergraph: @apollo/gateway differs where $where",
  async ({ supergraph, round, in: kind }) => {
    const federation = federationOf(supergraph);
    const apollo = await apolloSystem(federation);

    const ours = await runRound(await ownSystem(federation), federation, round);
    const theirs = await runRound(apollo, federation, round);
    await apollo.close();

    expect(ours.difference).toBeUndefined();
    expect(theirs.difference?.in).toBe(kind);
  },
);

function federationOf(name: string): Federation {
  const fixture = fixtures.find((each) => each.name === name);
  if (!fixture) throw new Error(`there is no supergraph ${name}`);
  const found = composed.get(name) ?? federated(fixture);
  composed.set(name, found);
  return found;
}
