import { asc, eq } from "drizzle-orm";
import type { Database, Tx } from "../../_shared/serving/database.ts";
import { insuredGroups } from "./tables.ts";
import type { InsuredGroup } from "./types.ts";

/** Shares of the cost that the fund pays, by benefit level, Law on Health Insurance 25/2008/QH12, art. 22. */
const PERCENT: Readonly<Record<number, number>> = { 1: 100, 2: 100, 3: 95, 4: 80, 5: 100 };

export function percentOf(benefit: number): number | null {
  return PERCENT[benefit] ?? null;
}

/** All groups of the insured, by benefit level and code. */
export async function allGroups(db: Database): Promise<InsuredGroup[]> {
  const rows = await db.select().from(insuredGroups).orderBy(asc(insuredGroups.benefit), asc(insuredGroups.code));
  return rows.map((row) => ({ ...row, percent: percentOf(row.benefit) }));
}

/** Benefit level of a group; undefined for a code that is not in the list. */
export async function benefitOf(tx: Tx, code: string): Promise<number | undefined> {
  const [found] = await tx.select().from(insuredGroups).where(eq(insuredGroups.code, code));
  return found?.benefit;
}
