import { and, eq, exists, type SQL, sql } from "drizzle-orm";
import type { Caller } from "../../_shared/identity/caller.ts";
import { reaches, rowsWithin } from "../../_shared/rights/row-rights.ts";
import type { Database, Tx } from "../../_shared/serving/database.ts";
import { dossiers, steps } from "../tables.ts";

const reachOf = reaches("ONE_STOP", {
  clerk: "office",
  leader: "office",
  portal: "province",
  citizen: "own",
  "other-officer": "dossier",
});

/** Dossiers that a caller may see. An officer sees those that reached the officer's agency. */
export function visibleDossiers(db: Tx | Database, caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    office: (office) => eq(dossiers.office, office),
    province: (province) => eq(dossiers.province, province),
    own: (personalId) => sql`${dossiers.parties} @> array[${personalId}]`,
    dossier: (agency) => {
      const reached = and(
        eq(steps.dossierId, dossiers.id),
        eq(steps.agency, agency),
        sql`(${steps.attempts} > 0 or ${steps.state} not in ('BLOCKED', 'READY', 'SENT'))`,
      );
      return exists(db.select({ one: sql`1` }).from(steps).where(reached));
    },
  });
}

/** Of these codes, the ones the caller may see. */
export async function seenByCaller(db: Database, caller: Caller, codes: string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const rows = await db
    .select({ code: dossiers.code })
    .from(dossiers)
    .where(and(sql`${dossiers.code} in ${codes}`, visibleDossiers(db, caller)));
  return new Set(rows.map((row) => row.code));
}
