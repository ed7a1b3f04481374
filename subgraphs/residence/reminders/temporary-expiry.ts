import { sql } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { ExpirySource } from "../../_shared/reminders/source.ts";
import { RENEWAL_DAYS } from "../temporary/terms.ts";

type Row = {
  id: string;
  personalId: string;
  fullName: string;
  dateOfBirth: string;
  line: string;
  commune: string;
  expiresOn: LegalDay;
};

/** Temporary residences in force whose last days have begun, in which they may be renewed: Law on Residence 68/2020, art. 28 (3). */
export const temporaryExpiry: ExpirySource = {
  due: (tx, day) => tx`
    select v.temporary_residence_id as entry_id, v.ends_on as expires_on, v.ends_on as renew_by
      from temporary_residence_versions v
     where v.valid_to is null and v.ends_on between ${day}::date and ${day}::date + ${RENEWAL_DAYS}::int
       and not exists (
         select from temporary_residence_versions n
          where n.temporary_residence_id = v.temporary_residence_id and n.version > v.version)`,
  ended: (tx, open) => tx`
    select o.entry_id, o.expires_on,
           case when v.valid_to is not null then 'CLOSED' when v.ends_on > o.expires_on then 'RENEWED' else 'SUPERSEDED' end as state
      from (${open}) o join temporary_residence_versions v on v.temporary_residence_id = o.entry_id
       and v.version = (select max(version) from temporary_residence_versions where temporary_residence_id = o.entry_id)
     where v.valid_to is not null or v.ends_on <> o.expires_on`,
  async describe(db, entryIds) {
    const rows = await db.execute<Row>(sql`
      select t.id, p.personal_id as "personalId", f.full_name as "fullName", f.date_of_birth as "dateOfBirth",
             t.address_line as line, t.commune_code as commune, v.ends_on::text as "expiresOn"
        from temporary_residences t join persons p on p.id = t.person_id
        join person_versions f on f.person_id = p.id
         and f.version = (select max(version) from person_versions where person_id = p.id)
        join temporary_residence_versions v on v.temporary_residence_id = t.id and v.valid_to is null
         and v.version = (select max(version) from temporary_residence_versions where temporary_residence_id = t.id)
       where t.id in ${entryIds}`);
    return new Map(
      rows.map(({ id, personalId, fullName, dateOfBirth, line, commune, expiresOn }) => [
        id,
        {
          ...{ holder: personalId, people: [personalId], commune, expiresOn, requestBy: expiresOn },
          facts: { person: { fullName, dateOfBirth, personalId }, temporaryAddress: { line, commune } },
        },
      ]),
    );
  },
};
