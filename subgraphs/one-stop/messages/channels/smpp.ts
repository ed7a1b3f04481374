import { createHash } from "node:crypto";
import type smpp from "smpp";
import type { SmppAccount } from "../accounts.ts";
import { internationalNumber } from "../international-number.ts";
import { smsText } from "../texts/message-text.ts";
import { coded, codingOf } from "../texts/sms-coding.ts";
import { type Channel, type ChannelAnswer, ChannelUnavailable } from "./channel.ts";
import { isReceipt, type Receipt, readReceipt } from "./smpp-receipt.ts";
import { smppSession } from "./smpp-session.ts";

/** Messages that arrive from phones and from the centre. */
export type Incoming = {
  /** False if the centre is to deliver the receipt again. */
  receipt(receipt: Receipt): Promise<boolean>;
  /** A citizen answers STOP. */
  stopped(phone: string): Promise<void>;
};

/** Command statuses (SMPP 3.4, 5.1.3) by which a centre refuses this number for good: invalid destination, permanent failure. */
const REFUSED: readonly number[] = [0x0b, 0x65];
/** Statuses about this message that may pass: its submission failed, or its destination has too many waiting. */
const REFUSED_FOR_NOW: readonly number[] = [0x45, 0x64];
const GSM_CODING = 0;
const UCS2_CODING = 8;
/** Types of number and numbering plans: international E.164, alphanumeric, and a short number of the network. */
const INTERNATIONAL = { ton: 1, npi: 1 };
const ALPHANUMERIC = { ton: 5, npi: 0 };
const NETWORK_NUMBER = { ton: 3, npi: 0 };
const OK = 0;
const AGAIN_LATER = 0x64;
const STOP = /^\s*(stop|dung|dừng)\s*$/i;
/** Vietnamese mobile numbers and foreign numbers; a Vietnamese landline receives no SMS. */
const REACHABLE = /^(0[35789]\d{8}|\+\d{8,15})$/;

/**
 * Sends SMS by SMPP 3.4. `user_message_reference` is the same for a message that is sent again; a centre repeats it in the receipt
 * (4.6.2), by which a message is recognised whose acceptance was not recorded.
 */
export function smppChannel(account: SmppAccount, timeoutMs: number, incoming: Incoming): Channel {
  const session = smppSession(account, { timeoutMs, delivered: (pdu) => received(pdu, incoming) });
  return {
    reaches: ({ phone }) => phone !== null && REACHABLE.test(phone),
    async send({ id, facts, language, to }) {
      const text = coded(smsText(facts, language, account.coding), account.coding);
      const sender = /^\d+$/.test(account.sender) ? NETWORK_NUMBER : ALPHANUMERIC;
      return answerOf(
        await session.submit({
          ...{ source_addr_ton: sender.ton, source_addr_npi: sender.npi, source_addr: account.sender },
          ...{ dest_addr_ton: INTERNATIONAL.ton, dest_addr_npi: INTERNATIONAL.npi },
          destination_addr: internationalNumber(to.phone ?? ""),
          registered_delivery: 1,
          user_message_reference: createHash("sha256").update(id).digest().readUInt16BE(0),
          data_coding: codingOf(text, account.coding) === "gsm" ? GSM_CODING : UCS2_CODING,
          short_message: text,
        }),
      );
    },
    close: () => session.close(),
  };
}

/** @throws ChannelUnavailable if the centre refuses all messages, such as while it is too busy */
function answerOf({ command_status: status, message_id: reference }: smpp.Pdu): ChannelAnswer {
  if (status === OK) return { kind: "ACCEPTED", reference: reference || null };
  const reason = `0x${status.toString(16).toUpperCase().padStart(8, "0")}`;
  if (REFUSED.includes(status)) return { kind: "REFUSED", reason };
  if (REFUSED_FOR_NOW.includes(status)) return { kind: "REFUSED_FOR_NOW", reason };
  throw new ChannelUnavailable(`status ${reason}`);
}

/** @returns the command status of the answer */
async function received(pdu: smpp.Pdu, incoming: Incoming): Promise<number> {
  if (isReceipt(pdu)) {
    const receipt = readReceipt(pdu);
    return receipt === null || (await incoming.receipt(receipt)) ? OK : AGAIN_LATER;
  }
  const text = String(pdu.short_message?.message ?? "");
  if (STOP.test(text)) await incoming.stopped(pdu.source_addr ?? "");
  return OK;
}
