/**
 * Our executor against the truth: graphql-js over one merged schema and the same data. Every supergraph of
 * `test/differential/supergraphs/` gets generated operations, each run six times with other variables and data, half of them
 * with some subgraphs out of order. A failure prints its seed, the smallest operation found, both answers and all calls.
 *
 * DIFFERENTIAL_OPERATIONS=100000   how many operations all supergraphs get together; the short form that CI runs has 3600
 * DIFFERENTIAL_SEED=123            the first seed; with DIFFERENTIAL_OPERATIONS=1 it repeats a failure
 * DIFFERENTIAL_SUPERGRAPH=keys     that supergraph alone
 */
import { expect, test } from "vitest";
import { apolloDiffers } from "../differential/apollo-differs.ts";
import { apolloSystem } from "../differential/apollo-system.ts";
import { type Federation, federated } from "../differential/data/federation.ts";
import { onceWrong } from "../differential/once-wrong.ts";
import { ownSystem } from "../differential/own-system.ts";
import { failureOf, played, ROUNDS, smallest, told } from "../differential/round.ts";
import { fixtures } from "../differential/supergraphs/all.ts";

const { DIFFERENTIAL_OPERATIONS, DIFFERENTIAL_SEED, DIFFERENTIAL_SUPERGRAPH } = process.env;
const names = fixtures.map(({ name }) => name).filter((each) => each === (DIFFERENTIAL_SUPERGRAPH ?? each));
const operations = Math.ceil(Number(DIFFERENTIAL_OPERATIONS ?? 3_600) / names.length);
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
      const failure = await failureOf(system, federation, seed);
      if (failure?.difference.in === "plan") misplanned += 1;
      else if (failure) expect.fail(told(system, federation, seed, await smallest(system, federation, failure)));
    }

    expect(misplanned, "queries of the planner that a subgraph must refuse").toBeLessThanOrEqual(operations / 250);
  },
);

test.each(onceWrong)("$supergraph: $text is answered as one merged schema would answer it", async (once) => {
  const federation = federationOf(once.supergraph);
  const system = await ownSystem(federation);

  for (const salt of ["one", "two", "three", "four"]) {
    const round = { asked: once.asked, salt, noise: { nulls: 0.1, errors: 0.05 }, moods: new Map() };
    expect((await played(system, federation, round)).difference).toBeUndefined();
  }
});

test.each(apolloDiffers)(
  "$supergraph: @apollo/gateway differs where $where",
  async ({ supergraph, round, in: kind }) => {
    const federation = federationOf(supergraph);
    const apollo = await apolloSystem(federation);

    const ours = await played(await ownSystem(federation), federation, round);
    const theirs = await played(apollo, federation, round);
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
