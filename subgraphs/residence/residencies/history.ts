import { and, desc, eq, lt, lte, type SQL } from "drizzle-orm";
import * as z from "zod";
import { DESK_SERVICE } from "../../_shared/identity/caller.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { cursorNumber, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { keyOf } from "../acts/history.ts";
import { currentHousehold } from "../current.ts";
import { householdOf } from "../households/household-of.ts";
import { householdColumns, type ResidenceContext } from "../loaders.ts";
import { households, householdVersions, persons, residencies, residencyVersions } from "../tables.ts";
import type { Citizen } from "../types.ts";
import type { ResidencePeriod, ResidencePeriodConnection } from "./types.ts";

const versionCursor = z.tuple([cursorNumber]);
type VersionRow = Awaited<ReturnType<typeof versionsWhere>>[number];

/** A page of the versions of a person's permanent residence, the newest first. */
export async function residenceHistory(
  ctx: ResidenceContext,
  citizen: Citizen,
  first: number,
  after: string | null,
): Promise<ResidencePeriodConnection> {
  const size = pageSize(first);
  const older = after ? lt(residencyVersions.version, decodeCursor(after, versionCursor)[0]) : undefined;
  const rows = await versionsWhere(ctx, and(keyOf(citizen), older), size + 1);
  const { nodes, pageInfo } = pageOf(rows, size, ({ version }) => [version.version]);
  return { nodes: nodes.map(periodOf), pageInfo };
}

/** Permanent residence at the end of a day, as the register knows it now; null if there was none. */
export async function residenceOnDay(
  ctx: ResidenceContext,
  citizen: Citizen,
  on: LegalDay,
): Promise<ResidencePeriod | null> {
  const [row] = await versionsWhere(ctx, and(keyOf(citizen), lte(residencyVersions.validFrom, on)), 1);
  return row && row.version.validTo === null ? periodOf(row) : null;
}

async function versionsWhere({ db, access }: ResidenceContext, which: SQL | undefined, most: number) {
  const rows = await db
    .select({
      personalId: persons.personalId,
      dossier: residencies.dossier,
      version: residencyVersions,
      household: householdColumns,
    })
    .from(persons)
    .innerJoin(residencies, eq(residencies.personId, persons.id))
    .innerJoin(residencyVersions, eq(residencyVersions.residencyId, residencies.id))
    .innerJoin(households, eq(households.id, residencyVersions.householdId))
    .innerJoin(householdVersions, and(eq(householdVersions.householdId, households.id), currentHousehold))
    .where(which)
    .orderBy(desc(residencyVersions.version))
    .limit(most);
  const [first] = rows;
  if (first) access.read(first.personalId, first.dossier);
  return rows;
}

/** The author and the ground of an entry that came by a dossier in the usual way are not stored: see `enteredFor`. */
function periodOf({ version, household, dossier }: VersionRow): ResidencePeriod {
  const { residencyId, version: number, validFrom, registeredOn, relationToHead, strikeOff, recordedAt } = version;
  return {
    ...{ id: `${residencyId}@${number}`, validFrom, registeredOn, relationToHead, strikeOff, recordedAt },
    ...{ household: householdOf(household), recordedBy: version.recordedBy ?? DESK_SERVICE },
    ground: version.ground ?? dossier,
  };
}
