import { and, between, eq, gt, type SQL, sql } from "drizzle-orm";
import { addDays, daysBetween, type LegalDay } from "../../_shared/reference/days.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import type { OneStopContext } from "../loaders.ts";
import type { Scope } from "../supervision/scope.ts";
import { countedChanges } from "./counted-changes.ts";
import { ratedDossiers } from "./dossiers-behind.ts";
import type { PeriodOfScope, RateFigure, Receipts } from "./rate-figure.ts";
import { RATE_RULES, type RateRule } from "./rate-rules.ts";
import { figures, provinceFigures } from "./tables.ts";

const LONGEST_PERIOD_DAYS = 400;
/** Periods up to this length have a point for each day, longer ones for each month. */
const LONGEST_BY_DAY = 62;

/** @throws BAD_USER_INPUT unless the period runs from a day to the same or a later one, at most 400 days */
export function periodOf(scope: Scope, from: LegalDay, to: LegalDay): PeriodOfScope {
  const days = daysBetween(from, to);
  if (days < 0 || days > LONGEST_PERIOD_DAYS)
    throw badUserInput(`to must be at or after from, at most ${LONGEST_PERIOD_DAYS} days later`, "to");
  return { scope, from, end: addDays(to, 1), byMonth: days > LONGEST_BY_DAY };
}

/** All rates of a scope and period. */
export async function ratesOfPeriod(ctx: OneStopContext, of: PeriodOfScope): Promise<RateFigure[]> {
  const isCurrent = await countedChanges(ctx);
  const [counted, rated] = await Promise.all([countedPoints(ctx, of), ratedPoints(ctx, of)]);
  const all = [...counted, ...rated];
  return RATE_RULES.map((rule) => {
    const own = all.filter(({ code }) => code === rule.code);
    const points = own.map(({ day, numerator, denominator }) => ({ day, numerator, denominator }));
    const sum = (of: "numerator" | "denominator") => points.reduce((total, point) => total + point[of], 0);
    const figure = { rule, numerator: sum("numerator"), denominator: sum("denominator"), points };
    return { ...figure, receipts: receiptsOf(own), isCurrent, of };
  });
}

type Counted = { code: string; day: string; numerator: number; denominator: number } & Partial<Receipts>;

function receiptsOf(counted: readonly Counted[]): Receipts | null {
  const known = counted.flatMap(({ earliest, latest }) => (earliest && latest ? { earliest, latest } : []));
  if (known.length === 0) return null;
  return {
    earliest: Math.min(...known.map(({ earliest }) => earliest)),
    latest: Math.max(...known.map(({ latest }) => latest)),
  };
}

/** Counts of a scope by rate and day, or month. */
export async function countedPoints(
  { db }: OneStopContext,
  { scope, from, end, byMonth }: PeriodOfScope,
): Promise<Counted[]> {
  const { place, agency, procedure } = scope;
  const [counts, here] =
    "office" in place
      ? ([figures, eq(figures.office, place.office)] as const)
      : ([provinceFigures, eq(provinceFigures.province, place.province)] as const);
  const { day, procedures, agencies, code, denominator, numerator, earliestReceipt, latestReceipt } = counts;
  const among = (list: typeof procedures | typeof agencies, one: string) =>
    sql`${one} = any(string_to_array(${list}, ' '))`;
  return db
    .select({
      code,
      day: beginOf(sql`${day}`, byMonth).as("begin_day"),
      denominator: sql<number>`sum(${denominator})::int`,
      numerator: sql<number>`sum(${numerator})::int`,
      earliest: sql<number>`floor(extract(epoch from min(${earliestReceipt})) * 1000)::float8`,
      latest: sql<number>`ceil(extract(epoch from max(${latestReceipt})) * 1000)::float8`,
    })
    .from(counts)
    .where(
      and(
        here,
        between(day, from, addDays(end, -1)),
        agency ? among(agencies, agency) : undefined,
        procedure ? among(procedures, procedure) : undefined,
      ),
    )
    .groupBy(code, sql`begin_day`)
    .having(gt(sql`sum(${denominator})`, 0))
    .orderBy(code, sql`begin_day`);
}

/** Ratings, which are few, are counted where they stand. */
async function ratedPoints({ db }: OneStopContext, of: PeriodOfScope): Promise<Counted[]> {
  const rows = await db.execute<Counted>(sql`
    select 'SATISFIED' as code, ${beginOf(sql`f.day`, of.byMonth)} as day, count(*)::int as denominator,
           (count(*) filter (where ${sql.raw(metOf("SATISFIED"))}))::int as numerator
      from (${ratedDossiers(of)}) f group by 2 order by 2`);
  return [...rows];
}

function metOf(code: RateRule["code"]): string {
  return RATE_RULES.find((rule) => rule.code === code)?.met ?? "false";
}

/** First day of the point to which a day belongs, as a text. */
function beginOf(day: SQL, byMonth: boolean): SQL<string> {
  return byMonth ? sql<string>`to_char(${day}, 'YYYY-MM-01')` : sql<string>`to_char(${day}, 'YYYY-MM-DD')`;
}
