import { Gauge, type Registry } from "prom-client";
import { within } from "../serving/database.ts";

/** Labels of a sample, and its value. */
export type Measured<Label extends string> = readonly [labels: Readonly<Record<Label, string>>, value: number];

/** Longest measurement: a scraper waits 10 seconds for all gauges together. */
const LONGEST_MS = 1_000;

/**
 * Gauge that is measured at each scrape. A measurement that fails or takes longer than a second gives no samples and leaves the other
 * metrics readable. The next one begins only after its end, so that a stalled database gets no pile of them.
 */
export function measuredGauge<Label extends string>(
  registry: Registry,
  { name, help, labels }: { name: string; help: string; labels: readonly Label[] },
  measure: () => Promise<readonly Measured<Label>[]>,
): void {
  let isPending = false;
  let latest: Promise<readonly Measured<Label>[]> = Promise.resolve([]);
  const begin = () => {
    const measuring = measure();
    const end = () => {
      isPending = false;
    };
    isPending = true;
    void measuring.then(end, end);
    return within(LONGEST_MS, measuring).catch(() => []);
  };
  new Gauge<string>({
    ...{ name, help, labelNames: [...labels] },
    registers: [registry],
    async collect() {
      if (!isPending) latest = begin();
      const measured = await latest;
      this.reset();
      if (labels.length === 0) this.remove(); // a gauge without labels is 0 after a reset
      for (const [labelled, value] of measured) this.set(labelled, value);
    },
  });
}
