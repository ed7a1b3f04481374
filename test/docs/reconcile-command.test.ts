import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { serveNationalPortal } from "../../scripts/national-portal/stand-in.ts";
import { environmentName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest, submit } from "../given.ts";
import { ACCOUNT, portalVariables } from "../one-stop/national-portal/portal-account.ts";
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

test("npm run reconcile -- --upstream national-portal delivers what the portal lacks; a dry run changes nothing", {
  timeout: 180_000,
}, async () => {
  await submit(world.current, aBirthRequest());
  const portal = await serveNationalPortal({ port: 0, ...ACCOUNT });
  const env = { ...deskEnvironment(world.current), ...portalVariables(portal.url) };
  const run = async (...options: string[]) => {
    const command = ["run", "-s", "reconcile", "--", "--upstream", "national-portal", "--json", ...options];
    const done = promisify(execFile)("npm", command, { env });
    const { stdout, code = 0 } = (await done.catch((error: { stdout: string; code: number }) => error)) as {
      stdout: string;
      code?: number;
    };
    return { code, summary: JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") };
  };
  try {
    const dry = await run("--dry-run");
    expect([dry.code, dry.summary.findings.PLANNED, portal.register.all()]).toEqual([1, dry.summary.total, []]);
    const { code, summary } = await run();
    expect([code, summary.findings.RESUMED, portal.register.all().length]).toEqual([0, summary.total, summary.total]);
    expect((await run()).summary.findings).toEqual({ RESUMED: 0, PLANNED: 0, UNANSWERED: 0, PERSON: 0 });
  } finally {
    await portal.close();
  }
});
