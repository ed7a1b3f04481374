import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import { acknowledged, isDone, shortBackoff } from "../kit/dossier-outcomes.ts";
import { clerk, sharedWorld } from "../world.ts";
import {
  configurationFile,
  monitoring,
  noPrometheus,
  type Prometheus,
  rulesFile,
  startPrometheus,
} from "./prometheus.ts";

type Dashboard = { uid: string; title: string; panels: { title: string; targets: { expr: string }[] }[] };
const dashboards = readdirSync(monitoring("dashboards")).map(
  (file) => JSON.parse(readFileSync(monitoring("dashboards", file), "utf8")) as Dashboard,
);
const panels = dashboards.flatMap(({ uid, panels }) =>
  panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ panel: `${uid}: ${title}`, expr }))),
);
const rules = rulesFile().groups.flatMap(({ rules }) => rules);

test("Prometheus is told to scrape the gateway and every agency of the list at its port", () => {
  const scraped = configurationFile().scrape_configs.flatMap(({ static_configs }) =>
    static_configs.map(({ targets, labels }) => [labels.part, ...targets]),
  );
  const agencies = subgraphs.map(({ name, port }) => [name, `127.0.0.1:${port}`]);
  expect(scraped).toEqual([["gateway", "127.0.0.1:4000"], ...agencies]);
});

test("each dashboard has an address of its own, and each of its panels a title in both languages", () => {
  expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(dashboards.length);
  const titles = dashboards.flatMap(({ panels }) => panels.map(({ title }) => title));
  expect(titles.filter((title) => title !== "CPU" && !title.includes(" / "))).toEqual([]);
});

describe.skipIf(noPrometheus)(`Prometheus${noPrometheus ? ` (${noPrometheus})` : ""}`, () => {
  const world = sharedWorld(shortBackoff);
  let prometheus: Prometheus;
  beforeAll(async () => {
    const { agencies, url } = world.current;
    prometheus = await startPrometheus((part) =>
      part === "gateway" ? new URL(url).host : `127.0.0.1:${agencies.ports[part as keyof typeof agencies.ports]}`,
    );
    const { code } = await acknowledged(world.current, aBirthRequest());
    await dossierThatIs(world.current, code, isDone);
  });
  afterAll(() => prometheus?.close());

  const returnsSeries = (expression: string) =>
    expect.poll(async () => (await prometheus.query(expression)).length, { timeout: 30_000 }).toBeGreaterThan(0);
  const firing = async (name: string) =>
    (await prometheus.alerts()).filter(({ labels, state }) => labels.alertname === name && state === "firing");

  test("promtool accepts the configuration and the alerts, and the alerts fire when their tests say so", () => {
    const promtool = (...args: string[]) => execFileSync("promtool", args, { cwd: monitoring(), encoding: "utf8" });
    expect(promtool("check", "config", "prometheus.yml")).toContain("SUCCESS");
    expect(promtool("check", "rules", "alerts.yml")).toContain(`${rules.length} rules found`);
    expect(promtool("test", "rules", "alerts.test.yml")).toContain("SUCCESS");
  });

  test.each(panels)("the expression of $panel returns series of a running system: $expr", ({ expr }) =>
    returnsSeries(expr),
  );

  test("no alert fires while all is well", async () => {
    await returnsSeries('up{part="land"} == 1');
    // what the busy seconds of the start may have raised ends by itself
    const firingNow = async () => (await prometheus.alerts()).filter(({ state }) => state === "firing");
    await expect.poll(firingNow, { timeout: 30_000 }).toEqual([]);
  });

  test("an agency that is unplugged raises its alerts, and ends them when it is back", async () => {
    await world.current.agencies.disconnect("land");
    let asked = 0;
    const raised = async () => {
      const query = `{ citizen(personalId: "093195000017") { a${asked++}: landCertificates { serial } } }`;
      await world.current.ask(clerk, query); // calls of the agency open its circuit breaker
      const [down, open] = await Promise.all([firing("AgencyDown"), firing("CircuitBreakerOpen")]);
      return [down.map(({ labels }) => labels.part), open.map(({ labels }) => labels.subgraph)];
    };
    await expect.poll(raised, { timeout: 30_000 }).toEqual([["land"], ["land"]]);
    await world.current.agencies.reconnect("land");
    await expect.poll(() => firing("AgencyDown"), { timeout: 30_000 }).toEqual([]);
  });

  test.each(rules)(
    "the expression of the alert $alert compares series that exist with a threshold",
    async ({ expr }) => {
      const [, compared = ""] = /^(.*) (?:==|>|<) [\d.]+$/.exec(expr) ?? [];
      expect(compared).not.toBe("");
      await returnsSeries(compared);
    },
  );
});
