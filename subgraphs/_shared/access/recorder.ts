import type postgres from "postgres";
import type { Caller } from "../caller.ts";
import type { Tx } from "../database.ts";
import { accessLog } from "./tables.ts";

/** Collects whose data one request reads; written before the answer goes out. */
export type AccessRecorder = {
  /** Call for every citizen whose data an answer will show. */
  read(citizen: string): void;
  /** One row for all that was read; nothing if nothing was. Rejects when it cannot be written: then nothing may be shown. */
  flush(fields: readonly string[]): Promise<void>;
};

export function accessRecorder(relaxed: postgres.Sql, caller: Caller): AccessRecorder {
  const citizens = new Set<string>();
  return {
    read: (citizen) => void citizens.add(citizen),
    async flush(fields) {
      if (citizens.size === 0) return;
      await relaxed`insert into access_log (request_id, action, subject, role, office, on_behalf_of, purpose, citizens, fields)
        values (${caller.requestId}, 'READ', ${caller.subject}, ${caller.role}, ${caller.office ?? null},
                ${caller.onBehalfOf ?? null}, ${caller.purpose ?? null}, ${[...citizens]}, ${[...fields]})`;
      citizens.clear();
    },
  };
}

/** The record of a change, inside the transaction that changes. */
export async function recordChange(tx: Tx, caller: Caller, citizens: string[], fields: string[]): Promise<void> {
  await tx.insert(accessLog).values({
    requestId: caller.requestId,
    action: "CHANGE",
    subject: caller.subject,
    role: caller.role,
    office: caller.office ?? null,
    onBehalfOf: caller.onBehalfOf ?? null,
    purpose: caller.purpose ?? null,
    citizens,
    fields,
  });
}
