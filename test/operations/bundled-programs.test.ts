import { type BuildOptions, buildSync, type Metafile } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import options from "../../.esbuild.json";

let built: Metafile;
beforeAll(() => {
  built = buildSync({ ...(options as BuildOptions), write: false, metafile: true }).metafile as Metafile; // as asked for
});

/** Folders of a package from which something is in the bundle, with the kind of module where it ships several. */
function copiesOf(name: string): Set<string> {
  const files = Object.keys(built.inputs).filter((path) => path.includes(`node_modules/${name}/`));
  return new Set(
    files.map((path) => `${path.slice(0, path.indexOf(name))}${/\.mjs$|\/build\/\w+\//.exec(path)?.[0] ?? ""}`),
  );
}

/** Modules that a program loads before its first line runs. */
function loadedBy(output: string, seen = new Set<string>()): Set<string> {
  if (seen.has(output)) return seen;
  seen.add(output);
  for (const { path, kind, external } of built.outputs[output]?.imports ?? []) {
    if (kind === "import-statement" && !external) loadedBy(path, seen);
  }
  return seen;
}

describe("the bundle", () => {
  test.each(["graphql", "@opentelemetry/api", "type-graphql", "drizzle-orm"])("the bundle contains %s once", (name) => {
    expect(copiesOf(name).size).toBe(1);
  });

  test("the gateway's bundle loads no Apollo gateway, Apollo server or exporter at its start", () => {
    const [server] =
      Object.entries(built.outputs).find(([, { entryPoint }]) => entryPoint === "gateway/server.ts") ?? [];
    const inputs = [...loadedBy(server ?? "")].flatMap((path) => Object.keys(built.outputs[path]?.inputs ?? {}));
    expect(inputs.some((path) => path.includes("node_modules/@apollo/query-planner/"))).toBe(true);
    expect(inputs.filter((path) => /@apollo\/(gateway|server|composition)\/|otlp|type-graphql/.test(path))).toEqual([]);
  });
});
