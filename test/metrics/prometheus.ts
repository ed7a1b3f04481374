import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { parse, stringify } from "yaml";
import { listen } from "../../subgraphs/_shared/serving/http.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

/** Reason for which the tests of Prometheus are skipped; undefined if it is installed. */
export const noPrometheus = isInstalled("prometheus") && isInstalled("promtool") ? undefined : "needs prometheus";

function isInstalled(program: string): boolean {
  try {
    return execFileSync(program, ["--version"], { stdio: "pipe" }).length >= 0;
  } catch {
    return false;
  }
}

/** Path of a file of `scripts/monitoring/`. */
export const monitoring = (...names: string[]) => projectPath("scripts", "monitoring", ...names);

type Rule = { alert: string; expr: string; for?: string };
type Rules = { groups: { name: string; rules: Rule[] }[] };
type Configuration = {
  global: Record<string, string>;
  rule_files: string[];
  scrape_configs: { job_name: string; static_configs: { targets: string[]; labels: { part: string } }[] }[];
};

export const rulesFile = (): Rules => parse(readFileSync(monitoring("alerts.yml"), "utf8")) as Rules;
export const configurationFile = (): Configuration =>
  parse(readFileSync(monitoring("prometheus.yml"), "utf8")) as Configuration;

export type Sample = { metric: Record<string, string>; value: [number, string] };
export type Alert = { labels: Record<string, string>; state: string };
export type Prometheus = {
  /** Samples of an expression now. @throws with the message of Prometheus, if it refuses the expression */
  query(expression: string): Promise<Sample[]>;
  alerts(): Promise<Alert[]>;
  close(): Promise<void>;
};

/** Starts a Prometheus with the project's files: it scrapes these addresses every second, and its alerts wait a second at most. */
export async function startPrometheus(addressOf: (part: string) => string): Promise<Prometheus> {
  const directory = mkdtempSync(join(tmpdir(), "motcua-prometheus-"));
  const configuration = configurationFile();
  configuration.global = { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" };
  for (const each of configuration.scrape_configs.flatMap(({ static_configs }) => static_configs))
    each.targets = [addressOf(each.labels.part)];
  const rules = rulesFile();
  for (const rule of rules.groups.flatMap(({ rules }) => rules)) if (rule.for) rule.for = "1s";
  writeFileSync(join(directory, "prometheus.yml"), stringify(configuration));
  writeFileSync(join(directory, "alerts.yml"), stringify(rules));
  const address = `127.0.0.1:${await freePort()}`;
  const options = [`--config.file=${directory}/prometheus.yml`, `--storage.tsdb.path=${directory}/data`];
  const server = spawn("prometheus", [...options, `--web.listen-address=${address}`], { stdio: "ignore" });
  const ask = (path: string) => answer(`http://${address}/api/v1/${path}`);
  await vi.waitFor(() => ask("status/runtimeinfo"), { timeout: 30_000, interval: 100 });
  return {
    query: async (expression) => (await ask(`query?query=${encodeURIComponent(expression)}`)).result as Sample[],
    alerts: async () => (await ask("alerts")).alerts as Alert[],
    async close() {
      await ended(server);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function answer(url: string): Promise<Record<string, unknown>> {
  const { data, error } = (await (await fetch(url)).json()) as { data?: Record<string, unknown>; error?: string };
  if (!data) throw new Error(error);
  return data;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  server.close();
  return port;
}

async function ended(server: ChildProcess): Promise<void> {
  const exit = once(server, "exit");
  server.kill("SIGTERM");
  await exit;
}
