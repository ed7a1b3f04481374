import { eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { acts } from "../acts/tables.ts";
import { marriageEnds, marriages } from "./tables.ts";

/** Marital status as far as the register knows (tình trạng hôn nhân). */
export type MaritalStatus = "NEVER_MARRIED" | "MARRIED" | "DIVORCED" | "WIDOWED";

export type KnownStatus = { status: MaritalStatus; marriage: string | null };

/**
 * Marital status of each person, with the marriage from which it follows; the last marriage that was not annulled decides. A person
 * without any is NEVER_MARRIED.
 */
export async function maritalStatuses(tx: Tx, keys: readonly string[]): Promise<Map<string, KnownStatus>> {
  const rows = await tx.execute<{ key: string; marriage: string; cause: string | null }>(sql`
    select distinct on (key) key, m.id as marriage, e.cause
      from (values ${valuesOf(keys)}) persons(key)
      join marriages m on m.husband_key = key or m.wife_key = key
      left join marriage_ends e on e.marriage_id = m.id
     where e.cause is distinct from 'ANNULMENT'
     order by key, (e.marriage_id is null) desc, m.married_on desc, m.id desc`);
  return new Map(
    keys.map((key) => {
      const last = rows.find((row) => row.key === key);
      return [key, last ? { status: statusAfter(last.cause), marriage: last.marriage } : NO_MARRIAGE];
    }),
  );
}

/** Status of a person of whom no marriage is registered. */
export const NO_MARRIAGE: KnownStatus = { status: "NEVER_MARRIED", marriage: null };

/** Days on which marriages of these persons were registered or their ends noted. */
export async function maritalChanges(tx: Tx, keys: readonly string[]): Promise<{ validFrom: LegalDay }[]> {
  const of = [...keys];
  return tx
    .select({ validFrom: acts.effectiveOn })
    .from(marriages)
    .leftJoin(marriageEnds, eq(marriageEnds.marriageId, marriages.id))
    .innerJoin(acts, or(eq(acts.id, marriages.id), eq(acts.id, marriageEnds.actId)))
    .where(or(inArray(marriages.husbandKey, of), inArray(marriages.wifeKey, of)));
}

function statusAfter(cause: string | null): MaritalStatus {
  if (cause === null) return "MARRIED";
  return cause === "DEATH" ? "WIDOWED" : "DIVORCED";
}

function valuesOf(keys: readonly string[]): SQL {
  return sql.join(
    keys.map((key) => sql`(${key}::text)`),
    sql`, `,
  );
}
