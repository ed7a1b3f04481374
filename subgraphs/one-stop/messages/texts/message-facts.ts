import type { LegalDay } from "../../../_shared/reference/days.ts";
import type { HandoverMethod } from "../../acceptance/application.ts";
import type { MessageKind } from "../message-kinds.ts";
import type { Tone } from "./tone.ts";

/** All that a message may tell: no name and no number of a person is among it. */
export type MessageFacts = {
  kind: MessageKind;
  /** Code of the dossier. */
  code: string;
  tone: Tone;
  /** Name of the receiving desk. */
  office: string;
  /** Day on which the results are due. */
  dueOn: LegalDay;
  /** Last day of the act that is asked for; null without a term. */
  actUntil: LegalDay | null;
  /** How the results are handed over. */
  handover: HandoverMethod;
  /** Address of the dossier's tracking page; null where none is configured. */
  trackingUrl: string | null;
};

/** Texts of one kind of message. `short` fits into one SMS of either coding, with a code of 25 characters. */
export type KindTexts = { title: string; short: string; body: string };

/** A language: the texts by kind, and those that all messages have in common. */
export type TextsOfLanguage = {
  textsOf(facts: MessageFacts): KindTexts;
  /** Sentence of a birth or a death; null for all other messages. */
  sympathy(facts: MessageFacts): string | null;
  subject(code: string, title: string): string;
  salutation: string;
  track(url: string): string;
  office(name: string): string;
  stopping: string;
};

/** A day as Vietnamese write it: dd/mm/yyyy. */
export function writtenDay(day: LegalDay): string {
  return day.split("-").reverse().join("/");
}
