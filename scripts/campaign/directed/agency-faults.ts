import type { SubgraphName } from "../../../subgraphs/agency-registry.ts";
import { type AgencyCode, subgraphOf } from "../../../subgraphs/agency-registry.ts";
import type { Arena } from "../harness.ts";
import type { StepKey } from "../system-facts.ts";
import { until } from "../wait-until.ts";
import type { Stage } from "./fault-stage.ts";
import type { Scenario } from "./scenario.ts";

const AGENCIES: AgencyCode[] = ["CIVIL_STATUS", "RESIDENCE", "HEALTH_INSURANCE"];

/** Where an agency's work on a step can be held up, so that it dies within its transaction. */
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
    run: (stage: Stage) => diesInTransaction(stage, subgraphOf(agency).name, table),
  })),
  {
    name: "all agencies are down when a request comes, and come back one by one",
    async run(stage) {
      for (const agency of AGENCIES) stage.arena.demo.setMood(agency, "DOWN");
      const sent = stage.send();
      for (const agency of AGENCIES) {
        await sent;
        stage.arena.demo.setMood(agency, "UP");
      }
    },
  },
];

/** Under which the desk must ask again and the agency must know what it has done. */
export function losesAnswers(agency: AgencyCode): Scenario {
  return {
    name: `${agency} does its work and loses every answer for a while`,
    async run(stage) {
      const { arena } = stage;
      arena.demo.setMood(agency, "LOSES_ANSWERS");
      try {
        await stage.send();
        await until(
          `an answer of ${agency} is lost`,
          async () =>
            (await anyStep(arena, `agency = '${agency}' and delivery = 'UNKNOWN'`)) || (await anyRefused(arena)),
        );
      } finally {
        arena.demo.setMood(agency, "UP");
      }
    },
  };
}

/** A desk that took the silence for an answer will not ask again. */
const anyRefused = (arena: Arena) => anyStep(arena, "state = 'REFUSED'");

async function anyStep({ sql }: Arena, condition: string): Promise<boolean> {
  const [found] = await sql("one-stop").unsafe<{ found: boolean }[]>(
    `select exists (select 1 from steps where ${condition}) as found`,
  );
  return found?.found ?? false;
}

async function diesInTransaction(stage: Stage, name: SubgraphName, table: string): Promise<void> {
  const { arena } = stage;
  const sql = arena.sql(name);
  let sent: Promise<unknown> = Promise.resolve();
  await sql.begin(async (locked) => {
    await locked.unsafe(`lock table ${table} in share row exclusive mode`);
    sent = stage.send();
    await until(`${name} waits to write into ${table}`, async () => {
      const [waiting] = await sql<{ found: boolean }[]>`
        select exists (select 1 from pg_locks where not granted and relation = ${table}::regclass) as found`;
      return waiting?.found ?? false;
    });
    await arena.killed(name);
  });
  await arena.revive(name);
  await sent;
}
