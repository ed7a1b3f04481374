import type postgres from "postgres";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { writtenDay } from "../../_shared/reference/written-day.ts";
import { explainDue } from "../clock/due.ts";
import type { ClockRules } from "../clock/rules.ts";
import { assumeAnswerAt, awaitUntil } from "../clock/stored-clock.ts";
import { supplementRule } from "../clock/terms.ts";
import type { LiveDossier, StoredStep } from "../saga/dossier.ts";
import { redated } from "../saga/redating.ts";
import { packEntries } from "../saga/stored-history.ts";
import { nextDeadline } from "./deadlines.ts";

/**
 * Dates a running dossier by other rules. A new due date stands in the history with its reason. Leases of the steps stay.
 * @returns false if another writer came first
 */
export async function dateAgain(
  sql: postgres.Sql,
  before: LiveDossier,
  rules: ClockRules,
  now: Date,
): Promise<boolean> {
  const dossier = withAnswerTerms(before, rules);
  return sql.begin(async (transaction) => {
    const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
    const dueAt = await writeDates(tx, dossier, rules, now);
    if (dueAt === null) return false;
    if (dueAt.getTime() === before.dueAt.getTime()) return true;
    const [change] = await tx<{ role: string; reason: string }[]>`
      select role, reason from clock_rule_changes order by id desc limit 1`;
    const days = [before.dueAt, dueAt].map((at) => writtenDay(legalDayOf(at)));
    const note = `Hạn trả kết quả chuyển từ ${days[0]} sang ${days[1]}: ${change?.reason ?? "theo lịch làm việc mới"}`;
    const entry = { stepKey: null, state: dossier.state, actor: change?.role ?? "ONE_STOP", note };
    await tx`insert into history (dossier_id, at, entries) values (${dossier.id}, ${now}, ${packEntries([entry])})`;
    await tx`update dossiers set updated_at = ${now} where id = ${dossier.id}`;
    return true;
  });
}

/**
 * Dates a dossier whose citizen is awaited without a term as if the answer came now. Nothing stands in the history: the clock
 * has stood still, and only the assumption has moved.
 */
export async function assumeAnswerNow(
  sql: postgres.Sql,
  dossier: LiveDossier,
  rules: ClockRules,
  now: Date,
): Promise<void> {
  const steps = dossier.steps.map((step) => ({ ...step, clock: assumeAnswerAt(step.clock, now) }));
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
    await writeDates(tx, { ...dossier, steps, clock: assumeAnswerAt(dossier.clock, now) }, rules, now);
  });
}

/**
 * Writes the clocks of a dossier and the due dates that follow from them.
 * @returns the dossier's due date, or null if another writer came first
 */
async function writeDates(tx: postgres.Sql, dossier: LiveDossier, rules: ClockRules, now: Date): Promise<Date | null> {
  const due = redated(dossier, rules);
  const dated: LiveDossier = { ...dossier, dueAt: due.dossier, rulesRevision: rules.revision };
  const dueAt = new Map(due.steps.map((step) => [step.key, step.dueAt]));
  const written = await tx`
    update dossiers set revision = revision + 1, due_at = ${due.dossier}, rules_revision = ${rules.revision},
           clock = ${dated.clock && tx.json(dated.clock as never)}, deadline_at = ${nextDeadline(dated, rules, now, false)}
     where id = ${dossier.id} and revision = ${dossier.revision} returning id`;
  if (written.length === 0) return null;
  for (const { id, key, supplement, clock, ...step } of dated.steps) {
    await tx`
      update steps set due_at = ${dueAt.get(key) ?? step.dueAt}, clock = ${clock && tx.json(clock as never)},
             supplement = ${supplement && tx.json(supplement as never)} where id = ${id}`;
  }
  return due.dossier;
}

/** The dossier with the citizen's terms to answer counted by the rules. A term to pay or to confirm a draft certificate stays. */
function withAnswerTerms(dossier: LiveDossier, rules: ClockRules): LiveDossier {
  if (dossier.state === "AWAITING_PAYMENT" || dossier.certificate?.state === "AWAITED") return dossier;
  const steps = dossier.steps.map((step) => withAnswerTerm(step, dossier, rules));
  const ends = steps.flatMap(({ state, supplement }) =>
    state === "SUPPLEMENT_NEEDED" && supplement?.dueAt ? [supplement.dueAt] : [],
  );
  return { ...dossier, steps, clock: awaitUntil(dossier.clock, ends.sort().at(-1) ?? null) };
}

function withAnswerTerm(step: StoredStep, { definition, office }: LiveDossier, rules: ClockRules): StoredStep {
  const { state, supplement } = step;
  if (state !== "SUPPLEMENT_NEEDED" || !supplement?.dueAt) return step;
  const receivedAt = new Date(supplement.requestedAt);
  const { term } = supplementRule(definition.domain, legalDayOf(receivedAt), rules.supplementRules);
  if (!term) return step; // a term that was given stays
  const calendar = rules.calendarAt({ agency: step.agency, office });
  const dueAt = explainDue({ receivedAt, term, cutoff: null, calendar }).dueAt?.toISOString() ?? supplement.dueAt;
  return { ...step, supplement: { ...supplement, dueAt }, clock: awaitUntil(step.clock, dueAt) };
}
