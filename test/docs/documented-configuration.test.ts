import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { servingMode } from "../../subgraphs/_shared/demo/demo-mode.ts";
import { subgraphConfiguration } from "../../subgraphs/_shared/serving/configuration.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { readLicenceRules } from "../../subgraphs/business/configuration.ts";
import { civilStatusConfiguration } from "../../subgraphs/civil-status/configuration.ts";
import { healthInsuranceConfiguration } from "../../subgraphs/health-insurance/configuration.ts";
import { oneStopConfiguration } from "../../subgraphs/one-stop/configuration.ts";
import { readSerialRange } from "../../subgraphs/residence/configuration.ts";
import { markdownDocument, markedTable } from "./markdown.ts";

type Read = (environment: NodeJS.ProcessEnv) => unknown;
type Table = { name: string; path: string; read: Read; given: NodeJS.ProcessEnv };

/** Variables that are documented with the part that all agencies share, or that name an agency. */
const SHARED = /^(IDENTITY_KEYS|SUBGRAPH_URL)_/;
const DATABASE = { DATABASE_URL: "postgres://user:password@127.0.0.1:5432/land" };
const tables: Table[] = [
  { name: "gateway", path: "gateway/README.md", read: gatewayConfiguration, given: {} },
  {
    name: "agency",
    path: "subgraphs/README.md",
    read: (environment) => {
      servingMode("land", environment);
      return subgraphConfiguration("land", environment);
    },
    given: DATABASE,
  },
  { name: "one-stop", path: "subgraphs/one-stop/README.md", read: oneStopConfiguration, given: {} },
  { name: "residence", path: "subgraphs/residence/README.md", read: readSerialRange, given: {} },
  {
    name: "health-insurance",
    path: "subgraphs/health-insurance/README.md",
    read: healthInsuranceConfiguration,
    given: {},
  },
  { name: "civil-status", path: "subgraphs/civil-status/README.md", read: civilStatusConfiguration, given: {} },
  { name: "business", path: "subgraphs/business/README.md", read: readLicenceRules, given: {} },
];

/** Names of the variables that a configuration looks at. */
function variablesRead({ read, given }: Table): string[] {
  const seen = new Set<string>();
  const recording = new Proxy(given, {
    get(target, name) {
      if (typeof name === "string") seen.add(name);
      return Reflect.get(target, name);
    },
  });
  read(recording);
  return [...seen];
}

function documented({ name, path }: Table): { variable: string; fallback: string }[] {
  return markedTable(markdownDocument(path), `variables: ${name}`).map(([variable = "", fallback = ""]) => ({
    variable: variable.replaceAll("`", ""),
    fallback,
  }));
}

/** A default that is a value: not none, not a description, not a path. */
function isValue(fallback: string): boolean {
  return !/^–|[`\s]/.test(fallback);
}

/** The configuration as text, without functions and the environment that it may keep. */
function configured({ read, given }: Table, more: NodeJS.ProcessEnv = {}): string {
  return JSON.stringify(read({ ...given, ...more }), (key, value: unknown) => {
    if (key === "environment") return undefined;
    if (value instanceof Map || value instanceof Set) return [...value];
    return value;
  });
}

describe("the table of variables in the README equals the code:", () => {
  test.each(tables)("$name lists every variable that is read, and no other", (table) => {
    const rows = documented(table).map(({ variable }) => variable);
    const read = variablesRead(table).filter((name) => !SHARED.test(name));
    const own = table.name === "one-stop" ? read.filter((name) => !["NODE_ENV", "MOTCUA_DATA"].includes(name)) : read;
    expect(rows.filter((name) => !name.includes("<")).sort()).toEqual([...new Set(own)].sort());
    expect(new Set(rows).size).toBe(rows.length);
  });

  test.each(tables)("$name states the defaults of the code", (table) => {
    const values = documented(table).filter(({ fallback }) => isValue(fallback));
    expect(values.length).toBeGreaterThan(0);
    for (const { variable, fallback } of values) {
      expect(configured(table, { [variable]: fallback }), variable).toEqual(configured(table));
    }
  });
});

test("every variable that an agency alone reads stands in its README", () => {
  for (const { name } of subgraphs) {
    const folder = projectPath("subgraphs", name);
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const read = sources
      .map((file) => readFileSync(`${folder}/${file}`, "utf8"))
      .filter((text) => text.includes("readEnvironment("))
      .flatMap((text) =>
        [...text.matchAll(/(?<=[\s{])([A-Z][A-Z0-9]*_[A-Z0-9_]+): /g)].map(([, variable]) => variable),
      );
    const table = markedTable(markdownDocument(`subgraphs/${name}/README.md`), `variables: ${name}`);
    const rows = table.map(([variable = ""]) => variable.replaceAll("`", ""));
    expect(
      read.filter((variable) => !rows.includes(variable ?? "")),
      name,
    ).toEqual([]);
  }
});
