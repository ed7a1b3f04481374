import { desc, inArray, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import * as z from "zod";
import { type LegalDay, startOfDay } from "../../_shared/reference/days.ts";
import { cursorInstant, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import type { OneStopContext } from "../loaders.ts";
import { MOST_COUNTED_ROWS, totalOf } from "../paging/counting.ts";
import { dossiersWithin } from "../supervision/scope.ts";
import { dossiers } from "../tables.ts";
import type { PeriodOfScope, RateFigure, Receipts } from "./rate-figure.ts";
import type { CountedEvent, RateRule } from "./rate-rules.ts";

const cursor = z.tuple([cursorInstant, z.uuid()]);
/** Dossiers under the name that the rules of the rates give them. */
const d = alias(dossiers, "d");
const begin = (day: LegalDay) => sql`${startOfDay(day).toISOString()}::timestamptz`;

/**
 * Page of the dossiers that a rate counts, the newest first; those that meet it, or that do not, by `met`. They are found by their
 * receipts, those completed in the period among the completed ones alone.
 */
export async function dossiersBehind(
  ctx: OneStopContext,
  { rule, of, receipts, numerator, denominator }: RateFigure,
  { first, after, met }: { first: number; after: string | null; met: boolean | null },
) {
  const all = met === null ? denominator : met ? numerator : denominator - numerator;
  // with the last of them found, the search need not go on to the oldest dossier
  const wanted = after === null ? Math.min(pageSize(first) + 1, all) : pageSize(first) + 1;
  const found = sql`(
    select d.id from dossiers d ${joinOf(rule.event, of)}
     where ${dossiersWithin(of.scope, d)} and ${receivedWithin(receipts, of)} and ${eventWithin(rule.event, of)}
       and (${sql.raw(rule.counted)}) ${metCondition(rule, met)} ${following(after)}
     order by d.received_at desc, d.id desc limit ${wanted})`;
  const newest = [desc(dossiers.receivedAt), desc(dossiers.id)];
  const rows =
    wanted === 0
      ? []
      : await ctx.db
          .select()
          .from(dossiers)
          .where(inArray(dossiers.id, found))
          .orderBy(...newest);
  const total = totalOf(Math.min(all, MOST_COUNTED_ROWS));
  return { ...pageOf(rows, pageSize(first), (row) => [row.receivedAt.getTime(), row.id]), total: async () => total };
}

/** Rated dossiers of a scope and period: id, day of the first rating, and average. */
export function ratedDossiers({ scope, from, end }: PeriodOfScope): SQL {
  return sql`
    select f.dossier_id, min((f.given_at at time zone 'Asia/Ho_Chi_Minh')::date) as day, avg(f.rating) as average
      from feedback f join dossiers d on d.id = f.dossier_id
     where f.rating is not null and f.given_at >= ${begin(from)} and f.given_at < ${begin(end)} and ${dossiersWithin(scope, d)}
     group by f.dossier_id`;
}

function receivedWithin(receipts: Receipts | null, { end }: PeriodOfScope): SQL {
  if (!receipts) return sql`d.received_at < ${begin(end)}`;
  const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;
  return sql`d.received_at between ${at(receipts.earliest)} and ${at(receipts.latest)}`;
}

function joinOf(event: CountedEvent, of: PeriodOfScope): SQL {
  if (event === "PAID") return sql`join payments p on p.dossier_id = d.id`;
  return event === "RATED" ? sql`join (${ratedDossiers(of)}) f on f.dossier_id = d.id` : sql``;
}

function eventWithin(event: CountedEvent, { from, end }: PeriodOfScope): SQL {
  const within = (at: SQL) => sql`${at} >= ${begin(from)} and ${at} < ${begin(end)}`;
  switch (event) {
    case "RECEIVED":
      return within(sql`d.received_at`);
    case "COMPLETED":
      return sql`d.state in ('COMPLETED', 'RETURNED') and ${within(sql`d.completed_at`)}`;
    case "PAID":
      return sql`p.state in ('PAID', 'REFUND_DUE', 'REFUNDED') and ${within(sql`p.paid_at`)}`;
    case "RATED":
      return sql`true`;
  }
}

function metCondition({ met }: RateRule, wanted: boolean | null): SQL {
  return wanted === null ? sql`` : sql`and (${sql.raw(met)}) is ${wanted ? sql`true` : sql`not true`}`;
}

function following(after: string | null): SQL {
  if (!after) return sql``;
  const [at, id] = decodeCursor(after, cursor);
  return sql`and (d.received_at, d.id) < (${new Date(at).toISOString()}::timestamptz, ${id}::uuid)`;
}
