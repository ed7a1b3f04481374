import type { MessageLanguage } from "../message-kinds.ts";
import type { MessageFacts } from "../texts/message-facts.ts";

/** Addresses of a citizen that the choice of channels leaves. */
export type Addresses = { email: string | null; phone: string | null };

/** One message for one channel. A repeated sending has the same id. */
export type OutgoingMessage = {
  id: string;
  facts: MessageFacts;
  language: MessageLanguage;
  to: Addresses;
};

/**
 * Answer of a channel. `REFUSED`: this address will never be reached; `REFUSED_FOR_NOW`: it may be reached later. `reason` is the
 * server's status code, without its text, which may name the address.
 */
export type ChannelAnswer =
  | { kind: "ACCEPTED"; reference: string | null }
  | { kind: "REFUSED" | "REFUSED_FOR_NOW"; reason: string };

/** The channel gave no answer about this message, or refuses all of them: its outcome is unknown, and it is sent again. */
export class ChannelUnavailable extends Error {}

/** A way to a citizen. */
export type Channel = {
  /** True if the citizen has an address for this channel. */
  reaches(to: Addresses): boolean;
  /** @throws ChannelUnavailable */
  send(message: OutgoingMessage): Promise<ChannelAnswer>;
  close(): Promise<void>;
};
