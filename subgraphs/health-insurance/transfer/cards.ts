import { and, asc, eq, gt, inArray, or, type SQL, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { soundOf } from "../../_shared/reference/name-likeness.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import { latestVersion } from "../../_shared/registers/latest-version.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Candidate, Origin, TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { facilityNotListed } from "../facilities/errors.ts";
import { insuredGroups } from "../groups/tables.ts";
import { cards, cardVersions, careFacilities } from "../tables.ts";
import { CARD_COLUMNS, type CardRow, readCard } from "./card-record.ts";
import { groupNotListed, holderHasOtherCard, insuranceNumberTaken } from "./errors.ts";

/** Cards in the version in force, each with its last term and the number of it. */
export const cardRecords: TransferKind<CardRow> = {
  name: "CARD",
  columns: CARD_COLUMNS,
  keyColumns: ["number"],
  citizensOf: ({ personalId }) => [personalId],
  async page(tx, after, size) {
    const heads = await tx
      .select({ id: cards.id, personalId: cards.personalId })
      .from(cards)
      .where(after === null ? undefined : gt(cards.personalId, after))
      .orderBy(asc(cards.personalId))
      .limit(size);
    const ids = heads.map(({ id }) => id);
    const next = heads.length < size ? null : (heads.at(-1)?.personalId ?? null);
    return { rows: ids.length === 0 ? [] : await storedCards(tx, inArray(cards.id, ids)), next };
  },
  importing: {
    changed: ["cards.*", "card_versions.*"],
    read: readCard,
    keyOf: ({ number }) => number,
    stored: (tx, keys) => storedCards(tx, inArray(cards.insuranceNumber, keys.map(insuranceNumberOf))),
    examine: examineCards,
    enter: enterCards,
  },
};

const insuranceNumberOf = (number: string) => number.slice(5);

function storedCards(tx: Tx, where: SQL): Promise<CardRow[]> {
  return tx
    .select({
      number: sql<string>`coalesce(${cardVersions.number}, ${cards.number})`,
      ...{ personalId: cards.personalId, guardians: cards.guardians },
      ...{ holderName: cardVersions.holderName, holderDateOfBirth: cardVersions.holderDateOfBirth },
      ...{ facility: cardVersions.facilityCode, validFrom: cardVersions.cardValidFrom },
      ...{ validTo: cardVersions.cardValidTo, closedOn: cardVersions.closedOn },
    })
    .from(cards)
    .innerJoin(
      cardVersions,
      and(eq(cardVersions.cardId, cards.id), latestVersion(cardVersions.version, cardVersions.cardId, cards.id)),
    )
    .where(where)
    .orderBy(asc(cards.personalId));
}

/** Adds a problem for an unknown facility or group, a holder with another card, and an insurance number that is another person's. */
async function examineCards(tx: Tx, candidates: readonly Candidate<CardRow>[]): Promise<void> {
  if (candidates.length === 0) return;
  const rows = candidates.map(({ row }) => row);
  const facilitiesFound = await tx
    .select({ code: careFacilities.code })
    .from(careFacilities)
    .where(inArray(careFacilities.code, [...new Set(rows.map(({ facility }) => facility))]));
  const facilities = new Set(facilitiesFound.map(({ code }) => code));
  const taken = await tx
    .select({ number: cards.number, personalId: cards.personalId })
    .from(cards)
    .where(
      or(
        inArray(
          cards.personalId,
          rows.map(({ personalId }) => personalId),
        ),
        inArray(
          cards.insuranceNumber,
          rows.map(({ number }) => insuranceNumberOf(number)),
        ),
      ),
    );
  const groups = await tx.select({ code: insuredGroups.code, benefit: insuredGroups.benefit }).from(insuredGroups);
  const known = new Set(groups.map(({ code, benefit }) => `${code}${benefit}`));
  const held = new Set(taken.map(({ personalId }) => personalId));
  const numbers = new Set(taken.map(({ number }) => insuranceNumberOf(number)));
  for (const { row, problems } of candidates) {
    if (!facilities.has(row.facility)) problems.add(["facility"], facilityNotListed());
    if (!known.has(row.number.slice(0, 3))) problems.add(["number"], groupNotListed());
    if (held.has(row.personalId)) problems.add(["personalId"], holderHasOtherCard());
    else if (numbers.has(insuranceNumberOf(row.number))) problems.add(["number"], insuranceNumberTaken());
  }
}

/** Group and benefit level that a number states. */
function groupOf(number: string) {
  return { objectCode: number.slice(0, 2), benefit: Number(number[2]) };
}

async function enterCards(tx: Tx, rows: readonly CardRow[], origin: Origin): Promise<void> {
  const issued = rows.map((row) => ({ ...row, id: uuidv7() }));
  await insertMany(
    tx,
    cards,
    issued.map(({ id, number, personalId, guardians }) => ({ id, number, personalId, guardians })),
  );
  await insertMany(
    tx,
    cardVersions,
    issued.map(({ id: cardId, facility: facilityCode, validFrom, validTo: cardValidTo, ...row }) => ({
      ...{ ...origin, cardId, facilityCode, validFrom, cardValidFrom: validFrom, cardValidTo, closedOn: row.closedOn },
      ...groupOf(row.number),
      ...{ holderName: row.holderName, holderDateOfBirth: row.holderDateOfBirth },
      holderSound: row.holderName === null ? null : soundOf(row.holderName),
    })),
  );
}
