import { writtenDay } from "../../../_shared/reference/written-day.ts";
import type { HandoverMethod } from "../../acceptance/application.ts";
import type { MessageKind } from "../message-kinds.ts";
import { type KindTexts, type MessageFacts, NOTHING_EXPIRES, type TextsOfLanguage } from "./message-facts.ts";

const HANDOVERS: Record<HandoverMethod, readonly [short: string, body: string]> = {
  DESK: ["result ready, please collect it", "Please collect the result at the desk that received the dossier."],
  POST: ["result ready, sent by post", "The result is sent to you by post."],
  ELECTRONIC: ["electronic result ready", "The electronic result is in the system; you need not collect it."],
};

/** Ending of a sentence with the last day of an act; empty without a term. */
const until = ({ actUntil }: MessageFacts) => (actUntil ? ` by ${writtenDay(actUntil)}` : "");
const byDay = ({ actUntil }: MessageFacts) => (actUntil ? ` by the end of ${writtenDay(actUntil)}` : "");

/** Ending of a short sentence that asks for papers: the answer code, else the term. */
const codeOrTerm = (facts: MessageFacts) => (facts.answerCode ? `, answer code ${facts.answerCode}` : until(facts));

const TEXTS: Record<MessageKind, (facts: MessageFacts) => KindTexts> = {
  RECEIVED: ({ code, dueOn }) => ({
    title: "received",
    short: `Dossier ${code} received, due ${writtenDay(dueOn)}`,
    body: `Dossier ${code} was received. The results are due on ${writtenDay(dueOn)}.`,
  }),
  PAYMENT_AWAITED: (facts) => ({
    title: "the fee is to be paid",
    short: `Dossier ${facts.code}: pay the fee${until(facts)}`,
    body: `The work on dossier ${facts.code} begins after its fee is paid. Please pay${byDay(facts)} on the dossier's page or at the one-stop desk.`,
  }),
  PAYMENT_RECEIVED: ({ code }) => ({
    title: "the fee is paid",
    short: `Dossier ${code}: fee received`,
    body: `The fee of dossier ${code} was received.`,
  }),
  CERTIFICATE_TO_CONFIRM: (facts) => ({
    title: "confirm the draft of the birth certificate",
    short: `Dossier ${facts.code}: confirm draft${until(facts)}`,
    body: `The draft of the birth certificate of dossier ${facts.code} is ready. Please check and confirm it${byDay(facts)}, or state its errors. Without an answer until then the draft counts as accepted.`,
  }),
  SUPPLEMENT_ASKED: (facts) => ({
    title: "papers are needed",
    short: `Dossier ${facts.code}: papers needed${codeOrTerm(facts)}`,
    body: `Papers are missing in dossier ${facts.code}. Please look up what is needed and answer${byDay(facts)}.`,
  }),
  SUPPLEMENT_REMINDER: (facts) => ({
    title: "the term to hand papers in ends soon",
    short: `Reminder ${facts.code}: papers needed${codeOrTerm(facts)}`,
    body: `The term to hand papers in for dossier ${facts.code} ends soon. Please do so${byDay(facts)}; afterwards the dossier is refused.`,
  }),
  NEW_DATE: ({ code, dueOn }) => ({
    title: "apology and new date",
    short: `We apologise: ${code} is now due ${writtenDay(dueOn)}`,
    body: `We apologise: the results of dossier ${code} will not be ready on the date that was given. The new date is ${writtenDay(dueOn)}.`,
  }),
  RESULT_READY: ({ code, handover }) => ({
    title: "the result is ready",
    short: `Dossier ${code}: ${HANDOVERS[handover][0]}`,
    body: `The result of dossier ${code} is ready. ${HANDOVERS[handover][1]}`,
  }),
  RESULT_PARTLY_READY: ({ code, handover }) => ({
    title: "a part of the results is ready",
    short: `Dossier ${code}: a part of the results is ready`,
    body: `A part of dossier ${code} was granted; the other part was not, and the dossier's page tells why and how to submit it again. ${HANDOVERS[handover][1]}`,
  }),
  REFUSED: ({ code }) => ({
    title: "refused",
    short: `Dossier ${code} was refused, see the reason`,
    body: `Dossier ${code} was not granted. The dossier's page and the one-stop desk tell why and how to submit it again.`,
  }),
  RETURNED: ({ code }) => ({
    title: "the results were handed over",
    short: `Dossier ${code}: results handed over`,
    body: `The results of dossier ${code} were handed over. If you have not received them, please tell the one-stop desk.`,
  }),
  NOT_ACCEPTED: ({ code }) => ({
    title: "not accepted",
    short: `Dossier ${code} was not accepted`,
    body: `Dossier ${code} was not accepted, because its fee was not paid in time. You may submit a new one.`,
  }),
  WITHDRAWN: ({ code }) => ({
    title: "withdrawn",
    short: `Dossier ${code} was withdrawn`,
    body: `Dossier ${code} was withdrawn as requested. If you did not request it, please tell the one-stop desk at once.`,
  }),
  EXPIRY_REMINDER: ({ expiring, actUntil }) => {
    const { en, expiresOn } = expiring ?? NOTHING_EXPIRES;
    const isBefore = actUntil !== null && actUntil < expiresOn;
    const last = writtenDay(actUntil ?? expiresOn);
    return {
      title: "expires soon",
      short: `${en} ends ${writtenDay(expiresOn)}${isBefore ? `, renew by ${last}` : ""}`,
      body: `${en}: the term ends on ${writtenDay(expiresOn)}. If you still need it, please request the renewal by the end of ${last}; the dossier is prefilled in the system and at the one-stop desk.`,
    };
  },
};

export const englishTexts: TextsOfLanguage = {
  textsOf: (facts) => TEXTS[facts.kind](facts),
  sympathy({ kind, tone }) {
    if (tone === "DEATH" && kind === "RECEIVED") return "Please accept our condolences.";
    return tone === "BIRTH" && kind === "RESULT_READY" ? "Congratulations to your family." : null;
  },
  term: (actUntil) => `Due ${writtenDay(actUntil)}.`,
  answering: (answerCode) =>
    `You can send the papers on the tracking page with the answer code ${answerCode}. Please tell it to nobody.`,
  subject: ({ code, expiring }, title) => `${expiring ? expiring.en : `Dossier ${code}`}: ${title}`,
  salutation: "Dear Sir or Madam,",
  track: (url) => `Track the dossier: ${url}`,
  office: (name) => `One-stop desk (${name})`,
  stopping: "To stop these messages, answer STOP, or tell the one-stop desk.",
  unsubscribing: (url) => `To stop these e-mails, open ${url}`,
};
