import { inArray } from "drizzle-orm";
import type postgres from "postgres";
import type { ExpirySource } from "../../_shared/reminders/source.ts";
import { maritalConfirmations } from "../confirmations/tables.ts";

/**
 * Last confirmations of the marital status of persons with a number, whose six months end soon and whose status is still the same:
 * Decree 123/2015/NĐ-CP, art. 23.
 */
export function confirmationExpiry(leadDays: number): ExpirySource {
  return {
    due: (tx, day) => tx`
      select c.id as entry_id, c.valid_to as expires_on, c.valid_to as renew_by from marital_confirmations c
       where c.valid_to between ${day}::date and ${day}::date + ${leadDays}::int and c.person_key ~ '^[0-9]{12}$'
         and not ${isSuperseded(tx)}`,
    ended: (tx, open) => tx`
      select o.entry_id, o.expires_on, 'SUPERSEDED' as state
        from (${open}) o join marital_confirmations c on c.id = o.entry_id where ${isSuperseded(tx)}`,
    async describe(db, entryIds) {
      const { id, validTo, office, details, status } = maritalConfirmations;
      const rows = await db
        .select({ id, expiresOn: validTo, commune: office, details, status })
        .from(maritalConfirmations)
        .where(inArray(id, [...entryIds]));
      return new Map(
        rows.flatMap(
          ({ id: entry, expiresOn, commune, details: { person, purpose, period }, status: maritalStatus }) => {
            const { personalId, fullName, dateOfBirth, residence } = person;
            if (personalId === null) return [];
            const facts = { person: { fullName, dateOfBirth, personalId }, residence, maritalStatus, purpose, period };
            return [
              [
                entry,
                { holder: personalId, people: [personalId], commune, expiresOn, requestBy: expiresOn, facts },
              ] as const,
            ];
          },
        ),
      );
    },
  };
}

/** Condition that a confirmation `c` has a newer one, or that the person has married or a marriage has ended since. */
function isSuperseded(tx: postgres.TransactionSql): postgres.PendingQuery<postgres.Row[]> {
  return tx`(
    exists (select from marital_confirmations n where n.person_key = c.person_key and n.id > c.id)
    or exists (
      select from marriages m left join marriage_ends e on e.marriage_id = m.id
       where (m.husband_key = c.person_key or m.wife_key = c.person_key) and greatest(m.id, e.act_id) > c.id))`;
}
