import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { unpackJson } from "../../_shared/registers/packed-json.ts";
import type { StoredEntry } from "../saga/stored-history.ts";
import { type ChangedDossierFacts, kindOfChange } from "./kind-of-change.ts";
import type { MessageKind } from "./message-kinds.ts";
import { type Route, writtenRoute } from "./routes.ts";

type ChangedRow = ChangedDossierFacts & {
  change: string;
  dossierId: string;
  at: Date;
  entries: Uint8Array;
  confirmBy: string | null;
  payBy: Date | null;
  answerBy: string | null;
};

/**
 * Makes the messages about rows of the history, with a delivery by each route. A row is read as a whole, whatever part of it the
 * caller has met, and has one message at most, however often it is given.
 */
export async function makeMessages(tx: postgres.Sql, rows: readonly number[], routes: readonly Route[]): Promise<void> {
  if (rows.length === 0) return;
  const changed = await tx<ChangedRow[]>`
    select h.id as change, h.dossier_id as "dossierId", h.at, h.entries, d.received_at as "receivedAt", d.marks, d.outcome,
           d.certificate ->> 'confirmBy' as "confirmBy",
           (select p.pay_by from payments p where p.dossier_id = d.id) as "payBy",
           (select min(s.supplement ->> 'dueAt') from steps s
             where s.dossier_id = d.id and s.state = 'SUPPLEMENT_NEEDED') as "answerBy"
      from history h join dossiers d on d.id = h.dossier_id
     where h.id in ${tx([...rows])} order by h.id`;
  const told = changed.flatMap((row) => {
    const entries = unpackJson(row.entries) as readonly StoredEntry[]; // only entries are written there
    const kind = kindOfChange(entries, row.at, row);
    const { change, dossierId, at } = row;
    return kind === null ? [] : [{ id: uuidv7(), change, dossierId, kind, at, actBy: actBy(kind, row) }];
  });
  if (told.length === 0) return;
  const made = await tx<{ id: string; dossierId: string; change: string }[]>`
    insert into messages (id, dossier_id, change, kind, at, act_by)
    select id, "dossierId", change, kind, at, "actBy"
      from jsonb_to_recordset(${tx.json(told as never)}::jsonb)
        as row(id uuid, "dossierId" uuid, change bigint, kind text, at timestamptz, "actBy" timestamptz)
        on conflict (change) do nothing returning id, dossier_id as "dossierId", change`;
  const deliveries = made.flatMap((message) =>
    routes.map((route) => ({ ...message, route: writtenRoute(route), channel: route[0] })),
  );
  await tx`
    insert into message_deliveries (message_id, dossier_id, change, route, channel)
    select id, "dossierId", change, route, channel from jsonb_to_recordset(${tx.json(deliveries as never)}::jsonb)
        as row(id uuid, "dossierId" uuid, change bigint, route text, channel text)`;
}

/** End of the term of the act that a message asks for. */
function actBy(kind: MessageKind, { confirmBy, payBy, answerBy }: ChangedRow): Date | null {
  switch (kind) {
    case "CERTIFICATE_TO_CONFIRM":
      return confirmBy === null ? null : new Date(confirmBy);
    case "PAYMENT_AWAITED":
      return payBy;
    case "SUPPLEMENT_ASKED":
    case "SUPPLEMENT_REMINDER":
      return answerBy === null ? null : new Date(answerBy);
    default:
      return null;
  }
}
