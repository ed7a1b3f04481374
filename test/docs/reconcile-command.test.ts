import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { environmentName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest, submit } from "../given.ts";
import { sharedWorld, type World } from "../world.ts";

const world = sharedWorld();

/** The environment of the desk of a running system, as an operator sets it for the command. */
function deskEnvironment({ agencies, data, sql }: World): NodeJS.ProcessEnv {
  const { host, port, database, user, pass } = sql("one-stop").options;
  const urls = subgraphs.map(({ name }) => [
    `SUBGRAPH_URL_${environmentName(name)}`,
    `http://127.0.0.1:${agencies.ports[name]}/graphql`,
  ]);
  return {
    ...process.env,
    DATABASE_URL: `postgres://${user}:${pass}@${host[0]}:${port[0]}/${database}`,
    MOTCUA_DATA: data,
    ...Object.fromEntries(urls),
  };
}

test("npm run reconcile finds nothing to do after a granted dossier, with and without --dry-run", {
  timeout: 180_000,
}, async () => {
  const { data } = await submit(world.current, aBirthRequest());
  expect(data.submitBirthBundle.dossier.outcome).toBe("GRANTED");
  for (const options of [["--dry-run"], []]) {
    const command = ["run", "-s", "reconcile", "--", "--json", ...options];
    const { stdout } = await promisify(execFile)("npm", command, { env: deskEnvironment(world.current) });
    const summary = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
    expect(summary).toMatchObject({ type: "summary", exitCode: 0 });
    expect(summary.dossiers).toBeGreaterThan(0);
  }
});
