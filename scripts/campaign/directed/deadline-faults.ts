import { setTimeout as sleep } from "node:timers/promises";
import type { Failpoint } from "../armed-failpoints.ts";
import { acknowledgedCode } from "../ledger.ts";
import { decideByHand, openParts } from "../officer-decisions.ts";
import { waitUntil } from "../wait-until.ts";
import { killAt } from "./crashes.ts";
import type { FaultSetup } from "./fault-setup.ts";
import type { Scenario } from "./scenario.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** After the term of a 3-in-1 request, and within that of the citizen to bring papers. */
const AFTER_TERM_MS = 6 * DAY_MS;
/** After every term, also of the citizen and over holidays. */
const AFTER_EVERY_TERM_MS = 40 * DAY_MS;
/** The first deadline of a dossier is its reminder, at the begin of the day of a possible apology at 15:00. */
const APOLOGY_AFTER_REMINDER_MS = 16 * HOUR_MS;
/** Longer than the desk's pause between two looks at the deadlines. */
const SEVERAL_LOOKS_MS = 1_000;

const COMMITS: Failpoint[] = ["before-commit.DEADLINE", "after-commit.DEADLINE"];

/** Fault that makes a clock which runs while the citizen is awaited visible: the dossier goes on after its first due date. */
export const papersAfterDueDate: Scenario = {
  name: "the citizen brings papers after the first due date, while another agency is down",
  run: (setup) =>
    withClockBack(setup, async () => {
      const { harness } = setup;
      harness.demo.setFaultMode("RESIDENCE", "ASKS_FOR_PAPERS");
      harness.demo.setFaultMode("HEALTH_INSURANCE", "DOWN");
      const code = acknowledgedCode(await setup.send()) ?? "";
      await waitUntil(`${code} awaits the citizen`, () => dossierIs(setup, code, "state = 'AWAITING_CITIZEN'"));
      harness.demo.setFaultMode("RESIDENCE", "UP");
      harness.demo.setClockOffsetMs(AFTER_TERM_MS);
      for (const part of await openParts(harness, "RESIDENCE")) await decideByHand(harness, part, true);
      await waitUntil(`${code} goes on`, async () => {
        await harness.sql("one-stop")`update steps set next_attempt_at = now() where work = 'ASK_STATUS'`;
        return dossierIs(setup, code, "state <> 'AWAITING_CITIZEN'");
      });
      await sleep(SEVERAL_LOOKS_MS);
    }),
};

export const deadlineFaults: Scenario[] = [
  papersAfterDueDate,
  ...COMMITS.flatMap((point): Scenario[] => [
    {
      name: `one-stop is killed at ${point} of an apology`,
      run: (setup) =>
        withOpenPart(setup, async (code) => {
          const [row] = await setup.harness.sql("one-stop")<{ deadline: Date }[]>`
            select deadline_at as deadline from dossiers where code = ${code}`;
          const reminder = row?.deadline.getTime() ?? Number.NaN;
          await killWhenTimeCame(setup, point, reminder + APOLOGY_AFTER_REMINDER_MS - Date.now());
          await waitUntil(`${code} has an apology`, () => dossierIs(setup, code, "marks ? 'APOLOGISED'"));
        }),
    },
    {
      name: `one-stop is killed at ${point} of an overdue mark`,
      run: (setup) =>
        withOpenPart(setup, async (code) => {
          await killWhenTimeCame(setup, point, AFTER_EVERY_TERM_MS);
          await waitUntil(`${code} is overdue`, () => dossierIs(setup, code, "marks ? 'OVERDUE'"));
        }),
    },
    {
      name: `one-stop is killed at ${point} of the end of a term to bring papers`,
      run: (setup) => killAtExpiry(setup, point),
    },
  ]),
];

/** Runs a scenario with a dossier whose part for the insurance cannot be delivered. */
function withOpenPart(setup: FaultSetup, play: (code: string) => Promise<void>): Promise<void> {
  return withClockBack(setup, async () => {
    setup.harness.demo.setFaultMode("HEALTH_INSURANCE", "DOWN");
    await play(acknowledgedCode(await setup.send()) ?? "");
  });
}

async function killAtExpiry(setup: FaultSetup, point: Failpoint): Promise<void> {
  const { harness } = setup;
  await withClockBack(setup, async () => {
    harness.demo.setFaultMode("HEALTH_INSURANCE", "ASKS_FOR_PAPERS");
    const code = acknowledgedCode(await setup.send()) ?? "";
    await waitUntil(`${code} awaits the citizen`, () => dossierIs(setup, code, "state = 'AWAITING_CITIZEN'"));
    harness.demo.setFaultMode("HEALTH_INSURANCE", "UP");
    await killWhenTimeCame(setup, point, AFTER_EVERY_TERM_MS);
    await waitUntil(`${code} is completed`, () => dossierIs(setup, code, "state = 'COMPLETED'"));
  });
}

async function killWhenTimeCame(setup: FaultSetup, point: Failpoint, offsetMs: number): Promise<void> {
  await killAt(setup, point, async () => setup.harness.demo.setClockOffsetMs(offsetMs));
}

async function withClockBack({ harness }: FaultSetup, play: () => Promise<void>): Promise<void> {
  try {
    await play();
  } finally {
    harness.demo.setClockOffsetMs(0);
    for (const agency of ["RESIDENCE", "HEALTH_INSURANCE"] as const) harness.demo.setFaultMode(agency, "UP");
  }
}

async function dossierIs({ harness }: FaultSetup, code: string, condition: string): Promise<boolean> {
  const [found] = await harness
    .sql("one-stop")
    .unsafe<{ found: boolean }[]>(`select exists (select 1 from dossiers where code = $1 and ${condition}) as found`, [
      code,
    ]);
  return found?.found ?? false;
}
