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

/** Full recount of all dossiers, written apart from the code that counts change by change. */
export async function recount(sql: postgres.Sql): Promise<{ rates: Counts; handled: Counts }> {
  const sums = new Map<string, [denominator: number, numerator: number]>();
  const handled = new Map<string, number>();
  for (const dossier of await allDossiers(sql)) {
    for (const [day, code, isMet] of countedRates(dossier)) {
      const key = [dossier.office, day, code, proceduresOf(dossier), agenciesOf(dossier)].join("|");
      const [denominator, numerator] = sums.get(key) ?? [0, 0];
      sums.set(key, [denominator + 1, numerator + Number(isMet)]);
    }
    for (const step of dossier.steps.filter(({ completedAt }) => completedAt !== null)) {
      const key = handledKey(dossier, step);
      handled.set(key, (handled.get(key) ?? 0) + 1);
    }
  }
  const shown = <T>(counts: Map<string, T>) => new Map([...counts].map(([key, value]) => [key, String(value)]));
  return { rates: shown(sums), handled: shown(handled) };
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
    select id, office, procedure_code as procedure, channel, paper_traits as traits, state, outcome, received_at as "receivedAt",
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
export async function counted(sql: postgres.Sql): Promise<{ rates: Counts; handled: Counts }> {
  const rates = await sql<{ key: string; value: string }[]>`
    select concat_ws('|', office, day, code, procedures, agencies) as key, denominator || ',' || numerator as value
      from figures where denominator <> 0 or numerator <> 0`;
  const handled = await sql<{ key: string; value: string }[]>`
    select concat_ws('|', office, day, agency, procedure, step_key, dossier_procedure, officer, minutes) as key, parts::text as value
      from handled_parts`;
  const mapOf = (rows: readonly { key: string; value: string }[]) =>
    new Map(rows.map(({ key, value }) => [key, value]));
  return { rates: mapOf(rates), handled: mapOf(handled) };
}
