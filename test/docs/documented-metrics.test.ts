import { expect, test } from "vitest";
import { type ScrapedMetric, scrape } from "../metrics/scraped-text.ts";
import { sharedWorld } from "../world.ts";
import { markdownDocument, markedTable } from "./markdown.ts";

const world = sharedWorld();
const addressOf = (name: "land" | "one-stop") => `http://127.0.0.1:${world.current.agencies.ports[name]}/metrics`;

type Documented = { name: string; type: string; labels: string[]; help: string };

function documented(path: string, table: string): Documented[] {
  return markedTable(markdownDocument(path), `metrics: ${table}`).map(
    ([name = "", type = "", labels = "", help = ""]) => ({
      ...{ name: name.replaceAll("`", ""), type, help },
      labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = ""]) => label),
    }),
  );
}

const facts = (metrics: readonly { name: string; type: string; help: string }[]) =>
  metrics.map(({ name, type, help }) => `${name} (${type}): ${help}`).sort();

/** Labels of a metric's samples, without the bounds of a histogram. */
function labelsOf({ samples }: ScrapedMetric): string[] {
  const labels = [...samples.keys()].flatMap((series) => [...series.matchAll(/(?<=[{,])(\w+)="/g)]);
  return [...new Set(labels.map(([, label = ""]) => label))].filter((label) => label !== "le");
}

test.each([
  ["gateway", "gateway/README.md", "gateway", () => scrape(`${world.current.url}/metrics`)],
  ["an agency", "subgraphs/README.md", "agency", () => scrape(addressOf("land"))],
  ["the desk beyond those of every agency", "subgraphs/one-stop/README.md", "one-stop", ofTheDeskAlone],
] as const)("the table of metrics in the README equals what is exported by %s", async (_, path, table, exported) => {
  await world.current.ask(
    { persona: "clerk" },
    '{ citizen(personalId: "093195000017") { fullName landCertificates { serial } } }',
  );
  const rows = documented(path, table);
  const metrics = await exported();
  expect(facts(rows)).toEqual(facts(metrics));
  for (const metric of metrics.filter(({ samples }) => samples.size > 0))
    expect(rows.find(({ name }) => name === metric.name)?.labels, metric.name).toEqual(labelsOf(metric));
});

async function ofTheDeskAlone(): Promise<ScrapedMetric[]> {
  const ofAll = new Set((await scrape(addressOf("land"))).map(({ name }) => name));
  return (await scrape(addressOf("one-stop"))).filter(({ name }) => !ofAll.has(name));
}
