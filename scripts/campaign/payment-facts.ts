import { unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import { isHeld, type PaymentState } from "../../subgraphs/one-stop/payments/payment.ts";
import type { StoredEntry } from "../../subgraphs/one-stop/saga/stored-history.ts";
import type { ProviderEntry } from "../payment-provider/ledger.ts";
import type { Harness } from "./harness.ts";
import { waitUntil } from "./wait-until.ts";

const PROVIDER_START_SECONDS = 20;

/** Order of a dossier, as the desk and the provider have it. Amounts are in dong. */
export type PaymentFact = {
  order: string;
  code: string;
  dossierState: string;
  state: PaymentState;
  amountVnd: number;
  refundVnd: number;
  refundedVnd: number;
  /** Cost of the parts that were not dropped before their work. */
  costVnd: number;
  /** Entries of the history that say that the fee was paid. */
  timesPaid: number;
  provider: Pick<ProviderEntry, "state" | "paidVnd" | "refunds"> | null;
};

type PaymentSystem = Pick<Harness, "sql" | "system">;

export async function readPayments(harness: PaymentSystem): Promise<PaymentFact[]> {
  const books = new Map((await providerBooks(harness)).map((entry) => [entry.order, entry]));
  const rows = await harness.sql("one-stop")<(Omit<PaymentFact, "provider" | "timesPaid"> & { changes: string[] })[]>`
    select p.id as order, d.code, d.state as "dossierState", p.state, p.amount_vnd::int as "amountVnd",
           p.refund_vnd::int as "refundVnd", p.refunded_vnd::int as "refundedVnd",
           (select coalesce(sum((line ->> 'amountVnd')::int), 0)::int from jsonb_array_elements(p.lines) line
              join steps s on s.dossier_id = d.id and s.key = line ->> 'step'
             where s.state <> 'NOT_APPLICABLE'
               and not (s.state = 'CANCELLED' and s.attempts = 0 and s.claimed_by is null)) as "costVnd",
           (select coalesce(json_agg(encode(h.entries, 'hex')), '[]') from history h where h.dossier_id = d.id) as changes
      from payments p join dossiers d on d.id = p.dossier_id`;
  return rows.map(({ changes, ...row }) => ({
    ...{ ...row, timesPaid: changes.reduce((sum, change) => sum + timesPaid(change), 0) },
    provider: books.get(row.order) ?? null,
  }));
}

function timesPaid(change: string): number {
  const entries = unpackJson(Buffer.from(change, "hex")) as StoredEntry[]; // the desk alone writes them
  return entries.filter(([, state]) => state === "PAID").length;
}

/** Makes the calls of the provider due at once, and waits until desk and provider agree; the invariants report what does not. */
export async function paymentsSettled(harness: PaymentSystem, seconds: number): Promise<void> {
  const sql = harness.sql("one-stop");
  const agree = async () => {
    await sql`update payments set next_attempt_at = now() where next_attempt_at > now() + interval '2 seconds'`;
    await sql`update payment_refunds set next_attempt_at = now() where next_attempt_at > now() + interval '2 seconds'`;
    const facts = await readPayments(harness);
    return facts.every(({ state, provider }) => {
      if (state === "REFUND_DUE" || isHeld(state) !== (provider?.state === "PAID")) return false;
      return state !== "PENDING" || provider?.state === "OPEN";
    });
  };
  await waitUntil("the payments are settled", agree, seconds).catch(() => undefined);
}

/** Books of the provider, which may have been started just now. */
async function providerBooks({ system: { ports } }: PaymentSystem): Promise<ProviderEntry[]> {
  const address = `http://127.0.0.1:${ports["payment-provider"]}/ledger`;
  const read = () => fetch(address).then((response) => response.json() as Promise<ProviderEntry[]>);
  await waitUntil("the payment provider responds", () => read().then(Boolean, () => false), PROVIDER_START_SECONDS);
  return read();
}
