import type { Metric, MetricObjectWithValues, MetricValueWithName, Registry } from "prom-client";

/** Upper bounds in seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** One combination of labels: observations for each bound, then those above all of them, then their sum. */
type Row = { labels: Record<string, string>; counts: Float64Array };

export type Timings = { observe(first: string, second: string, seconds: number): void };

/**
 * A histogram of seconds with two labels. It only counts; prom-client reads it when it is scraped, because prom-client's own
 * `observe` costs ten times as much even on a kept child (it hashes the labels every time).
 */
export function timings(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly [string, string],
): Timings {
  const rows = new Map<string, Map<string, Row>>();
  const histogram = { name, get: async () => ({ name, help, type: "histogram", values: valuesOf(rows, name) }) };
  registry.registerMetric(histogram as unknown as Metric); // a registry asks a metric for nothing but its name and `get`

  function newRow(first: string, second: string): Row {
    const labels = { [labelNames[0]]: first, [labelNames[1]]: second };
    const row = { labels, counts: new Float64Array(BOUNDS.length + 2) };
    const others = rows.get(first);
    if (others) others.set(second, row);
    else rows.set(first, new Map([[second, row]]));
    return row;
  }

  return {
    observe(first, second, seconds) {
      const { counts } = rows.get(first)?.get(second) ?? newRow(first, second);
      let place = 0;
      while (place < BOUNDS.length && seconds > (BOUNDS[place] ?? 0)) place++;
      counts[place] = (counts[place] ?? 0) + 1;
      counts[BOUNDS.length + 1] = (counts[BOUNDS.length + 1] ?? 0) + seconds;
    },
  };
}

type Value = MetricObjectWithValues<MetricValueWithName<string>>["values"][number];

function valuesOf(rows: ReadonlyMap<string, ReadonlyMap<string, Row>>, name: string): Value[] {
  return [...rows.values()].flatMap((byOutcome) => [...byOutcome.values()].flatMap((row) => bucketsOf(row, name)));
}

/** Prometheus counts in each bucket whatever is below its bound. */
function bucketsOf({ labels, counts }: Row, name: string): Value[] {
  let below = 0;
  const buckets = [...BOUNDS.map(String), "+Inf"].map((le, place) => {
    below += counts[place] ?? 0;
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: below };
  });
  const sum = { metricName: `${name}_sum`, labels, value: counts[BOUNDS.length + 1] ?? 0 };
  return [...buckets, sum, { metricName: `${name}_count`, labels, value: below }];
}
