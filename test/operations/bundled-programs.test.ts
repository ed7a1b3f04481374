import { type BuildOptions, buildSync, type Metafile } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import options from "../../.esbuild.json";

let built: Metafile;
beforeAll(() => {
  built = buildSync({ ...(options as BuildOptions), write: false, metafile: true }).metafile as Metafile; // because of `metafile: true`
});

/** Copies of a package in the bundle: its folders, with the module format where the package ships several. */
function copiesOf(name: string): Set<string> {
  const files = Object.keys(built.inputs).filter((path) => path.includes(`node_modules/${name}/`));
  return new Set(
    files.map((path) => `${path.slice(0, path.indexOf(name))}${/\.mjs$|\/build\/\w+\//.exec(path)?.[0] ?? ""}`),
  );
}

/** Kinds of imports that run before the first line of a program. */
const AT_START = ["import-statement"];
/** With those that a program runs itself. */
const ALL = [...AT_START, "dynamic-import"];

/** Modules that a program loads by these kinds of imports. */
function loadedBy(output: string, kinds: readonly string[], seen = new Set<string>()): Set<string> {
  if (seen.has(output)) return seen;
  seen.add(output);
  for (const { path, kind, external } of built.outputs[output]?.imports ?? []) {
    if (kinds.includes(kind) && !external) loadedBy(path, kinds, seen);
  }
  return seen;
}

describe("the bundle", () => {
  test.each(["graphql", "@opentelemetry/api", "type-graphql", "drizzle-orm"])("the bundle contains %s once", (name) => {
    expect(copiesOf(name).size).toBe(1);
  });

  const inputsOf = (entry: string, kinds: readonly string[]) => {
    const [output] = Object.entries(built.outputs).find(([, { entryPoint }]) => entryPoint === entry) ?? [];
    return [...loadedBy(output ?? "", kinds)].flatMap((path) => Object.keys(built.outputs[path]?.inputs ?? {}));
  };

  test("the gateway's bundle loads no Apollo library or exporter on its request thread at its start", () => {
    const inputs = inputsOf("gateway/server.ts", AT_START);
    expect(inputs.some((path) => path.includes("node_modules/graphql/"))).toBe(true);
    expect(inputs.filter((path) => /@apollo\/|otlp|type-graphql/.test(path))).toEqual([]);
  });

  test("the bundle has a program for the gateway's planner threads, which loads the query planner", () => {
    const inputs = inputsOf("gateway/pipeline/planning/planner-thread-program.ts", ALL);
    expect(inputs.some((path) => path.includes("node_modules/@apollo/query-planner/"))).toBe(true);
    expect(inputs.filter((path) => /pino|undici|\/http\//.test(path))).toEqual([]);
  });
});
