import { and, asc, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { addDays, legalDayOf, parseLegalDay } from "../../_shared/reference/days.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { peopleNumbers } from "../businesses/search.ts";
import type { BusinessContext } from "../loaders.ts";
import { liveBusinesses } from "../tables.ts";
import type { ExpiringLicenceFilter } from "./input.ts";
import { LONGEST_RENEWAL_DAYS } from "./licence-kinds.ts";
import { licenceColumns, licenceOf } from "./loaders.ts";
import { licenceRules, licences, licenceVersions, liveLicences } from "./tables.ts";
import type { LicenceConnection } from "./types.ts";

const renewalCursor = z.tuple([z.string().refine((day) => parseLegalDay(day).ok), z.uuid()]);

/** A page of the licences in force whose renewal is to be requested, the most urgent first. */
export async function expiringLicences(
  ctx: BusinessContext,
  { commune, kind, renewBy }: ExpiringLicenceFilter,
  first: number,
  after: string | null,
): Promise<LicenceConnection> {
  const size = pageSize(first);
  const today = legalDayOf(ctx.now);
  const rows = await ctx.db
    .select({ ...licenceColumns, people: peopleNumbers })
    .from(liveLicences)
    .innerJoin(licences, eq(licences.id, liveLicences.licenceId))
    .innerJoin(
      licenceVersions,
      and(eq(licenceVersions.licenceId, licences.id), eq(licenceVersions.version, liveLicences.version)),
    )
    .innerJoin(liveBusinesses, eq(liveBusinesses.businessId, liveLicences.businessId))
    .innerJoin(licenceRules, eq(licenceRules.kind, liveLicences.kind))
    .where(
      and(
        // those that are over stay in force until they are revoked: the index passes them by
        gte(liveLicences.renewBy, addDays(today, -LONGEST_RENEWAL_DAYS)),
        gte(liveLicences.expiresOn, today),
        renewBy ? lte(liveLicences.renewBy, renewBy) : windowIsOpen(today),
        commune ? eq(liveBusinesses.communeCode, commune) : undefined,
        kind ? eq(liveLicences.kind, kind) : undefined,
        after ? beyond(decodeCursor(after, renewalCursor)) : undefined,
      ),
    )
    .orderBy(asc(liveLicences.renewBy), asc(liveLicences.licenceId))
    .limit(size + 1);
  for (const { people } of rows.slice(0, size)) for (const person of people) ctx.access.read(person);
  return pageOf(
    rows.map(({ people: _, ...row }) => licenceOf(row)),
    size,
    ({ renewBy, licenceId }) => [renewBy ?? "", licenceId],
  );
}

function windowIsOpen(today: string): SQL | undefined {
  return and(
    sql`${liveLicences.renewBy} <= ${today}::date + (select max(lead_days) from licence_rules)`,
    sql`${liveLicences.renewBy} <= ${today}::date + ${licenceRules.leadDays}`,
  );
}

function beyond([day, id]: readonly [string, string]): SQL {
  return sql`(${liveLicences.renewBy}, ${liveLicences.licenceId}) > (${day}::date, ${id}::uuid)`;
}
