import { sql } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { numbersOf } from "../../_shared/registers/personal-numbers.ts";
import type { ExpirySource } from "../../_shared/reminders/source.ts";

type Row = {
  id: string;
  holder: string;
  guardians: string;
  commune: string | null;
  expiresOn: LegalDay;
  fullName: string | null;
  dateOfBirth: string | null;
  facility: string;
};

/**
 * Cards of children under six whose last day is near (Law on Health Insurance, art. 16): the child is insured in another group from
 * then on. The parents are told.
 */
export function childCardExpiry(leadDays: number): ExpirySource {
  return {
    due: (tx, day) => tx`
      select v.card_id as entry_id, v.card_valid_to as expires_on, v.card_valid_to as renew_by
        from card_terms t join card_versions v on v.card_id = t.card_id and v.version = t.version
       where coalesce(t.ends_on, 'infinity'::date) between ${day}::date and ${day}::date + ${leadDays}::int
         and v.object_code = 'TE' and v.closed_on is null
         and not exists (select from card_versions n where n.card_id = v.card_id and n.version > v.version)`,
    ended: (tx, open) => tx`
      select o.entry_id, o.expires_on,
             case when v.closed_on is not null then 'CLOSED'
                  when coalesce(v.card_valid_to, 'infinity'::date) > o.expires_on then 'RENEWED' else 'SUPERSEDED' end as state
        from (${open}) o join card_versions v on v.card_id = o.entry_id
         and v.version = (select max(version) from card_versions where card_id = o.entry_id)
       where v.closed_on is not null or v.card_valid_to is distinct from o.expires_on`,
    async describe(db, entryIds) {
      const rows = await db.execute<Row>(sql`
        select c.id, c.personal_id as holder, c.guardians, coalesce(c.office, f.commune_code) as commune,
               v.card_valid_to::text as "expiresOn", v.holder_name as "fullName", v.holder_date_of_birth as "dateOfBirth",
               v.facility_code as facility
          from cards c join card_versions v on v.card_id = c.id
           and v.version = (select max(version) from card_versions where card_id = c.id)
          join care_facilities f on f.code = v.facility_code
         where v.closed_on is null and c.id in ${entryIds}`);
      return new Map(
        rows.map(({ id, holder, guardians, commune, expiresOn, fullName, dateOfBirth, facility }) => {
          const parents = numbersOf(guardians);
          const insured = fullName && dateOfBirth ? { fullName, dateOfBirth, personalId: holder } : null;
          return [
            id,
            {
              ...{ holder, people: parents.length > 0 ? parents : [holder], commune, expiresOn, requestBy: expiresOn },
              facts: { insured, facility },
            },
          ];
        }),
      );
    },
  };
}
