import { and, eq, or, sql } from "drizzle-orm";
import type { Part, PartProblem } from "../_shared/parts/procedure.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { partsOfNumber } from "./books/former-number.ts";
import type { BirthContent } from "./contents.ts";
import { formerEntryTaken } from "./errors.ts";
import { birthNumbers, births } from "./tables.ts";

/*
 * A register that was restored from an older backup has lost entries whose certificates are out and whose children other
 * agencies know. They are entered again as they were: same child, same number, same day.
 */

/** True if another entry has meanwhile got the number or child of the lost entry. */
export async function formerEntryProblems(tx: Tx, { content, office }: Part<BirthContent>): Promise<PartProblem[]> {
  if (!content.grantedBefore) return [];
  const { citizenId, number } = content.grantedBefore;
  const sameNumber = and(
    eq(birthNumbers.communeList, COMMUNE_LIST),
    eq(birthNumbers.commune, office),
    eq(birthNumbers.year, partsOfNumber(number).year),
    eq(birthNumbers.number, partsOfNumber(number).number),
  );
  const [holder] = await tx
    .select({ dossier: births.dossier })
    .from(births)
    .leftJoin(birthNumbers, eq(birthNumbers.birthId, births.id))
    .where(or(eq(births.citizenId, citizenId), sameNumber))
    .limit(1);
  return holder ? [formerEntryTaken(holder.dossier)] : [];
}

/** Gives a birth its former number. The counter continues after the highest number, so other lost entries can follow. */
export async function takeNumberAgain(tx: Tx, birthId: string, office: string, former: string): Promise<string> {
  const { number, year } = partsOfNumber(former);
  await tx.execute(sql`
    with raised as (
      insert into birth_counters as c (commune_list, commune, year, last) values (${COMMUNE_LIST}, ${office}, ${year}, ${number})
      on conflict (commune_list, commune, year) do update set last = greatest(c.last, excluded.last))
    insert into ${birthNumbers} (commune_list, commune, year, number, birth_id)
    values (${COMMUNE_LIST}, ${office}, ${year}, ${number}, ${birthId})`);
  return former;
}
