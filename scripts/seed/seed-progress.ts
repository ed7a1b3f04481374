import { type ProgressWriter, progressWriter } from "../terminal/progress-writer.ts";
import type { SeedProgress } from "./seed-country.ts";

/** Progress of a country on stderr. `rate` is the number of citizens per second since the beginning. */
export function seedProgress(citizens: number): ProgressWriter<SeedProgress> & { rate(entered: number): number } {
  const began = performance.now();
  const rate = (entered: number) => Math.round(entered / ((performance.now() - began) / 1_000));
  const lineOf = (done: SeedProgress) =>
    `${done.citizens} of ${citizens} citizens in ${done.communes} communes, ${rate(done.citizens)}/s`;
  return { ...progressWriter(lineOf), rate };
}
