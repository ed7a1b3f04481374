import postgres from "postgres";
import { inject } from "vitest";
import { unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import type { AgencyCode, SubgraphName } from "../../subgraphs/agency-registry.ts";
import { environmentName, subgraphOf, subgraphs } from "../../subgraphs/agency-registry.ts";
import { bundles } from "../../subgraphs/one-stop/bundles/bundles.ts";
import { liveRules } from "../../subgraphs/one-stop/clock-rules/rules-log.ts";
import { oneStopConfiguration } from "../../subgraphs/one-stop/configuration.ts";
import { dossierKinds } from "../../subgraphs/one-stop/definitions/dossier-kind.ts";
import { count, exitCode, noCounts } from "../../subgraphs/one-stop/reconciliation/finding-counts.ts";
import type { ResolvedFinding } from "../../subgraphs/one-stop/reconciliation/findings.ts";
import { type Options, reconcile } from "../../subgraphs/one-stop/reconciliation/run-reconciliation.ts";
import { agencyClient } from "../../subgraphs/one-stop/saga/agency-client.ts";
import { singleProcedure } from "../../subgraphs/one-stop/single-procedures/single-procedure.ts";
import { aBirthRequest, submit } from "../given.ts";
import type { World } from "../world.ts";

/** Environment of the desk's own process in this world. */
export function deskOf(world: World): NodeJS.ProcessEnv {
  const addresses = subgraphs.map(({ name }) => [
    `SUBGRAPH_URL_${environmentName(name)}`,
    `http://127.0.0.1:${world.agencies.ports[name]}/graphql`,
  ]);
  return { MOTCUA_DATA: world.data, ...Object.fromEntries(addresses) };
}

/** Runs the reconciliation like the command. */
export async function reconciled(world: World, options: Partial<Options> = {}) {
  const { agencies: addresses, backoff } = oneStopConfiguration(deskOf(world));
  const agencies = agencyClient(addresses, 2_000);
  const found: ResolvedFinding[] = [];
  const counts = noCounts();
  const now = () => new Date(Date.now() + world.demo.clockOffsetMs());
  try {
    const done = await reconcile(
      {
        sql: world.sql("one-stop"),
        kinds: dossierKinds(bundles, singleProcedure),
        agencies,
        backoff,
        now,
        rules: liveRules(world.sql("one-stop")),
      },
      { dryRun: false, ...options },
      {
        found(finding) {
          found.push(finding);
          count(counts, finding);
        },
        progressed: () => {},
      },
    );
    return { found, done, code: exitCode(counts, done) };
  } finally {
    await agencies.close();
  }
}

/** The findings as `STEP KIND OUTCOME`, in the order of steps. */
export function findingLines(found: readonly ResolvedFinding[]): string[] {
  return found.map(({ step, kind, outcome }) => `${step} ${kind} ${outcome}`);
}

/** A finished 3-in-1: its code, and its steps by key. */
export async function aGrantedDossier(world: World) {
  const { data } = await submit(world, aBirthRequest());
  const { code, outcome } = data.submitBirthBundle.dossier;
  if (outcome !== "GRANTED") throw new Error(`The dossier is ${outcome}`);
  return { code: code as string, ...(await stepsOf(world, code)) };
}

type StepRow = { id: string; key: string; agency: AgencyCode; state: string; resultId: string; facts: object };

export async function stepsOf(world: World, code: string) {
  const stored = await world.sql("one-stop")<(Omit<StepRow, "facts"> & { facts: Uint8Array | null })[]>`
    select s.id, s.key, s.agency, s.state, s.result_id as "resultId", s.facts
      from steps s join dossiers d on d.id = s.dossier_id where d.code = ${code} order by s.ordinal`;
  const rows: StepRow[] = stored.map((row) => ({ ...row, facts: (row.facts && unpackJson(row.facts)) as object }));
  const step = (key: string) => {
    const found = rows.find((row) => row.key === key);
    if (!found) throw new Error(`No step ${key}`);
    return found;
  };
  return { steps: rows, step };
}

const ENTRIES: Partial<Record<SubgraphName, readonly string[]>> = {
  "civil-status": [
    "delete from citizen_numbers using births b where citizen_numbers.citizen_id = b.citizen_id and b.dossier = $1",
    "delete from birth_numbers using births b where birth_id = b.id and b.dossier = $1",
    "delete from birth_versions using births b where birth_id = b.id and b.dossier = $1",
    "delete from births where dossier = $1",
  ],
  residence: [
    "delete from residency_versions using residencies r where residency_id = r.id and r.dossier = $1",
    "delete from residencies where dossier = $1",
    "delete from person_versions using persons p where person_id = p.id and p.dossier = $1",
    "delete from persons where dossier = $1",
  ],
  "health-insurance": [
    "delete from card_terms using cards c where card_id = c.id and c.dossier = $1",
    "delete from card_versions using cards c where card_id = c.id and c.dossier = $1",
    "delete from cards where dossier = $1",
  ],
  "one-stop": [
    "delete from message_deliveries using dossiers d where dossier_id = d.id and d.code = $1",
    "delete from messages using dossiers d where dossier_id = d.id and d.code = $1",
    "delete from history using dossiers d where dossier_id = d.id and d.code = $1",
    "delete from dossier_duplicate_keys using dossiers d where dossier_id = d.id and d.code = $1",
    "delete from requests using dossiers d where dossier_id = d.id and d.code = $1",
    "delete from steps using dossiers d where dossier_id = d.id and d.code = $1",
    "delete from dossiers where code = $1",
  ],
};

/** Restores a database to the state before the dossier, with the triggers of append-only tables disabled. */
export async function forget(world: World, name: SubgraphName, dossier: string): Promise<void> {
  const parts = name === "one-stop" ? [] : ["delete from received_parts where dossier = $1"];
  await asSuperuser(world, name, [...(ENTRIES[name] ?? []), ...parts], [dossier]);
}

/** Executes statements with all rights, which no role of the system has. */
export async function asSuperuser(
  world: World,
  name: SubgraphName,
  statements: readonly string[],
  parameters: string[],
): Promise<void> {
  const admin = new URL(inject("adminUrl"));
  admin.pathname = `/${world.sql(name).options.database}`;
  const sql = postgres(admin.href, { max: 1, onnotice: () => {} });
  try {
    await sql`set session_replication_role = replica`;
    for (const statement of statements) await sql.unsafe(statement, parameters);
  } finally {
    await sql.end();
  }
}

/** Row that an agency keeps about a part. */
export async function keptPart(world: World, agency: AgencyCode, partId: string) {
  const [row] = await world.sql(subgraphOf(agency).name)<{ state: string; result_id: string; facts: Uint8Array }[]>`
    select state, result_id, facts from received_parts where part_id = ${partId}`;
  return row && { ...row, facts: row.facts && unpackJson(row.facts) };
}
