import { desc, eq } from "drizzle-orm";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Act } from "../acts/perform-act.ts";
import { personsOfVersion } from "../births.ts";
import type { BirthPersons } from "../contents.ts";
import { entryUnknown } from "../corrections/errors.ts";
import { lockEntry } from "../corrections/locked-head.ts";
import { births, birthVersions } from "../tables.ts";

/** A birth that is locked until the transaction ends, in its version in force. */
export type LockedBirth = {
  head: typeof births.$inferSelect;
  version: typeof birthVersions.$inferSelect;
  persons: BirthPersons;
};

/** Locks a birth and reads it. Its absence becomes a problem. */
export async function lockBirth(tx: Tx, id: string, path: Path, problems: Problems): Promise<LockedBirth | undefined> {
  const isLocked = await lockEntry(tx, births, id);
  // a query of its own, because it must see what another act committed before the lock was granted
  const [found] = isLocked ? await inForce(tx, id) : [];
  if (!found) problems.add(path, entryUnknown());
  return found;
}

function inForce(tx: Tx, id: string): Promise<LockedBirth[]> {
  return tx
    .select({ head: births, version: birthVersions, persons: personsOfVersion() })
    .from(births)
    .innerJoin(birthVersions, eq(birthVersions.birthId, births.id))
    .where(eq(births.id, id))
    .orderBy(desc(birthVersions.version))
    .limit(1);
}

type Changes = { facts: Partial<typeof birthVersions.$inferInsert>; persons: BirthPersons | null };

/** Enters the next version of a birth; persons are null where they stay. */
export async function enterNextVersion(
  tx: Tx,
  { on, by, ground }: Act,
  { version: { recordedAt: _, ...before } }: LockedBirth,
  { facts, persons }: Changes,
): Promise<void> {
  await tx.insert(birthVersions).values({
    ...{ ...before, ...facts, persons, version: before.version + 1 },
    ...{ validFrom: on, recordedBy: by, ground },
  });
}

/** Citizens whom a birth concerns, for the access log. */
export function citizensOf({ head, version, persons: { mother, father } }: LockedBirth): string[] {
  return [version.personalId ?? head.citizenId, mother?.personalId, father?.personalId].flatMap((each) => each ?? []);
}
