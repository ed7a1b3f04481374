import type postgres from "postgres";
import { unpackJson } from "../../_shared/registers/packed-json.ts";
import { type RequestOfDeclarant, recipientOf } from "../messages/recipient.ts";

/** Dossiers of a person that are looked through for a phone or an e-mail address. */
const LOOKED_THROUGH = 5;

/**
 * Dossier whose declarant is the first of these persons whom the desk can reach: it gave a phone or an e-mail address in one of the
 * last dossiers. Null if none of them did.
 */
export async function contactDossier(tx: postgres.TransactionSql, people: readonly string[]): Promise<string | null> {
  for (const person of people) {
    const rows = await tx<{ id: string; request: Uint8Array }[]>`
      select d.id, r.request from dossiers d join requests r on r.dossier_id = d.id
       where string_to_array(d.parties, ' ')::bigint[] @> array[${person}::bigint] and d.applicant_personal_id = ${person}
       order by d.received_at desc, d.id desc limit ${LOOKED_THROUGH}`;
    const found = rows.find(({ request }) => {
      const { personalId, phone, email } = recipientOf(unpackJson(request) as RequestOfDeclarant); // every kind of request has these fields
      return personalId === person && (phone !== null || email !== null);
    });
    if (found) return found.id;
  }
  return null;
}
