import type postgres from "postgres";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { nationalCalendar } from "../../../subgraphs/one-stop/clock/calendar.ts";
import { workingMinutesBetween } from "../../../subgraphs/one-stop/clock/working-minutes.ts";

type Step = {
  office: string;
  agency: string;
  procedure: string;
  key: string;
  state: string;
  releasedAt: Date;
  completedAt: Date | null;
  hasResult: boolean;
  decidedBy: string | null;
  suspendedFrom: string | null;
};
type Dossier = {
  id: string;
  office: string;
  province: string;
  procedure: string;
  channel: string;
  traits: number;
  state: string;
  outcome: string | null;
  receivedAt: Date;
  completedAt: Date | null;
  dueAt: Date;
  payment: { state: string; method: string; paidAt: Date } | null;
  steps: Step[];
};

/** Counts by their key, as texts that are easy to compare. */
export type Counts = Map<string, string>;

/** Counts of the rates by office and by province, and of the decided parts. */
type AllCounts = { rates: Counts; provinces: Counts; handled: Counts };

/** Full recount of all dossiers, written apart from the code that counts change by change. */
export async function recount(sql: postgres.Sql): Promise<AllCounts> {
  const sums = { rates: new Map<string, [number, number]>(), provinces: new Map<string, [number, number]>() };
  const handled = new Map<string, number>();
  for (const dossier of await allDossiers(sql)) {
    for (const [day, code, isMet] of countedRates(dossier)) {
      const kind = [day, code, proceduresOf(dossier), agenciesOf(dossier)];
      add(sums.rates, [dossier.office, ...kind].join("|"), isMet);
      add(sums.provinces, [dossier.province, ...kind].join("|"), isMet);
    }
    for (const step of dossier.steps.filter(({ completedAt }) => completedAt !== null)) {
      const key = handledKey(dossier, step);
      handled.set(key, (handled.get(key) ?? 0) + 1);
    }
  }
  const shown = <T>(counts: Map<string, T>) => new Map([...counts].map(([key, value]) => [key, String(value)]));
  return { rates: shown(sums.rates), provinces: shown(sums.provinces), handled: shown(handled) };
}

function add(sums: Map<string, [denominator: number, numerator: number]>, key: string, isMet: boolean): void {
  const [denominator, numerator] = sums.get(key) ?? [0, 0];
  sums.set(key, [denominator + 1, numerator + Number(isMet)]);
}

/** Dossiers that were received before or after the instants that their counts tell, with the key of the count. */
export async function receivedOutside(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ key: string; earliest: Date; latest: Date }[]>`
    select concat_ws('|', office, day, code, procedures, agencies) as key, earliest_receipt as earliest, latest_receipt as latest from figures
    union all
    select concat_ws('|', province, day, code, procedures, agencies), earliest_receipt, latest_receipt from province_figures`;
  const bounds = new Map(rows.map((row) => [row.key, row]));
  const outside: string[] = [];
  for (const dossier of await allDossiers(sql))
    for (const [day, code] of countedRates(dossier))
      for (const place of [dossier.office, dossier.province]) {
        const key = [place, day, code, proceduresOf(dossier), agenciesOf(dossier)].join("|");
        const { earliest, latest } = bounds.get(key) ?? {};
        const isWithin = earliest && latest && dossier.receivedAt >= earliest && dossier.receivedAt <= latest;
        if (!isWithin) outside.push(`${dossier.id} ${key}`);
      }
  return outside;
}

function* countedRates(dossier: Dossier): Generator<[day: string, code: string, isMet: boolean]> {
  const { traits, channel, state, payment, completedAt, dueAt, outcome, steps } = dossier;
  const received = legalDayOf(dossier.receivedAt);
  yield [received, "ONLINE", channel === "ONLINE"];
  if (traits % 2 === 1) yield [received, "DIGITISED", Math.floor(traits / 2) % 2 === 1];
  if (Math.floor(traits / 4) % 2 === 1) yield [received, "REUSED", traits >= 8];
  if (payment && ["PAID", "REFUND_DUE", "REFUNDED"].includes(payment.state))
    yield [legalDayOf(payment.paidAt), "PAID_ONLINE", payment.method === "ELECTRONIC"];
  if (!completedAt || !["COMPLETED", "RETURNED"].includes(state)) return;
  yield [legalDayOf(completedAt), "ON_TIME", completedAt <= dueAt];
  const granted = steps.filter((step) => step.state === "GRANTED");
  if (outcome !== "REFUSED")
    yield [legalDayOf(completedAt), "ELECTRONIC_RESULTS", granted.every((step) => step.hasResult)];
}

const proceduresOf = ({ procedure, steps }: Dossier) =>
  [procedure, ...[...new Set(steps.map((step) => step.procedure))].sort()].join(" ");
const agenciesOf = ({ steps }: Dossier) => [...new Set(steps.map(({ agency }) => agency))].sort().join(" ");

function handledKey({ procedure }: Dossier, step: Step): string {
  const completedAt = step.completedAt ?? new Date(0);
  const calendar = nationalCalendar();
  const waited = step.suspendedFrom ? workingMinutesBetween(new Date(step.suspendedFrom), completedAt, calendar) : 0;
  const minutes = Math.max(0, workingMinutesBetween(step.releasedAt, completedAt, calendar) - waited);
  return [
    step.office,
    legalDayOf(completedAt),
    step.agency,
    step.procedure,
    step.key,
    procedure,
    step.decidedBy,
    minutes,
  ].join("|");
}

async function allDossiers(sql: postgres.Sql): Promise<Dossier[]> {
  const dossiers = await sql<Dossier[]>`
    select id, office, province, procedure_code as procedure, channel, paper_traits as traits, state, outcome, received_at as "receivedAt",
           completed_at as "completedAt", due_at as "dueAt"
      from dossiers d where exists (select from history h where h.dossier_id = d.id)`;
  const steps = await sql<(Step & { dossier: string })[]>`
    select dossier_id as dossier, office, agency, procedure, key, state, released_at as "releasedAt", completed_at as "completedAt",
           result_id is not null as "hasResult", decided_by as "decidedBy", clock->'suspensions'->0->>'from' as "suspendedFrom" from steps`;
  const payments = await sql<(NonNullable<Dossier["payment"]> & { dossier: string })[]>`
    select dossier_id as dossier, state, payment_method as method, paid_at as "paidAt" from payments`;
  return dossiers.map((dossier) => ({
    ...dossier,
    steps: steps.filter((step) => step.dossier === dossier.id),
    payment: payments.find((payment) => payment.dossier === dossier.id) ?? null,
  }));
}

/** Counts of the consumer of the stream. */
export async function counted(sql: postgres.Sql): Promise<AllCounts> {
  const rates = await sql<{ key: string; value: string }[]>`
    select concat_ws('|', office, day, code, procedures, agencies) as key, denominator || ',' || numerator as value
      from figures where denominator <> 0 or numerator <> 0`;
  const provinces = await sql<{ key: string; value: string }[]>`
    select concat_ws('|', province, day, code, procedures, agencies) as key, denominator || ',' || numerator as value
      from province_figures where denominator <> 0 or numerator <> 0`;
  const handled = await sql<{ key: string; value: string }[]>`
    select concat_ws('|', office, day, agency, procedure, step_key, dossier_procedure, officer, minutes) as key, parts::text as value
      from handled_parts`;
  const mapOf = (rows: readonly { key: string; value: string }[]) =>
    new Map(rows.map(({ key, value }) => [key, value]));
  return { rates: mapOf(rates), provinces: mapOf(provinces), handled: mapOf(handled) };
}
