import { Gauge, type Registry } from "prom-client";
import { within } from "../serving/database.ts";

/** Labels of a sample, and its value. */
export type Measured<Label extends string> = readonly [labels: Readonly<Record<Label, string>>, value: number];

/** Longest measurement: a scraper waits 10 seconds for all gauges together. */
const LONGEST_MS = 1_000;

/**
 * Gauge that is measured at each scrape. A measurement that fails or takes longer than a second gives no samples and leaves the other
 * metrics readable.
 */
export function measuredGauge<Label extends string>(
  registry: Registry,
  { name, help, labels }: { name: string; help: string; labels: readonly Label[] },
  measure: () => Promise<readonly Measured<Label>[]>,
): void {
  new Gauge<string>({
    ...{ name, help, labelNames: [...labels] },
    registers: [registry],
    async collect() {
      const measured = await within(LONGEST_MS, measure()).catch(() => []);
      this.reset();
      if (labels.length === 0) this.remove(); // a gauge without labels is 0 after a reset
      for (const [labelled, value] of measured) this.set(labelled, value);
    },
  });
}
