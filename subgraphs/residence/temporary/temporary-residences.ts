import { and, asc, eq, gte, inArray, isNull, type SQL } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Entry } from "../acts/perform-act.ts";
import { isSameDwelling } from "../residencies/addresses.ts";
import { persons } from "../tables.ts";
import { currentTemporary } from "./current.ts";
import type { TemporaryEndReason } from "./end-reasons.ts";
import { temporaryResidences, temporaryResidenceVersions } from "./tables.ts";
import type { Term } from "./terms.ts";

/** A temporary residence with its last version. */
export type TemporaryState = Awaited<ReturnType<typeof temporaryWhere>>[number];

type Dwelling = { communeCode: string; addressLine: string };

/** Locks persons until the transaction ends, so that acts on their temporary residences take turns. */
export async function lockPersons(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await lockWhere(tx, inArray(persons.id, [...ids]));
}

/** Locks the persons who have these numbers, as `lockPersons` does. */
export async function lockNumbers(tx: Tx, numbers: readonly string[]): Promise<void> {
  if (numbers.length > 0) await lockWhere(tx, inArray(persons.personalId, [...numbers]));
}

function lockWhere(tx: Tx, which: SQL) {
  return tx.select({ id: persons.id }).from(persons).where(which).orderBy(asc(persons.id)).for("update");
}

/** Temporary residences of persons that are in force on a day or later. */
export async function temporaryFrom(tx: Tx, personIds: readonly string[], on: LegalDay): Promise<TemporaryState[]> {
  if (personIds.length === 0) return [];
  const { validTo, endsOn } = temporaryResidenceVersions;
  return temporaryWhere(
    tx,
    and(inArray(temporaryResidences.personId, [...personIds]), isNull(validTo), gte(endsOn, on)),
  );
}

export async function temporaryById(tx: Tx, id: string): Promise<TemporaryState | undefined> {
  const [found] = await temporaryWhere(tx, eq(temporaryResidences.id, id));
  return found;
}

function temporaryWhere(tx: Tx, which: ReturnType<typeof and>) {
  return tx
    .select({ head: temporaryResidences, last: temporaryResidenceVersions, personalId: persons.personalId })
    .from(temporaryResidences)
    .innerJoin(persons, eq(persons.id, temporaryResidences.personId))
    .innerJoin(
      temporaryResidenceVersions,
      and(eq(temporaryResidenceVersions.temporaryResidenceId, temporaryResidences.id), currentTemporary),
    )
    .where(which);
}

/** Enters the next version of a temporary residence: another term, or its end before the last day. */
export async function enterVersion(
  tx: Tx,
  { on, by, ground }: Entry,
  { last }: Pick<TemporaryState, "last">,
  next: Term | { endReason: TemporaryEndReason },
): Promise<void> {
  const { recordedAt: _, ...version } = last;
  await tx.insert(temporaryResidenceVersions).values({
    ...{ ...version, ...next, version: last.version + 1, validFrom: on, recordedBy: by, ground },
    validTo: "endReason" in next ? on : null,
  });
}

/** Ends the temporary residences of persons, all or those at an address. */
export async function endTemporary(
  tx: Tx,
  entry: Entry,
  personIds: readonly string[],
  endReason: TemporaryEndReason,
  at?: Dwelling,
): Promise<void> {
  if (personIds.length === 0) return;
  await lockPersons(tx, personIds);
  for (const state of await temporaryToEnd(tx, personIds, entry.on, at))
    await enterVersion(tx, entry, state, { endReason });
}

/** The temporary residences that an end on a day concerns: of persons, all or those at an address. */
export async function temporaryToEnd(
  tx: Tx,
  personIds: readonly string[],
  on: LegalDay,
  at?: Dwelling,
): Promise<TemporaryState[]> {
  const present = await temporaryFrom(tx, personIds, on);
  return at ? present.filter(({ head }) => isSameDwelling(head, at)) : present;
}

/** Temporary residences of persons in a commune, also those that are over. */
export async function temporaryInCommune(
  tx: Tx,
  personIds: readonly string[],
  communeCode: string,
): Promise<TemporaryState[]> {
  if (personIds.length === 0) return [];
  const { personId, communeCode: inCommune } = temporaryResidences;
  return temporaryWhere(tx, and(inArray(personId, [...personIds]), eq(inCommune, communeCode)));
}
