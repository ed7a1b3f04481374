import { and, asc, desc, eq, type SQL } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { parseBusinessCode } from "../../_shared/reference/identifiers/tax-code.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { businessEnded, businessUnknown } from "../errors.ts";
import { businesses, businessLines, businessPeople, businessVersions } from "../tables.ts";
import type { Facts } from "./new-version.ts";

/** State of a business that was locked until the transaction ends, unless it was only read. */
export type LockedBusiness = {
  id: string;
  code: string;
  parentId: string | null;
  version: number;
  /** Day of the last version. */
  validFrom: LegalDay;
  isEnded: boolean;
  facts: Facts;
};

/** Locks a business until the transaction ends and reads its state; undefined if there is none with the code. */
export function lockBusiness(tx: Tx, code: string): Promise<LockedBusiness | undefined> {
  return lockWhere(tx, eq(businesses.code, code));
}

/** Locks the business with an id until the transaction ends and reads its state. */
export function lockBusinessOf(tx: Tx, id: string): Promise<LockedBusiness | undefined> {
  return lockWhere(tx, eq(businesses.id, id));
}

async function lockWhere(tx: Tx, condition: SQL): Promise<LockedBusiness | undefined> {
  const [head] = await tx.select().from(businesses).where(condition).for("update");
  return head && stateOf(tx, head);
}

/** State of a business without a lock: a concurrent act may enter the next version first. */
export async function readBusiness(tx: Tx, code: string): Promise<LockedBusiness | undefined> {
  const [head] = await tx.select().from(businesses).where(eq(businesses.code, code));
  return head && stateOf(tx, head);
}

async function stateOf(tx: Tx, head: typeof businesses.$inferSelect): Promise<LockedBusiness | undefined> {
  // queries of their own, because they must see what another act committed before the lock was granted
  const [last] = await tx
    .select()
    .from(businessVersions)
    .where(eq(businessVersions.businessId, head.id))
    .orderBy(desc(businessVersions.version))
    .limit(1);
  if (!last) return undefined; // a head whose first version is not entered is no business yet
  const { version, validFrom } = last;
  const people = await tx
    .select()
    .from(businessPeople)
    .where(and(eq(businessPeople.businessId, head.id), eq(businessPeople.version, version)))
    .orderBy(asc(businessPeople.role), asc(businessPeople.personalId));
  const lines = await tx
    .select()
    .from(businessLines)
    .where(and(eq(businessLines.businessId, head.id), eq(businessLines.version, version)))
    .orderBy(asc(businessLines.place));
  return { ...head, version, validFrom, isEnded: last.state === "ENDED", facts: factsOf(last, people, lines) };
}

function factsOf(
  version: typeof businessVersions.$inferSelect,
  people: (typeof businessPeople.$inferSelect)[],
  lines: (typeof businessLines.$inferSelect)[],
): Facts {
  const { kind, name, foreignName, shortName, form, capital, communeCode, addressLine } = version;
  const { registeredOn, changeNumber, suspendedFrom, suspendedTo } = version;
  return {
    ...{ kind, name, foreignName, shortName, form, capital, communeCode, addressLine },
    ...{ registeredOn, changeNumber, suspendedFrom, suspendedTo },
    people: people.map(({ role, personalId, fullName }) => ({ role, personalId, fullName })),
    lines: lines.map(({ list, code }) => ({ list, code })),
  };
}

/** The business with the code of an input, locked, if it is in force. Anything else becomes a problem. */
export async function lockInForce(
  tx: Tx,
  rawCode: string,
  path: Path,
  problems: Problems,
): Promise<LockedBusiness | undefined> {
  const code = problems.take(path, parseBusinessCode(rawCode));
  if (!code) return undefined;
  const business = await lockBusiness(tx, code);
  if (business && !business.isEnded) return business;
  problems.add(path, business ? businessEnded() : businessUnknown());
  return undefined;
}
