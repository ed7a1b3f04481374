import { or, type SQL, sql } from "drizzle-orm";
import { endOfDay, legalDayOf } from "../../_shared/reference/days.ts";
import { dossiers, IS_OPEN_PART, lateWhenStopped, steps } from "../tables.ts";
import { openWorkTime } from "./tables.ts";

const DAY_MS = 86_400_000;

/** What parts are counted by, and then the numbers. */
export const CELL = sql.raw("office, agency, procedure, step_key, dossier_procedure, officer, officer_name");
export const NUMBERS = sql.raw("open, late, at_risk, due_today");

/** Business times by which a part is late, at risk or due today. */
type Times = Record<"at" | "soon" | "dayEnd", SQL>;

const COUNTED: Times = {
  at: sql`(select ${openWorkTime.at} from ${openWorkTime})`,
  soon: sql`(select ${openWorkTime.soon} from ${openWorkTime})`,
  dayEnd: sql`(select ${openWorkTime.dayEnd} from ${openWorkTime})`,
};

/** Times of `now`, as parameters. */
export function timesOf(now: Date): Times {
  const instant = (value: Date) => sql`${value.toISOString()}::timestamptz`;
  return {
    at: instant(now),
    soon: instant(new Date(now.getTime() + DAY_MS)),
    dayEnd: instant(endOfDay(legalDayOf(now))),
  };
}

/** Rows that, with the counts, give those at other times: of the changes, and of the parts on which the passing time has an effect. */
export function differences(changes: SQL, now: Times): SQL {
  const of = (column: keyof typeof CONDITIONS, at: Times) => sql`coalesce((${CONDITIONS[column](at)})::int, 0)`;
  const since = (column: keyof typeof CONDITIONS) => sql`${of(column, now)} - ${of(column, COUNTED)}`;
  return sql`
    select ${CELL}, parts, parts * ${of("late", COUNTED)}, parts * ${of("atRisk", COUNTED)}, parts * ${of("dueToday", COUNTED)}
      from ${changes}
    union all
    select ${CELL}, 0, ${since("late")}, ${since("atRisk")}, ${since("dueToday")} from (${passedParts(now)}) passed`;
}

const CONDITIONS = {
  late: ({ at }: Times) => sql`late_after < ${at}`,
  atRisk: ({ at, soon }: Times) => sql`is_running and late_after > ${at} and late_after < ${soon}`,
  dueToday: ({ at, dayEnd }: Times) => sql`is_running and late_after between ${at} and ${dayEnd}`,
};

/** Open parts whose due date is between the counts' times and the others. They are looked for by date alone, and are few. */
function passedParts(now: Times): SQL {
  const passed = (["at", "soon", "dayEnd"] as const).map((time) => {
    const [first, last] = ["least", "greatest"].map((end) => sql`${sql.raw(end)}(${COUNTED[time]}, ${now[time]})`);
    // many parts are due at the end of the day, which is the same nearly always: none of them has passed then
    return sql`${steps.dueAt} ${sql.raw(time === "dayEnd" ? ">" : ">=")} ${first} and ${steps.dueAt} <= ${last}`;
  });
  return sql`
    select ${steps.office}, ${steps.agency}, ${steps.procedure}, ${steps.key} as step_key, ${dossiers.procedureCode} as dossier_procedure,
           coalesce(${steps.claimedBy}, '') as officer, coalesce(${steps.claimedName}, '') as officer_name,
           ${steps.state} = 'PROCESSING' as is_running,
           case when ${steps.state} = 'PROCESSING' or ${lateWhenStopped(steps)} then ${steps.dueAt} end as late_after
      from ${steps} join ${dossiers} on ${dossiers.id} = ${steps.dossierId}
     where ${IS_OPEN_PART} and ${or(...passed)}
    offset 0`; // without which the conditions of a scope would make PostgreSQL read all open parts of its offices
}
