import type { LegalDay } from "../../../_shared/reference/days.ts";
import type { HandoverMethod } from "../../acceptance/application.ts";
import type { MessageKind } from "../message-kinds.ts";
import type { Tone } from "./tone.ts";

/** All that a message may tell: no name and no number of a person is among it. */
export type MessageFacts = {
  kind: MessageKind;
  /** Code of the dossier; a reminder does not tell it. */
  code: string;
  /** Paper or registration of a reminder, by its short names, with its last day; null for all other messages. */
  expiring: { vi: string; en: string; expiresOn: LegalDay } | null;
  tone: Tone;
  /** Name of the receiving desk. */
  office: string;
  /** Day on which the results are due. */
  dueOn: LegalDay;
  /** Last day of the act that is asked for; null without a term. */
  actUntil: LegalDay | null;
  /** Code with which the supplement is answered on the tracking page; null where there is none. */
  answerCode: string | null;
  /** Handover of the results. */
  handover: HandoverMethod;
  /** Address of the dossier's tracking page; null where none is configured. */
  trackingUrl: string | null;
  /** Address at which the recipient of an e-mail stops them; null where none is configured. */
  unsubscribeUrl: string | null;
};

/** Stands for the paper of a reminder, which always has one. */
export const NOTHING_EXPIRES = { vi: "", en: "", expiresOn: "" as LegalDay };

/** Texts of one kind of message. `short` fits into one SMS of either coding, with a code of 25 characters. */
export type KindTexts = { title: string; short: string; body: string };

/** A language: the texts by kind, and those that all messages have in common. */
export type TextsOfLanguage = {
  textsOf(facts: MessageFacts): KindTexts;
  /** Sentence of a birth or a death; null for all other messages. */
  sympathy(facts: MessageFacts): string | null;
  /** Sentence with the last day of the act that is asked for. */
  term(actUntil: LegalDay): string;
  /** Sentence on the use of an answer code. */
  answering(answerCode: string): string;
  subject(facts: MessageFacts, title: string): string;
  salutation: string;
  track(url: string): string;
  office(name: string): string;
  stopping: string;
  /** Sentence of an e-mail with the address at which e-mail is stopped. */
  unsubscribing(url: string): string;
};
