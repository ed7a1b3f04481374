/** Upper bounds in seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const SUM = BOUNDS.length + 1;

/** One combination of labels: counts for each bound, then the count above all bounds, then the sum. */
type Row = { labels: string; counts: Float64Array };

export type Timings = {
  observe(first: string, second: string, seconds: number): void;
  /** Text format of Prometheus. */
  text(): string;
};

/**
 * Histogram of seconds with two labels. Observing only counts; the text is written when it is scraped. `observe` of prom-client
 * costs ten times as much, because it hashes the labels every time, and so does its scrape.
 */
export function histogram(name: string, help: string, labelNames: readonly [string, string]): Timings {
  const rows = new Map<string, Map<string, Row>>();

  function newRow(first: string, second: string): Row {
    const labels = `${labelNames[0]}="${escaped(first)}",${labelNames[1]}="${escaped(second)}"`;
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
      counts[SUM] = (counts[SUM] ?? 0) + seconds;
    },
    text() {
      let text = `# HELP ${name} ${help}\n# TYPE ${name} histogram\n`;
      for (const bySecond of rows.values()) for (const row of bySecond.values()) text += rowText(name, row);
      return text;
    },
  };
}

/** A bucket of Prometheus counts everything below its bound. */
function rowText(name: string, { labels, counts }: Row): string {
  let text = "";
  let below = 0;
  for (let place = 0; place <= BOUNDS.length; place++) {
    below += counts[place] ?? 0;
    text += `${name}_bucket{${labels},le="${BOUNDS[place] ?? "+Inf"}"} ${below}\n`;
  }
  return `${text}${name}_sum{${labels}} ${counts[SUM]}\n${name}_count{${labels}} ${below}\n`;
}

function escaped(label: string): string {
  return label.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
