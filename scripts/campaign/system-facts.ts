import type { Sql } from "postgres";
import { unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import { type AgencyCode, type SubgraphName, subgraph } from "../../subgraphs/agency-registry.ts";
import type { BirthRequest } from "../../subgraphs/one-stop/bundles/birth/birth-request.ts";
import type { BirthStep } from "../../subgraphs/one-stop/bundles/birth/birth-versions.ts";
import type { StoredEntry } from "../../subgraphs/one-stop/saga/stored-history.ts";
import { unpackHoldings } from "../../subgraphs/one-stop/time-ledger/stored-holdings.ts";
import type { Harness } from "./harness.ts";
import { type PaymentFact, readPayments } from "./payment-facts.ts";
import { proceduresByAgency } from "./procedures-by-agency.ts";

export type DossierFact = {
  id: string;
  code: string;
  owner: string;
  key: string;
  state: string;
  outcome: string | null;
  completed: boolean;
  parties: string[];
  receivedAt: Date;
  /** Deadlines that have been acted on, with their business time (ISO text). */
  marks: Record<string, string>;
  /** Holders in their order, from an instant (ISO text) on. */
  holdings: { at: string; holder: string | null }[];
  request: BirthRequest;
};
export type StepFact = {
  id: string;
  dossierId: string;
  key: BirthStep;
  part: boolean;
  agency: AgencyCode;
  state: string;
  work: string | null;
  resultId: string | null;
  facts: Record<string, string> | null;
  /** Code of the refusal. */
  refusal: string | null;
};
export type HistoryFact = { dossierId: string; stepKey: string | null; state: string; note: string | null };
/** A part as stored by its agency. */
export type ReceivedFact = {
  agency: AgencyCode;
  partId: string;
  dossier: string | null;
  state: string;
  resultId: string | null;
};
/** Register entry that a dossier created. `personalId` is null if the entry has no number (yet). */
export type EntryFact = {
  id: string;
  partId: string;
  dossier: string | null;
  citizenId: string | null;
  personalId: string | null;
};
export type Registers = { births: EntryFact[]; persons: EntryFact[]; residencies: EntryFact[]; cards: EntryFact[] };

/**
 * Content of all databases, read by SQL while the system is settled: of the birth bundles, whose parts the agencies decide, and of
 * the payments of other dossiers.
 */
export type SystemFacts = {
  dossiers: DossierFact[];
  steps: StepFact[];
  history: HistoryFact[];
  childKeys: { key: string; dossierId: string }[];
  reservedCodes: { code: string; usedBy: string | null; isVoid: boolean }[];
  received: ReceivedFact[];
  registers: Registers;
  payments: PaymentFact[];
  /** Descriptions of entries that must be unique and are not. */
  duplicates: string[];
};

export async function readSystemFacts(harness: Pick<Harness, "sql" | "system">): Promise<SystemFacts> {
  const desk = harness.sql("one-stop");
  const deciding = [...(await proceduresByAgency()).keys()];
  const others = await partsOfOthers(desk);
  return {
    dossiers: (
      await desk<StoredFact[]>`
      select d.id, d.code, d.owner, d.idempotency_key as key, d.state, d.outcome, d.completed_at is not null as completed,
             string_to_array(d.parties, ' ') as parties, d.received_at as "receivedAt", d.marks, d.holdings, r.request from dossiers d join requests r on r.dossier_id = d.id
       where d.definition_id = 'birth'`
    ).map(unpacked),
    steps: (
      await desk<StoredStepFact[]>`
      select id, dossier_id as "dossierId", key, part, agency, state, work, result_id as "resultId", facts,
             refusal ->> 'code' as refusal from steps where dossier_id in (select id from dossiers where definition_id = 'birth')`
    ).map(({ facts, ...step }) => ({ ...step, facts: facts && (unpackJson(facts) as StepFact["facts"]) })),
    history: await readHistory(desk),
    childKeys: await desk`select key, dossier_id as "dossierId" from dossier_duplicate_keys`,
    reservedCodes: await desk`
      select code, dossier_id as "usedBy", void_at is not null as "isVoid" from reserved_codes`,
    received: (await Promise.all(deciding.map((name) => receivedBy(harness, name, others)))).flat(),
    registers: await readRegisters(harness, others),
    payments: await readPayments(harness),
    duplicates: [...(await readDuplicates(harness)), ...(await readDuplicateParts(harness))],
  };
}

async function readHistory(desk: Sql): Promise<HistoryFact[]> {
  const rows = await desk<{ dossierId: string; entries: Uint8Array }[]>`
    select dossier_id as "dossierId", entries from history
     where dossier_id in (select id from dossiers where definition_id = 'birth') order by id`;
  return rows.flatMap(({ dossierId, entries }) =>
    (unpackJson(entries) as StoredEntry[]).map(([stepKey, state, , note]) => ({ dossierId, stepKey, state, note })),
  );
}

type StoredStepFact = Omit<StepFact, "facts"> & { facts: Uint8Array | null };

type StoredFact = Omit<DossierFact, "request" | "holdings"> & { request: Uint8Array; holdings: Uint8Array };

function unpacked({ request, holdings, ...fact }: StoredFact): DossierFact {
  // the query selects dossiers of births alone
  return { ...fact, request: unpackJson(request) as BirthRequest, holdings: unpackHoldings(holdings) };
}

async function receivedBy(
  harness: Pick<Harness, "sql">,
  name: SubgraphName,
  others: ReadonlySet<string>,
): Promise<ReceivedFact[]> {
  const rows = await harness.sql(name)<Omit<ReceivedFact, "agency">[]>`
    select part_id as "partId", dossier, state, result_id as "resultId" from received_parts`;
  return rows.filter(({ partId }) => !others.has(partId)).map((row) => ({ ...row, agency: subgraph(name).agency }));
}

/** Parts of other dossiers than births. */
async function partsOfOthers(desk: Sql): Promise<ReadonlySet<string>> {
  const rows = await desk<{ id: string }[]>`
    select s.id from steps s join dossiers d on d.id = s.dossier_id where d.definition_id <> 'birth'`;
  return new Set(rows.map(({ id }) => id));
}

async function readRegisters({ sql }: Pick<Harness, "sql">, others: ReadonlySet<string>): Promise<Registers> {
  const registers: Registers = {
    births: await sql("civil-status")`
      select b.id, b.part_id as "partId", b.dossier, b.citizen_id as "citizenId",
             (select v.personal_id from birth_versions v where v.birth_id = b.id order by v.version desc limit 1) as "personalId"
        from births b where b.part_id is not null`,
    persons: await sql("residence")`
      select id, part_id as "partId", dossier, id as "citizenId", personal_id as "personalId"
        from persons where part_id is not null`,
    residencies: await sql("residence")`
      select r.id, r.part_id as "partId", r.dossier, p.id as "citizenId", p.personal_id as "personalId"
        from residencies r join persons p on p.id = r.person_id where r.part_id is not null`,
    cards: await sql("health-insurance")`
      select id, part_id as "partId", dossier, null as "citizenId", personal_id as "personalId"
        from cards where part_id is not null`,
  };
  const ofBirths = (entries: EntryFact[]) => entries.filter(({ partId }) => !others.has(partId));
  const { births, persons, residencies, cards } = registers;
  return {
    births: ofBirths(births),
    persons: ofBirths(persons),
    residencies: ofBirths(residencies),
    cards: ofBirths(cards),
  };
}

/** Entries of an agency that share one part, found by the column `part_id` of its tables. */
async function readDuplicateParts({ sql }: Pick<Harness, "sql">): Promise<string[]> {
  const doubled: string[] = [];
  for (const name of (await proceduresByAgency()).keys()) {
    const tables = await sql(name)<{ table: string }[]>`
      select table_name as table from information_schema.columns
       where table_schema = 'public' and column_name = 'part_id' and table_name <> 'received_parts'`;
    for (const { table } of tables) {
      const rows = await sql(name)<{ part: string; times: number }[]>`
        select part_id as part, count(*)::int as times from ${sql(name)(table)}
         where part_id is not null group by part_id having count(*) > 1`;
      doubled.push(...rows.map(({ part, times }) => `${times} ${table} of the part ${part}`));
    }
  }
  return doubled;
}

/** Duplicates, counted by queries, because a constraint may be missing. */
async function readDuplicates({ sql }: Pick<Harness, "sql">): Promise<string[]> {
  const found = async (db: Sql, what: string, table: string, columns: string) => {
    const rows = await db.unsafe<{ which: string; times: number }[]>(
      `select row(${columns})::text as which, count(*)::int as times from ${table}
        where (${columns}) is not null group by ${columns} having count(*) > 1`,
    );
    return rows.map(({ which, times }) => `${times} ${what} ${which}`);
  };
  const [civil, residence, insurance, desk] = [
    sql("civil-status"),
    sql("residence"),
    sql("health-insurance"),
    sql("one-stop"),
  ];
  const doubles = await Promise.all([
    found(civil, "births with the notice", "births", "birth_notice"),
    found(civil, "births of mother, day and order", "births", "mother_key, date_of_birth, birth_order"),
    found(civil, "birth numbers", "birth_numbers", "commune, year, number"),
    found(residence, "persons with the number", "persons", "personal_id"),
    found(residence, "residencies of the person", "residencies", "person_id"),
    found(insurance, "cards of the number", "cards", "personal_id"),
    found(desk, "dossiers of owner and key", "dossiers", "owner, idempotency_key"),
    found(desk, "dossiers with the code", "dossiers", "code"),
  ]);
  return doubles.flat();
}

/** Steps by dossier. */
export function stepsByDossier({ steps }: Pick<SystemFacts, "steps">): Map<string, StepFact[]> {
  const grouped = new Map<string, StepFact[]>();
  for (const step of steps) {
    const known = grouped.get(step.dossierId);
    if (known) known.push(step);
    else grouped.set(step.dossierId, [step]);
  }
  return grouped;
}
