/** A metric in the text format of Prometheus. */
export type ScrapedMetric = { name: string; type: string; help: string; samples: Map<string, number> };

/** Metrics that an address of `/metrics` serves. @throws if the address does not answer with 200 */
export async function scrape(url: string): Promise<ScrapedMetric[]> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url} answers ${response.status}`);
  return metricsIn(await response.text());
}

/** Metrics of a text, without those of the process. */
function metricsIn(text: string): ScrapedMetric[] {
  const metrics: ScrapedMetric[] = [];
  for (const line of text.split("\n")) {
    const [, name = "", help = ""] = /^# HELP (\S+) (.*)$/.exec(line) ?? [];
    if (name !== "") metrics.push({ name, help, type: "", samples: new Map() });
    const last = metrics.at(-1);
    if (!last || line === "") continue;
    const type = /^# TYPE \S+ (\w+)$/.exec(line)?.[1];
    if (type !== undefined) last.type = type;
    else if (!line.startsWith("#")) last.samples.set(...sample(line));
  }
  return metrics.filter(({ name }) => !/^(process|nodejs)_/.test(name));
}

function sample(line: string): [series: string, value: number] {
  const end = line.lastIndexOf(" ");
  return [line.slice(0, end), Number(line.slice(end + 1))];
}

/** Value of a series; undefined if there is none. */
export function sampleOf(metrics: readonly ScrapedMetric[], series: string): number | undefined {
  return metrics.map(({ samples }) => samples.get(series)).find((value) => value !== undefined);
}
