import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { sharedWorld } from "../world.ts";

const world = sharedWorld();

async function read(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

test("the gateway and every agency report their version and commit at /version and /health", async () => {
  const stated = { version: manifest.version, commit: "unknown" }; // the tests run the sources, not a build
  const agencies = subgraphs.map(({ name }) => ({
    url: `http://127.0.0.1:${world.current.agencies.ports[name]}`,
    part: { part: name },
  }));
  for (const { url, part } of [{ url: world.current.url, part: {} }, ...agencies]) {
    expect(await read(`${url}/version`)).toEqual({ ...part, ...stated });
    for (const path of ["/health", "/health/live"]) {
      expect(await read(`${url}${path}`)).toEqual({ status: "live", ...part, ...stated });
    }
  }
});

test("a build contains its commit, or states that it is unknown", () => {
  execFileSync(process.execPath, [".build.mjs"], { cwd: projectPath() });
  const programs = readdirSync(projectPath("dist"), { recursive: true, encoding: "utf8" });
  const built = programs
    .filter((file) => file.endsWith(".js"))
    .map((file) => readFileSync(projectPath("dist", file), "utf8"));
  const hasCommit = built.some((text) => text.includes(`"${describedCommit()}"`));
  expect(hasCommit).toBe(true);
});

function describedCommit(): string {
  try {
    const command = ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"];
    return execFileSync("git", command, {
      cwd: projectPath(),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "unknown";
  }
}
