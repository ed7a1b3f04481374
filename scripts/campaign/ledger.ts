import type { AgencyCode } from "../../subgraphs/agency-registry.ts";
import type { BirthInput } from "./birth-requests.ts";

/** What a desk was told about a request: durably accepted under a code, or turned away for reasons. */
export type Reply = { kind: "ACKNOWLEDGED"; code: string } | { kind: "TURNED_AWAY"; problems: string[] };

/** One request as a desk sent it, again and again under one idempotency key until it had a reply. */
export type Sent = {
  /** Subject of the desk's token. */
  owner: string;
  key: string;
  input: BirthInput;
  /** More than one after a double click; none while nobody has answered. */
  replies: Reply[];
};

/** A part that a rogue deliverer cancelled before it delivered it: it must never take effect. */
export type Tombstone = { agency: AgencyCode; partId: string };

/** All that was done to a system from outside: what the invariants are held against. */
export type Ledger = { sent: Sent[]; tombstones: Tombstone[] };

export function emptyLedger(): Ledger {
  return { sent: [], tombstones: [] };
}

/** The code under which a request was acknowledged, if it was. */
export function acknowledgedCode({ replies }: Sent): string | undefined {
  for (const reply of replies) if (reply.kind === "ACKNOWLEDGED") return reply.code;
  return undefined;
}
