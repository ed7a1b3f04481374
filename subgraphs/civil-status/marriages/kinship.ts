import { sql } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";

/** Generations above a person that count for the relatives within three generations: the person, the parents, the grandparents. */
const GENERATIONS_ABOVE = 2;
/** Generations of the direct line that are looked up; births of more are not registered. */
const LONGEST_LINE = 8;

/** Personal numbers of the parents of a birth: as registered, and as recognised since. */
const PARENTS = sql`(
  select unnest(string_to_array(b.guardians, ' ')) as parent
  union all select r.personal_id from recognitions r where r.birth_id = b.id and r.personal_id is not null) parents`;

type Couple = { husband: string; wife: string };

/**
 * True if the registered births show that two persons are of one direct line, or have a common ancestor at most two generations above
 * each (Law on Marriage and Family 52/2014, art. 3 (17), (18) and 5 (2) d).
 */
export async function areCloseKin(tx: Tx, { husband, wife }: Couple): Promise<boolean> {
  const found = await tx.execute(sql`
    with recursive up(root, person, depth) as (
      select root, root, 0 from (values (${husband}::text), (${wife}::text)) roots(root)
      union
      select up.root, parent, up.depth + 1 from up
        join citizen_numbers n on n.personal_id = up.person
        join births b on b.citizen_id = n.citizen_id
        cross join lateral ${PARENTS}
       where up.depth < ${LONGEST_LINE})
    select 1 from up a join up b on b.person = a.person
     where a.root = ${husband} and b.root = ${wife}
       and (a.depth = 0 or b.depth = 0 or (a.depth <= ${GENERATIONS_ABOVE} and b.depth <= ${GENERATIONS_ABOVE}))
     limit 1`);
  return found.length > 0;
}

/**
 * True if one of two persons is or was married to a parent or a child of the other: parents-in-law, step-parents (art. 5 (2) d).
 */
export async function areFormerInLaws(tx: Tx, { husband, wife }: Couple): Promise<boolean> {
  const found = await tx.execute(sql`
    with couples(one, other) as (
      select husband_key, wife_key from marriages where husband_key in (${husband}, ${wife})
      union all select wife_key, husband_key from marriages where wife_key in (${husband}, ${wife})),
    pairs(partner, person) as (
      select other, case one when ${husband}::text then ${wife}::text else ${husband}::text end from couples),
    families(child, parent) as (
      select n.personal_id, parent from citizen_numbers n join births b on b.citizen_id = n.citizen_id
        cross join lateral ${PARENTS}
       where n.personal_id in (select partner from pairs union select person from pairs))
    select 1 from pairs p join families f
        on (f.child = p.partner and f.parent = p.person) or (f.child = p.person and f.parent = p.partner)
     limit 1`);
  return found.length > 0;
}
