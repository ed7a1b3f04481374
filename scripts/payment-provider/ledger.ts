import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** An order and its payment and refunds. Amounts are in dong. */
export type ProviderEntry = {
  order: string;
  amountVnd: number;
  text: string;
  state: "OPEN" | "PAID" | "REVERSED";
  transaction: string | null;
  paidVnd: number;
  /** Refunds by the desk's keys. */
  refunds: { key: string; amountVnd: number; refund: string }[];
};

/** Ledger of the stand-in. Each order, payment and refund is entered once. */
export type ProviderLedger = {
  all(): readonly ProviderEntry[];
  find(order: string): ProviderEntry | undefined;
  /** Opens an order, or returns the one with this number; null if it has another amount. */
  open(order: string, amountVnd: number, text: string): ProviderEntry | null;
  /** Pays an open order, with its amount or a differing one. Null if the order is not open. */
  pay(order: string, amountVnd?: number): ProviderEntry | null;
  /** Takes a payment back. Null if the order is not paid. */
  reverse(order: string): ProviderEntry | null;
  /** Refunds once for each key. Null if the order is not paid, or the refunds would exceed the payment. */
  refund(order: string, key: string, amountVnd: number): string | null;
};

/** @param file where the ledger is kept; without it the ledger ends with the process */
export function providerLedger(file?: string): ProviderLedger {
  const entries = new Map((file ? readEntries(file) : []).map((entry) => [entry.order, entry]));
  const save = () => {
    if (!file) return;
    writeFileSync(`${file}.new`, JSON.stringify([...entries.values()]));
    renameSync(`${file}.new`, file); // a rename is atomic: a reader never sees half a file
  };
  return {
    all: () => [...entries.values()],
    find: (order) => entries.get(order),
    open(order, amountVnd, text) {
      const known = entries.get(order);
      if (known) return known.amountVnd === amountVnd ? known : null;
      const entry: ProviderEntry = {
        ...{ order, amountVnd, text, state: "OPEN", transaction: null, paidVnd: 0, refunds: [] },
      };
      entries.set(order, entry);
      save();
      return entry;
    },
    pay(order, amountVnd) {
      const entry = entries.get(order);
      if (entry?.state !== "OPEN") return null;
      Object.assign(entry, { state: "PAID", transaction: newNumber("GD"), paidVnd: amountVnd ?? entry.amountVnd });
      save();
      return entry;
    },
    reverse(order) {
      const entry = entries.get(order);
      if (entry?.state !== "PAID") return null;
      entry.state = "REVERSED";
      save();
      return entry;
    },
    refund(order, key, amountVnd) {
      const entry = entries.get(order);
      const known = entry?.refunds.find((each) => each.key === key);
      if (known) return known.amountVnd === amountVnd ? known.refund : null;
      const refunded = entry?.refunds.reduce((sum, each) => sum + each.amountVnd, 0) ?? 0;
      if (entry?.state !== "PAID" || refunded + amountVnd > entry.paidVnd) return null;
      const refund = newNumber("HT");
      entry.refunds.push({ key, amountVnd, refund });
      save();
      return refund;
    },
  };
}

function readEntries(file: string): ProviderEntry[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as ProviderEntry[]) : []; // our own file
}

function newNumber(prefix: string): string {
  return `${prefix}${randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase()}`;
}
