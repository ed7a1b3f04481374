import type postgres from "postgres";
import type { Caller } from "../identity/caller.ts";
import type { Tx } from "../serving/database.ts";
import { accessLog } from "./tables.ts";

/** Collects the citizens whose data one request reads; written before the response is sent. */
export type AccessRecorder = {
  /** Call for every citizen whose data the response contains, with the dossier that the data belongs to, if there is one. */
  read(citizen: string, dossier?: string | null): void;
  /** Writes one row for each purpose. If it rejects, the response must not contain any of the data. */
  flush(fields: readonly string[]): Promise<void>;
  /** True if no citizen's data have been read so far. */
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
      const who = callerColumns(caller, "READ");
      const rows = [...citizensByPurpose].map(([purpose, citizens]) => ({
        ...who,
        purpose,
        citizens: [...citizens],
        fields: [...fields],
      }));
      await insertRows(relaxed, rows);
      citizensByPurpose.clear();
    },
  };
}

function insertRows(sql: postgres.Sql, rows: readonly object[]) {
  return sql`
    insert into access_log (request_id, action, subject, role, office, on_behalf_of, purpose, citizens, fields)
    select * from jsonb_to_recordset(${sql.json(rows as never)}::jsonb) as row(request_id text, action text, subject text,
           role text, office text, on_behalf_of text, purpose text, citizens text[], fields text[])`;
}

function callerColumns({ requestId, subject, role, office, onBehalfOf }: Caller, action: "READ" | "CHANGE") {
  return { request_id: requestId, action, subject, role, office: office ?? null, on_behalf_of: onBehalfOf ?? null };
}

/** As `recordChange`, for a transaction of handwritten SQL. */
export async function recordChangeInSql(
  tx: postgres.Sql,
  caller: Caller,
  citizens: string[],
  fields: string[],
): Promise<void> {
  await insertRows(tx, [{ ...callerColumns(caller, "CHANGE"), purpose: caller.purpose ?? null, citizens, fields }]);
}

/** Records a change in the transaction that makes it. The insert is already sent when this returns its promise. */
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
