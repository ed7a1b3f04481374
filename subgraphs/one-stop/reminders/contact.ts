import { sql } from "drizzle-orm";
import { unpackHexJson } from "../../_shared/registers/packed-json.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type RequestOfDeclarant, recipientOf } from "../messages/recipient.ts";

/** Dossiers of a person that are looked through for a phone or an e-mail address. */
const LOOKED_THROUGH = 5;

type Row = { person: string; id: string; request: string };

/**
 * Dossiers by the personal numbers of their declarants, of those persons whom the desk can reach: each gave a phone or an e-mail address
 * in one of the last dossiers.
 */
export async function contactDossiers(tx: Tx, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.execute<Row>(sql`
    select p.person, d.id, d.request::text as request
      from jsonb_array_elements_text(${JSON.stringify([...new Set(people)])}::jsonb) as p(person)
     cross join lateral (
       select d.id, d.received_at, r.request from dossiers d join requests r on r.dossier_id = d.id
        where string_to_array(d.parties, ' ')::bigint[] @> array[p.person::bigint] and d.applicant_personal_id = p.person
        order by d.received_at desc, d.id desc limit ${LOOKED_THROUGH}) d
     order by d.received_at, d.id`);
  const reached = rows.filter(({ person, request }) => {
    const { personalId, phone, email } = recipientOf(unpackHexJson(request) as RequestOfDeclarant); // every kind of request has these fields
    return personalId === person && (phone !== null || email !== null);
  });
  return new Map(reached.map(({ person, id }) => [person, id])); // the last one stays
}
