import { and, asc, desc, eq, lt, lte, type SQL } from "drizzle-orm";
import * as z from "zod";
import { DESK_SERVICE } from "../../_shared/identity/caller.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { cursorNumber, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { acts } from "../acts/tables.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { cards, cardVersions, careFacilities } from "../tables.ts";
import { termColumns, withFacility } from "./loaders.ts";
import type { HealthInsuranceCardVersion, HealthInsuranceCardVersionConnection } from "./types.ts";

const versionCursor = z.tuple([cursorNumber]);
type VersionRow = Awaited<ReturnType<typeof versionsWhere>>[number];

/** A page of the versions of a card, the newest first. */
export async function cardHistory(
  ctx: HealthInsuranceContext,
  id: string,
  first: number,
  after: string | null,
): Promise<HealthInsuranceCardVersionConnection> {
  const size = pageSize(first);
  const older = after ? lt(cardVersions.version, decodeCursor(after, versionCursor)[0]) : undefined;
  const rows = await versionsWhere(ctx, and(eq(cards.id, id), older))
    .orderBy(desc(cardVersions.version))
    .limit(size + 1);
  const { nodes, pageInfo } = pageOf(rows, size, ({ version }) => [version]);
  return { nodes: nodes.map(versionOf), pageInfo };
}

/**
 * State of a card at the end of a day, as the register said it then: the last version of the term that had begun, or else of the first
 * one. Null before the card's entry.
 */
export async function cardOnDay(
  ctx: HealthInsuranceContext,
  id: string,
  on: LegalDay,
): Promise<HealthInsuranceCardVersion | null> {
  const rows = await versionsWhere(ctx, and(eq(cards.id, id), lte(cardVersions.validFrom, on))).orderBy(
    asc(cardVersions.cardValidFrom),
    asc(cardVersions.version),
  );
  const closing = rows.find(({ closedOn }) => closedOn !== null);
  const shown = closing ?? rows.findLast(({ validFrom }) => validFrom <= on) ?? firstTerm(rows);
  return shown ? versionOf(shown) : null;
}

function firstTerm(rows: readonly VersionRow[]): VersionRow | undefined {
  return rows.findLast(({ validFrom }) => validFrom === rows[0]?.validFrom);
}

function versionsWhere({ db }: HealthInsuranceContext, which: SQL | undefined) {
  const { version, validFrom, recordedAt, recordedBy, ground } = cardVersions;
  return db
    .select({
      ...{ cardId: cards.id, dossier: cards.dossier, version, effectiveOn: validFrom, recordedAt, recordedBy, ground },
      ...{ ...termColumns, act: acts.kind },
    })
    .from(cards)
    .innerJoin(cardVersions, eq(cardVersions.cardId, cards.id))
    .innerJoin(careFacilities, eq(careFacilities.code, cardVersions.facilityCode))
    .leftJoin(acts, eq(acts.id, cardVersions.actId))
    .where(which);
}

/** A version for clients: author and ground are stored only where they are not the usual ones, see `enteredFor`. */
function versionOf({ cardId, dossier, version, ...row }: VersionRow): HealthInsuranceCardVersion {
  const [recordedBy, ground] = [row.recordedBy ?? DESK_SERVICE, row.ground ?? dossier];
  return { ...withFacility(row), id: `${cardId}.${version}`, recordedBy, ground };
}
