import type { MessageLanguage } from "../message-kinds.ts";
import { englishTexts } from "./english-texts.ts";
import type { MessageFacts, TextsOfLanguage } from "./message-facts.ts";
import { fitsOneSms, type SmsCoding } from "./sms-coding.ts";
import { vietnameseTexts } from "./vietnamese-texts.ts";

const LANGUAGES: Record<MessageLanguage, TextsOfLanguage> = { vi: vietnameseTexts, en: englishTexts };

/** An e-mail: plain text and the same as simple HTML. */
export type LetterText = { subject: string; text: string; html: string };

export function letterText(facts: MessageFacts, language: MessageLanguage): LetterText {
  const texts = LANGUAGES[language];
  const { title, body } = texts.textsOf(facts);
  const sympathy = texts.sympathy(facts);
  const paragraphs = [
    texts.salutation,
    sympathy === null ? body : `${sympathy} ${body}`,
    ...(facts.answerCode === null ? [] : [texts.answering(facts.answerCode)]),
    ...(facts.trackingUrl === null ? [] : [texts.track(facts.trackingUrl)]),
    texts.office(facts.office),
    texts.stopping,
    ...(facts.unsubscribeUrl === null ? [] : [texts.unsubscribing(facts.unsubscribeUrl)]),
  ];
  return {
    subject: texts.subject(facts, title),
    text: `${paragraphs.join("\n\n")}\n`,
    html: `<!doctype html><html lang="${language}"><meta charset="utf-8"><body>${paragraphs.map(paragraph).join("")}</body></html>`,
  };
}

/**
 * Text of an SMS, before its coding: what happened and what to do, then the term beside an answer code, a sentence of sympathy and the
 * tracking address, each where it fits into one SMS.
 */
export function smsText(facts: MessageFacts, language: MessageLanguage, coding: SmsCoding): string {
  const texts = LANGUAGES[language];
  // where an answer code stands in the short text, the term does not
  const term = facts.answerCode === null || facts.actUntil === null ? null : texts.term(facts.actUntil);
  const extras = [term, texts.sympathy(facts), facts.trackingUrl].filter((each) => each !== null);
  return extras.reduce((text, extra) => {
    const longer = `${text.replace(/[^.]$/, "$&.")} ${extra}`;
    return fitsOneSms(longer, coding) ? longer : text;
  }, texts.textsOf(facts).short);
}

/** Paragraph of HTML; an address is a link. */
function paragraph(text: string): string {
  const escaped = text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  return `<p>${escaped.replace(/https?:\/\/\S+/g, '<a href="$&">$&</a>')}</p>`;
}
