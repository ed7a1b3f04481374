import { uuidv7 } from "uuidv7";
import type { Relation } from "../../_shared/reference/relations.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Entry } from "../acts/perform-act.ts";
import type { HouseholdState, Member } from "../households/locked-households.ts";
import type { Headship } from "../households/relations.ts";
import { householdVersions, residencies, residencyVersions } from "../tables.ts";
import type { Resident } from "./residents.ts";
import type { StrikeOffReason } from "./strike-off-reasons.ts";

/* Entries of the next versions of residencies and households. Triggers check them together when the transaction ends. */

const enteredBy = ({ on, by, ground }: Entry) => ({ validFrom: on, recordedBy: by, ground });

/** Strikes a member off. */
export async function enterStrikeOff(
  tx: Tx,
  entry: Entry,
  { residency }: Member,
  reason: StrikeOffReason,
): Promise<void> {
  const { recordedAt: _, ...last } = residency;
  await tx.insert(residencyVersions).values({
    ...{ ...last, ...enteredBy(entry), version: residency.version + 1 },
    ...{ validTo: entry.on, strikeOff: reason },
  });
}

/**
 * Registers a person in a household, which ends the former residence. A concurrent registration of the same person fails, because
 * the person has one chain of versions.
 */
export async function enterResidency(
  tx: Tx,
  entry: Entry,
  { personId, last }: Pick<Resident, "personId" | "last">,
  facts: Pick<typeof residencyVersions.$inferSelect, "householdId" | "relationToHead" | "registeredOn">,
): Promise<void> {
  const residencyId = last?.residencyId ?? uuidv7();
  if (!last) await tx.insert(residencies).values({ id: residencyId, personId });
  await tx
    .insert(residencyVersions)
    .values({ residencyId, ...facts, ...enteredBy(entry), version: (last?.version ?? 0) + 1, kind: "PERMANENT" });
}

/** Changes the relation of a member who stays in the household. */
export async function enterRelation(tx: Tx, entry: Entry, { residency }: Member, relation: Relation): Promise<void> {
  if (residency.relationToHead === relation) return;
  const { recordedAt: _, ...last } = residency;
  await tx.insert(residencyVersions).values({
    ...{ ...last, ...enteredBy(entry), version: residency.version + 1 },
    relationToHead: relation,
  });
}

/** Changes the head of a household and the relations of the members who stay in it. */
export async function enterHeadship(
  tx: Tx,
  entry: Entry,
  { last }: HouseholdState,
  staying: readonly Member[],
  { head, relations }: Headship,
): Promise<void> {
  for (const member of staying)
    await enterRelation(tx, entry, member, relations.get(member.personId) ?? member.residency.relationToHead);
  const { recordedAt: _, ...version } = last;
  await tx.insert(householdVersions).values({
    ...{ ...version, ...enteredBy(entry), version: last.version + 1 },
    headPersonId: head.personId,
  });
}

/** Ends a household that no member is left in. */
export async function enterEnd(tx: Tx, entry: Entry, { last }: HouseholdState): Promise<void> {
  const { recordedAt: _, ...version } = last;
  await tx.insert(householdVersions).values({
    ...{ ...version, ...enteredBy(entry), version: last.version + 1 },
    validTo: entry.on,
  });
}
