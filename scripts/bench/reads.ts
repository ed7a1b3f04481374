import type { RunningSystem } from "../supervisor/system.ts";
import type { Desks } from "./desks.ts";
import { median, percentile } from "./figures.ts";
import { footprintOf } from "./floor.ts";
import { loadDossiers, loadedCode } from "./loader.ts";

const SMALL = 10_000;
const TARGET = 1.3;
type Read = { dossier: { parts: { result: { __typename: string } | null }[] } | null };

/** The contract's dossier document with its three results, at ten thousand and at `dossiers` dossiers in the store. */
export async function reads(
  system: RunningSystem,
  desks: Desks,
  { samples, dossiers, say }: { samples: number; dossiers: number; say: (line: string) => void },
): Promise<void> {
  say(`Reads: ${samples} times dossier(code), one after the other, at ${SMALL} and at ${dossiers} dossiers`);
  const { code } = await desks.submit(30_000);
  const footprint = await footprintOf(system.databaseUrls, code);
  await loadDossiers(system.adminUrl, footprint, { from: 1, to: SMALL }, say);
  const small = await measure(desks, samples, SMALL);
  await loadDossiers(system.adminUrl, footprint, { from: SMALL + 1, to: dossiers }, say);
  const large = await measure(desks, samples, dossiers);
  const line = (size: number, all: number[]) =>
    `  at ${size}: median ${median(all).toFixed(1)} ms, p95 ${percentile(all, 0.95).toFixed(1)} ms, p99 ${percentile(all, 0.99).toFixed(1)} ms`;
  const ratio = percentile(large, 0.95) / percentile(small, 0.95);
  say(line(SMALL, small));
  say(line(dossiers, large));
  say(
    `  ratio of the p95: ${ratio.toFixed(2)} (target at most ${TARGET})  ${ratio <= TARGET ? "reached" : "NOT reached"}`,
  );
}

async function measure(desks: Desks, samples: number, size: number): Promise<number[]> {
  const all: number[] = [];
  for (let i = -200; i < samples; i++) {
    const code = loadedCode(1 + Math.floor(Math.random() * size));
    const started = performance.now();
    const { dossier } = await desks.ask<Read>("dossier", { code });
    if (i >= 0) all.push(performance.now() - started);
    const results = dossier?.parts.filter((part) => part.result !== null).length;
    if (results !== 3) throw new Error(`Dossier ${code} has ${results ?? "no"} results in place of three`);
  }
  return all;
}
