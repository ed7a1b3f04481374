import type postgres from "postgres";
import type { Caller } from "../identity/caller.ts";
import type { Tx } from "../serving/database.ts";
import { accessLog } from "./tables.ts";

/** Collects whose data one request reads; written before the answer goes out. */
export type AccessRecorder = {
  /** Call for every citizen whose data an answer will show; with the dossier that the data belongs to, if there is one. */
  read(citizen: string, dossier?: string | null): void;
  /** One row for each purpose; nothing if nothing was. Rejects when it cannot be written: then nothing may be shown. */
  flush(fields: readonly string[]): Promise<void>;
  /** True if nobody's data were read so far. */
  isIdle(): boolean;
};

export function accessRecorder(relaxed: postgres.Sql, caller: Caller): AccessRecorder {
  const citizensByPurpose = new Map<string | null, Set<string>>();
  let idle = true;
  return {
    isIdle: () => idle,
    read(citizen, dossier) {
      idle = false;
      const purpose = caller.purpose ?? dossier ?? null;
      const citizens = citizensByPurpose.get(purpose);
      if (citizens) citizens.add(citizen);
      else citizensByPurpose.set(purpose, new Set([citizen]));
    },
    async flush(fields) {
      if (citizensByPurpose.size === 0) return;
      const who = {
        request_id: caller.requestId,
        action: "READ",
        subject: caller.subject,
        role: caller.role,
        office: caller.office ?? null,
        on_behalf_of: caller.onBehalfOf ?? null,
      };
      const rows = [...citizensByPurpose].map(([purpose, citizens]) => ({
        ...who,
        purpose,
        citizens: [...citizens],
        fields: [...fields],
      }));
      await relaxed`
        insert into access_log (request_id, action, subject, role, office, on_behalf_of, purpose, citizens, fields)
        select * from jsonb_to_recordset(${relaxed.json(rows)}::jsonb) as row(request_id text, action text, subject text,
               role text, office text, on_behalf_of text, purpose text, citizens text[], fields text[])`;
      citizensByPurpose.clear();
    },
  };
}

/** The record of a change, inside the transaction that changes; it is on its way when this returns. */
export function recordChange(tx: Tx, caller: Caller, citizens: string[], fields: string[]): Promise<unknown> {
  const row = {
    requestId: caller.requestId,
    action: "CHANGE" as const,
    subject: caller.subject,
    role: caller.role,
    office: caller.office ?? null,
    onBehalfOf: caller.onBehalfOf ?? null,
    purpose: caller.purpose ?? null,
    citizens,
    fields,
  };
  return tx.insert(accessLog).values(row).execute();
}
