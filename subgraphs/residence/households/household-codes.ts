import { and, desc, eq, gte, like, sql } from "drizzle-orm";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { lockLikenessKeys } from "../../_shared/registers/likeness-lock.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { households } from "../tables.ts";
import { householdCodeTaken, householdCodeUnknown } from "./errors.ts";

/** First ordinal of a commune: codes of earlier households have five digits after the commune's. */
const FIRST_ORDINAL = 100_000;

/**
 * Code of a new household: the commune's code and six digits, counted in each commune. No source gives the shape of the codes that
 * the national database assigns; this one is our own.
 */
export async function nextHouseholdCode(tx: Tx, communeCode: string): Promise<string> {
  await lockLikenessKeys(tx, [`household-code ${communeCode}`]);
  const [last] = await tx
    .select({ code: households.code })
    .from(households)
    .where(
      and(
        like(households.code, `${communeCode}%`),
        gte(sql`length(${households.code})`, `${communeCode}${FIRST_ORDINAL}`.length),
      ),
    )
    .orderBy(desc(households.code))
    .limit(1);
  const ordinal = last ? Number(last.code.slice(communeCode.length)) + 1 : FIRST_ORDINAL;
  return `${communeCode}${ordinal}`;
}

/** Code of the household that a grant makes, as the fact of the grant: a new one, or the former one of a household that the register lost. */
export async function newHouseholdCode(
  tx: Tx,
  { communeCode }: { communeCode: string },
  former: string | undefined,
): Promise<{ householdCode: string }> {
  return { householdCode: former ?? (await nextHouseholdCode(tx, communeCode)) };
}

/** Adds a problem if the code of a household that the register has lost is not known, or another household has got it. */
export async function demandFormerCode(
  tx: Tx,
  former: { householdCode?: string | undefined } | null | undefined,
  problems: Problems,
): Promise<void> {
  if (!former) return;
  const path = ["grantedBefore", "householdCode"];
  const { householdCode: code } = former;
  if (code === undefined) return problems.add(path, householdCodeUnknown());
  const [holder] = await tx.select({ id: households.id }).from(households).where(eq(households.code, code));
  if (holder) problems.add(path, householdCodeTaken());
}
