import { setTimeout as sleep } from "node:timers/promises";
import { SIGNATURE_HEADER, signMessage } from "../../subgraphs/one-stop/payments/signature.ts";
import type { ProviderEntry } from "./ledger.ts";

/** Delivery of a notice: once, three times at once, or not at all. */
export const NOTICE_DELIVERIES = ["SENT", "REPEATED", "LOST"] as const;
export type NoticeDelivery = (typeof NOTICE_DELIVERIES)[number];

export type NoticeSender = {
  send(entry: ProviderEntry, kind: "PAID" | "REVERSED", delivery: NoticeDelivery): void;
  /** Stops the delivery of pending notices. */
  stop(): void;
};

const COPIES = 3;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** Sends signed notices to the desk, and repeats each until it is answered with 200. */
export function noticeSender({ callbackUrl, merchant, secret }: SenderOptions): NoticeSender {
  let stopped = false;

  async function deliver(body: string): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !stopped; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const headers = { "content-type": "application/json", [SIGNATURE_HEADER]: signMessage(secret, body, Date.now()) };
      const status = await fetch(callbackUrl(), { method: "POST", headers, body }).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 200) return;
      await sleep(pause, undefined, { ref: false });
    }
  }

  return {
    send({ order, transaction, paidVnd }, kind, delivery) {
      const body = JSON.stringify({ merchant, kind, transaction, order, amountVnd: paidVnd });
      const copies = delivery === "LOST" ? 0 : delivery === "REPEATED" ? COPIES : 1;
      for (let copy = 0; copy < copies; copy += 1) void deliver(body);
    },
    stop() {
      stopped = true;
    },
  };
}

export type SenderOptions = { callbackUrl(): string; merchant: string; secret: string };
