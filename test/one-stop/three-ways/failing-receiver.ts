import { isValid, type Receiver, type WebhookEvent } from "../webhooks/receiver.ts";

/**
 * Faults of a receiver. AWAY: no answer, the connection ends; SLOW: the event is processed and answered after the sender's time limit;
 * FAILS: 500; BUSY: 503 with Retry-After; SILENT: the event is lost without an answer.
 */
export const RECEIVER_FAULTS = ["AWAY", "SLOW", "FAILS", "BUSY", "SILENT"] as const;
export type ReceiverFault = (typeof RECEIVER_FAULTS)[number];

/** A receiver that processes an event when it answers 2xx, and not otherwise. */
export type FailingReceiver = {
  /** Processed events in the order of their processing, repeated ones included. */
  processed: readonly WebhookEvent[];
  /** Number of requests without a valid signature. */
  unsigned(): number;
  /** Switches a fault on for the next `times` requests; 0 switches it off. */
  set(fault: ReceiverFault, times: number): void;
};

/** Longer than the sender's time limit. */
const SLOW_MS = 450;

export function failingReceiver(receiver: Receiver, path: string, secret: string): FailingReceiver {
  const processed: WebhookEvent[] = [];
  let fault: ReceiverFault = "AWAY";
  let left = 0;
  let unsigned = 0;
  receiver.answer(path, (request, response, event) => {
    const own = receiver.received.at(-1);
    if (!own || !isValid(own, secret)) unsigned++; // at once, because a signature holds for minutes
    const struck = left-- > 0 ? fault : null;
    if (struck === null || struck === "SLOW") processed.push(event);
    if (struck === "AWAY") request.socket.destroy();
    else if (struck === "SLOW") setTimeout(() => response.writeHead(204).end(), SLOW_MS).unref();
    else if (struck === "FAILS") response.writeHead(500).end();
    else if (struck === "BUSY") response.writeHead(503, { "retry-after": "60" }).end();
    else if (struck !== "SILENT") response.writeHead(204).end();
  });
  return {
    processed,
    unsigned: () => unsigned,
    set(next, times) {
      fault = next;
      left = times;
    },
  };
}
