import { sql } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { ExpirySource } from "../../_shared/reminders/source.ts";
import { LICENCE_KINDS, type LicenceKind, LONGEST_RENEWAL_DAYS } from "../licences/licence-kinds.ts";

type Row = {
  id: string;
  kind: LicenceKind;
  number: string;
  expiresOn: LegalDay;
  requestBy: LegalDay;
  business: string;
  name: string;
  commune: string;
  people: string[] | null;
};

/** Licences in force, whose renewal is due in the renewal window of their kind. Owner, representatives or head are told. */
export const licenceExpiry: ExpirySource = {
  due: (tx, day) => tx`
    select l.licence_id as entry_id, l.expires_on, l.renew_by from live_licences l join licence_rules r on r.kind = l.kind
     where l.renew_by between ${day}::date - ${LONGEST_RENEWAL_DAYS}::int
           and ${day}::date + (select max(lead_days) from licence_rules)
       and l.renew_by <= ${day}::date + r.lead_days and l.expires_on >= ${day}::date`,
  ended: (tx, open) => tx`
    select o.entry_id, o.expires_on,
           case when l.licence_id is null then 'CLOSED'
                when coalesce(l.expires_on, 'infinity'::date) > o.expires_on then 'RENEWED' else 'SUPERSEDED' end as state
      from (${open}) o left join live_licences l on l.licence_id = o.entry_id
     where l.expires_on is distinct from o.expires_on`,
  changedSince: (tx, instant) => tx`
    select licence_id from licence_versions where recorded_at >= ${instant}
     union all
    select h.id from licences h join business_versions v on v.business_id = h.business_id where v.recorded_at >= ${instant}`,
  async describe(db, entryIds) {
    const rows = await db.execute<Row>(sql`
      select l.licence_id as id, l.kind, h.number, l.expires_on::text as "expiresOn", l.renew_by::text as "requestBy",
             b.code as business, v.name, v.commune_code as commune,
             (select array_agg(p.personal_id order by array_position(array['OWNER', 'REPRESENTATIVE', 'HEAD'], p.role), p.personal_id)
                from business_people p
               where p.business_id = v.business_id and p.version = v.version and p.role <> 'MEMBER') as people
        from live_licences l join licences h on h.id = l.licence_id
        join live_businesses e on e.business_id = l.business_id join businesses b on b.id = e.business_id
        join business_versions v on v.business_id = e.business_id and v.version = e.version
       where l.licence_id in ${entryIds}`);
    return new Map(
      rows.flatMap(({ id, kind, number, business, name, people, ...entry }) => {
        const [holder] = people ?? [];
        if (!people || holder === undefined) return [];
        const facts = { kind, kindName: LICENCE_KINDS[kind].vi, number, business, name };
        return [[id, { ...entry, holder, people, facts }]];
      }),
    );
  },
};
