import type smpp from "smpp";

/**
 * Delivery receipt of an SMS centre: its number of the message, the phone, and the final state. `ownReference` is the
 * `user_message_reference` of the message (SMPP 3.4, 5.3.2.17), null if the centre does not repeat it.
 */
export type Receipt = {
  reference: string;
  ownReference: number | null;
  phone: string;
  state: string;
  failed: boolean;
};

/** Bits of `esm_class` that mark a delivery receipt (SMPP 3.4, 5.2.12). */
const TYPE_OF_MESSAGE = 0x3c;
const DELIVERY_RECEIPT = 0x04;
const FAILED: readonly string[] = ["EXPIRED", "DELETED", "UNDELIV", "REJECTD"];

export function isReceipt({ esm_class: type = 0 }: Pick<smpp.Pdu, "esm_class">): boolean {
  return (type & TYPE_OF_MESSAGE) === DELIVERY_RECEIPT;
}

/** Reads the text of a receipt, `id:… stat:DELIVRD …` (SMPP 3.4, appendix B); null if it has no such form. */
export function readReceipt({ short_message, receipted_message_id, ...pdu }: smpp.Pdu): Receipt | null {
  const text = String(short_message?.message ?? "");
  const reference = receipted_message_id ?? /\bid:(\S+)/.exec(text)?.[1];
  const state = /\bstat:([A-Z]+)/.exec(text)?.[1];
  if (!reference || !state) return null;
  const { user_message_reference: ownReference = null, source_addr: phone = "" } = pdu;
  return { reference, ownReference, phone, state, failed: FAILED.includes(state) };
}
