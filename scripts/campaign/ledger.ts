import type { AgencyCode } from "../../subgraphs/agency-registry.ts";
import type { BirthInput } from "./birth-requests.ts";

/** Response to a request: durably accepted under a code, or rejected with problems. */
export type Reply = { kind: "ACKNOWLEDGED"; code: string } | { kind: "REJECTED"; problems: string[] };

/** One request of a desk, retried under one idempotency key until there is a response. */
export type SentRequest = {
  /** Subject of the desk's token. */
  owner: string;
  key: string;
  input: BirthInput;
  /** Reserved code under which an offline desk received the request; it is sent in a batch. */
  reservedCode?: string;
  /** More than one after a double click; none before the first response. */
  replies: Reply[];
};

/** A part that the faulty client cancelled before its delivery: it must never take effect. */
export type Tombstone = { agency: AgencyCode; partId: string };

/** All that clients did to the system; the invariants compare the system with it. */
export type Ledger = { sent: SentRequest[]; tombstones: Tombstone[] };

export function emptyLedger(): Ledger {
  return { sent: [], tombstones: [] };
}

/** Code of an acknowledged request; undefined when it was not acknowledged. */
export function acknowledgedCode({ replies }: SentRequest): string | undefined {
  for (const reply of replies) if (reply.kind === "ACKNOWLEDGED") return reply.code;
  return undefined;
}
