import type { SubgraphName } from "../../../subgraphs/agency-registry.ts";
import { type AgencyCode, subgraphOf } from "../../../subgraphs/agency-registry.ts";
import type { Harness } from "../harness.ts";
import { waitUntil } from "../wait-until.ts";
import type { FaultSetup } from "./fault-setup.ts";
import { AGENCIES, BUNDLE_STEPS, type Scenario } from "./scenario.ts";

/**
 * Table whose lock blocks an agency's work on a step, so that the agency can be killed within its transaction. Any other step
 * is blocked where the agency keeps its answer.
 */
const TABLE_OF: Readonly<Record<string, string>> = {
  BIRTH: "births",
  PERSONAL_NUMBER: "persons",
  NUMBER_NOTICE: "citizen_numbers",
  RESIDENCE: "residencies",
  INSURANCE: "cards",
};

export const agencyFaults: Scenario[] = [
  ...AGENCIES.map(losesAnswers),
  ...BUNDLE_STEPS.map(({ key, agency }) => ({
    name: `${agency} is killed within its transaction for ${key}`,
    run: (setup: FaultSetup) => killInTransaction(setup, subgraphOf(agency).name, TABLE_OF[key] ?? "received_parts"),
  })),
  {
    name: "all agencies are down when a request is submitted, and recover one by one",
    async run(setup) {
      for (const agency of AGENCIES) setup.harness.demo.setFaultMode(agency, "DOWN");
      const sent = setup.send();
      for (const agency of AGENCIES) {
        await sent;
        setup.harness.demo.setFaultMode(agency, "UP");
      }
    },
  },
];

/** Fault after which the desk must deliver again and the agency must recognise the part. */
export function losesAnswers(agency: AgencyCode): Scenario {
  return {
    name: `${agency} does its work, but its responses are lost for a while`,
    async run(setup) {
      const { harness } = setup;
      harness.demo.setFaultMode(agency, "LOSES_ANSWERS");
      try {
        await setup.send();
        await waitUntil(
          `an answer of ${agency} is lost`,
          async () =>
            (await anyStep(harness, `agency = '${agency}' and delivery = 'UNKNOWN'`)) || (await anyRefused(harness)),
        );
      } finally {
        harness.demo.setFaultMode(agency, "UP");
      }
    },
  };
}

/** True if a step is refused: a desk that treats a missing response as a refusal does not deliver again. */
const anyRefused = (harness: Harness) => anyStep(harness, "state = 'REFUSED'");

async function anyStep({ sql }: Harness, condition: string): Promise<boolean> {
  const [found] = await sql("one-stop").unsafe<{ found: boolean }[]>(
    `select exists (select 1 from steps where ${condition}) as found`,
  );
  return found?.found ?? false;
}

async function killInTransaction(setup: FaultSetup, name: SubgraphName, table: string): Promise<void> {
  const { harness } = setup;
  const sql = harness.sql(name);
  let sent: Promise<unknown> = Promise.resolve();
  await sql.begin(async (locked) => {
    await locked.unsafe(`lock table ${table} in share row exclusive mode`);
    sent = setup.send();
    await waitUntil(`${name} waits to write into ${table}`, async () => {
      const [waiting] = await sql<{ found: boolean }[]>`
        select exists (select 1 from pg_locks where not granted and relation = ${table}::regclass) as found`;
      return waiting?.found ?? false;
    });
    await harness.killAndAwait(name);
  });
  await harness.start(name);
  await sent;
}
