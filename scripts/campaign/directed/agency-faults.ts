import type { SubgraphName } from "../../../subgraphs/agency-registry.ts";
import { type AgencyCode, subgraphOf } from "../../../subgraphs/agency-registry.ts";
import type { Harness } from "../harness.ts";
import type { StepKey } from "../system-facts.ts";
import { waitUntil } from "../wait-until.ts";
import type { FaultStage } from "./fault-stage.ts";
import type { Scenario } from "./scenario.ts";

const AGENCIES: AgencyCode[] = ["CIVIL_STATUS", "RESIDENCE", "HEALTH_INSURANCE"];

/** Tables whose lock blocks an agency's work on a step, so that the agency can be killed within its transaction. */
const TABLE_OF: { step: StepKey; agency: AgencyCode; table: string }[] = [
  { step: "BIRTH", agency: "CIVIL_STATUS", table: "births" },
  { step: "PERSONAL_NUMBER", agency: "RESIDENCE", table: "persons" },
  { step: "NUMBER_NOTICE", agency: "CIVIL_STATUS", table: "citizen_numbers" },
  { step: "RESIDENCE", agency: "RESIDENCE", table: "residencies" },
  { step: "INSURANCE", agency: "HEALTH_INSURANCE", table: "cards" },
];

export const agencyFaults: Scenario[] = [
  ...AGENCIES.map(losesAnswers),
  ...TABLE_OF.map(({ step, agency, table }) => ({
    name: `${agency} dies within its transaction for ${step}`,
    run: (stage: FaultStage) => diesInTransaction(stage, subgraphOf(agency).name, table),
  })),
  {
    name: "all agencies are down when a request comes, and come back one by one",
    async run(stage) {
      for (const agency of AGENCIES) stage.harness.demo.setMood(agency, "DOWN");
      const sent = stage.send();
      for (const agency of AGENCIES) {
        await sent;
        stage.harness.demo.setMood(agency, "UP");
      }
    },
  },
];

/** Fault after which the desk must ask again and the agency must recognise the part. */
export function losesAnswers(agency: AgencyCode): Scenario {
  return {
    name: `${agency} does its work and loses every answer for a while`,
    async run(stage) {
      const { harness } = stage;
      harness.demo.setMood(agency, "LOSES_ANSWERS");
      try {
        await stage.send();
        await waitUntil(
          `an answer of ${agency} is lost`,
          async () =>
            (await anyStep(harness, `agency = '${agency}' and delivery = 'UNKNOWN'`)) || (await anyRefused(harness)),
        );
      } finally {
        harness.demo.setMood(agency, "UP");
      }
    },
  };
}

/** A desk that treats a missing response as a refusal does not ask again. */
const anyRefused = (harness: Harness) => anyStep(harness, "state = 'REFUSED'");

async function anyStep({ sql }: Harness, condition: string): Promise<boolean> {
  const [found] = await sql("one-stop").unsafe<{ found: boolean }[]>(
    `select exists (select 1 from steps where ${condition}) as found`,
  );
  return found?.found ?? false;
}

async function diesInTransaction(stage: FaultStage, name: SubgraphName, table: string): Promise<void> {
  const { harness } = stage;
  const sql = harness.sql(name);
  let sent: Promise<unknown> = Promise.resolve();
  await sql.begin(async (locked) => {
    await locked.unsafe(`lock table ${table} in share row exclusive mode`);
    sent = stage.send();
    await waitUntil(`${name} waits to write into ${table}`, async () => {
      const [waiting] = await sql<{ found: boolean }[]>`
        select exists (select 1 from pg_locks where not granted and relation = ${table}::regclass) as found`;
      return waiting?.found ?? false;
    });
    await harness.killed(name);
  });
  await harness.revive(name);
  await sent;
}
