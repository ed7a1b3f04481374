import type { Figure } from "../figures/recorded-figures.ts";
import type { RunningSystem } from "../supervisor/system.ts";
import type { Desks } from "./desks.ts";
import { median, percentile } from "./figures.ts";
import { administratorUrls, loadDossiers, loadedCode, loadedSoFar, warmUp } from "./loader.ts";
import { finishedBundle } from "./originals.ts";

const SMALL = 10_000;
const TARGET = 1.3;
const ROUNDS = 10;
const WARM_UP = 400;
type Read = { dossier: { parts: { result: { __typename: string } | null }[] } | null };
type Store = { system: RunningSystem; desks: Desks };

/**
 * Response times of the contract's dossier document with its three results, from a store of ten thousand and from one of
 * `dossiers` dossiers, in alternation, so that other load of the machine affects both alike. Both stores are read into
 * memory first: a page that is not in memory costs a disk read, whatever the size of the store.
 */
export async function reads(
  small: Store,
  large: Store,
  { samples, dossiers, say }: { samples: number; dossiers: number; say: (line: string) => void },
): Promise<Figure[]> {
  say(`Reads: ${samples} times dossier(code), one after the other, of ${SMALL} and of ${dossiers} dossiers in turn`);
  await fill(small, SMALL, say);
  await fill(large, dossiers, say);
  say("  reading both stores into memory once");
  for (const { system } of [small, large]) await warmUp(administratorUrls(system.adminUrl));
  await measure(small, WARM_UP, SMALL);
  await measure(large, WARM_UP, dossiers);
  const times: { small: number[]; large: number[] } = { small: [], large: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.small.push(...(await measure(small, samples / ROUNDS, SMALL)));
    times.large.push(...(await measure(large, samples / ROUNDS, dossiers)));
  }
  const line = (size: number, all: number[]) =>
    `  of ${size}: median ${median(all).toFixed(1)} ms, p95 ${percentile(all, 0.95).toFixed(1)} ms, p99 ${percentile(all, 0.99).toFixed(1)} ms`;
  const ratio = percentile(times.large, 0.95) / percentile(times.small, 0.95);
  say(line(SMALL, times.small));
  say(line(dossiers, times.large));
  say(
    `  ratio of the p95: ${ratio.toFixed(2)} (target at most ${TARGET})  ${ratio <= TARGET ? "reached" : "NOT reached"}`,
  );
  const ms = (all: number[]) => `p95 ${percentile(all, 0.95).toFixed(1)} ms, median ${median(all).toFixed(1)} ms`;
  return [
    {
      what: `p95 of dossier(code) with three results, ${dossiers} against ${SMALL} dossiers`,
      measured: `${ratio.toFixed(2)} (${ms(times.large)} against ${ms(times.small)})`,
      ...{ target: `at most ${TARGET}`, reached: ratio <= TARGET },
    },
  ];
}

/** Loads the dossiers unless they were kept from an earlier run. */
async function fill({ system, desks }: Store, dossiers: number, say: (line: string) => void): Promise<void> {
  const urls = administratorUrls(system.adminUrl);
  if ((await loadedSoFar(urls)) === dossiers) return;
  const original = await finishedBundle(system, desks);
  await loadDossiers(urls, dossiers, () => original, { say });
}

async function measure({ desks }: Store, samples: number, size: number): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < samples; i++) {
    const code = loadedCode(1 + Math.floor(Math.random() * size));
    const started = performance.now();
    const { dossier } = await desks.ask<Read>("dossier", { code });
    all.push(performance.now() - started);
    const results = dossier?.parts.filter((part) => part.result !== null).length;
    if (results !== 3) throw new Error(`Dossier ${code} has ${results ?? "no"} results in place of three`);
  }
  return all;
}
