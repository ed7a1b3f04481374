import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DEFAULT_COMMUNE } from "../../../subgraphs/_shared/demo/population.ts";
import { startPostgres } from "../../postgres/launcher.ts";
import { buildBundle } from "../campaign-bundle.ts";
import { openChannels } from "../channels/channels.ts";
import { checkInvariants, openFaultSetup } from "../directed/fault-setup.ts";
import { openHarness } from "../harness.ts";
import type { Interruption } from "../interruption.ts";
import { channelsAgree } from "../invariants/channel-invariants.ts";
import { INVARIANTS, type Violation } from "../violation.ts";
import { BUGS, type Bug } from "./planted-bugs.ts";
import { keepSeededDatabases, restoreSeededDatabases } from "./seeded-databases.ts";

const SETTLE_SECONDS = 15;
const SCENARIO_MS = 45_000;

/** Plants each bug into a copy of the product and injects the fault that must detect it; true if all are detected. */
export async function runPlanted(
  data: string,
  say: (line: string) => void,
  { signal, closes }: Interruption,
): Promise<boolean> {
  const starting = startPostgres({ directory: join(data, "postgres"), settings: { fsync: "off" } });
  closes(async () => (await starting).stop());
  const server = await starting;
  const systems = { data: join(data, "system"), databaseUrl: server.adminUrl, signal };
  try {
    const right = await buildBundle("right");
    const seeding = openHarness({ ...systems, entry: right });
    closes(async () => (await seeding).close());
    await (await seeding).close();
    await keepSeededDatabases(server.adminUrl);
    say("The product as it is, under the same faults");
    const { found, unfinished } = await staged({ ...systems, entry: right }, BUGS, closes);
    for (const { invariant, detail } of found) say(`  ✗ ${INVARIANTS[invariant]}: ${detail}`);
    for (const fault of unfinished) say(`  ✗ a fault could not be injected: ${fault}`);
    let missed = found.length + unfinished.length;
    for (const bug of BUGS) {
      const entry = await buildBundle(`planted-${BUGS.indexOf(bug)}`, bug.edits);
      const { found: caught, unfinished } = await staged({ ...systems, entry }, [bug], closes);
      const expected = caught.filter(({ invariant }) => bug.violates.includes(invariant));
      if (expected.length === 0) missed++;
      say("");
      say(`${expected.length > 0 ? "detected" : "MISSED  "}  ${bug.name}`);
      say(`        under the fault: ${bug.scenario.name}`);
      for (const line of lines(caught)) say(`        ${line}`);
      for (const fault of unfinished) say(`        the fault did not end: ${fault}`);
    }
    say("");
    say(
      missed === 0
        ? `All ${BUGS.length} planted bugs are detected, and the unchanged product violates no invariant.`
        : "Failed: a planted bug is not detected, or the unchanged product violates an invariant.",
    );
    return missed === 0;
  } finally {
    await server.stop();
  }
}

/** Runs the scenarios of these bugs on fresh databases. @returns the violations afterwards */
async function staged(
  systems: { data: string; databaseUrl: string; entry: string; signal: AbortSignal },
  bugs: readonly Bug[],
  closes: Interruption["closes"],
): Promise<{ found: Violation[]; unfinished: string[] }> {
  const unfinished: string[] = [];
  await restoreSeededDatabases(systems.databaseUrl);
  // what the channels got from the databases of before
  for (const kept of ["messages", "national-portal.jsonl"])
    rmSync(join(systems.data, kept), { recursive: true, force: true });
  const opening = openFaultSetup(systems);
  closes(async () => (await opening).harness.close());
  const setup = await opening;
  const channels = await openChannels(setup.harness, DEFAULT_COMMUNE, 1);
  try {
    const sabotages = systems.entry.endsWith("right")
      ? []
      : bugs.flatMap(({ droppedConstraints }) => droppedConstraints ?? []);
    for (const { database, statement } of sabotages) await setup.harness.sql(database).unsafe(statement);
    for (const { scenario } of bugs) {
      // a bug may prevent a fault from ending; the invariants are checked in any case
      const late = sleep(SCENARIO_MS).then(() => Promise.reject(new Error(`not within ${SCENARIO_MS / 1_000} s`)));
      await Promise.race([scenario.run(setup), late]).catch((error: Error) => unfinished.push(error.message));
    }
    const found = await checkInvariants(setup, SETTLE_SECONDS);
    return { found: [...found, ...channelsAgree(await channels.facts(SETTLE_SECONDS))], unfinished };
  } finally {
    await channels.close();
    await setup.harness.close();
  }
}

/** Each violated invariant once, with its first violation. */
function lines(found: readonly Violation[]): string[] {
  const first = new Map(found.toReversed().map(({ invariant, detail }) => [invariant, detail]));
  return [...first].toReversed().map(([invariant, detail]) => `violated: ${INVARIANTS[invariant]}: ${detail}`);
}
