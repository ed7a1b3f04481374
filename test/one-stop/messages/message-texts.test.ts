import { describe, expect, it } from "vitest";
import type { LegalDay } from "../../../subgraphs/_shared/reference/days.ts";
import { MESSAGE_KINDS, MESSAGE_LANGUAGES } from "../../../subgraphs/one-stop/messages/message-kinds.ts";
import type { MessageFacts } from "../../../subgraphs/one-stop/messages/texts/message-facts.ts";
import { letterText, smsText } from "../../../subgraphs/one-stop/messages/texts/message-text.ts";
import {
  coded,
  codingOf,
  fitsOneSms,
  LONGEST_SMS,
  withoutDiacritics,
} from "../../../subgraphs/one-stop/messages/texts/sms-coding.ts";
import { type Tone, toneOf } from "../../../subgraphs/one-stop/messages/texts/tone.ts";
import { procedureOf } from "../../../subgraphs/one-stop/procedures/catalogue.ts";

const TRACKING = "https://motcua.example.vn/track/000.00.15.H01-261123-00001";
const facts = (more: Partial<MessageFacts> = {}): MessageFacts => ({
  ...{ kind: "RECEIVED", code: "000.00.15.H01-261123-0001", tone: "PLAIN", office: "Bộ phận Một cửa Phường Long Mỹ" },
  ...{
    dueOn: "2026-11-30" as LegalDay,
    actUntil: "2026-12-02" as LegalDay,
    handover: "DESK",
    trackingUrl: TRACKING,
    answerCode: null,
    unsubscribeUrl: null,
    expiring: null,
  },
  ...more,
});
const PAPER = {
  ...{ vi: "Giấy XN tình trạng hôn nhân", en: "Confirmation of marital status" },
  expiresOn: "2026-12-03" as LegalDay,
};
const expiringOf = (kind: MessageFacts["kind"]) => (kind === "EXPIRY_REMINDER" ? PAPER : null);
/** Fact that every text of a message names: the code of the dossier, or the last day of the paper. */
const namedIn = ({ code, expiring }: MessageFacts) => (expiring ? "03/12/2026" : code);
const TONES: readonly Tone[] = ["PLAIN", "BIRTH", "DEATH"];
const ALL = MESSAGE_KINDS.flatMap((kind) =>
  TONES.flatMap((tone) =>
    (["DESK", "POST", "ELECTRONIC"] as const).flatMap((handover) =>
      [TRACKING, null].flatMap((trackingUrl) =>
        ["2026-12-02" as LegalDay, null].map((actUntil) =>
          facts({ kind, tone, handover, trackingUrl, actUntil, expiring: expiringOf(kind) }),
        ),
      ),
    ),
  ),
);

describe("the SMS of every kind of message", () => {
  it("tells the answer code also where the term does not fit beside it", () => {
    for (const kind of ["SUPPLEMENT_ASKED", "SUPPLEMENT_REMINDER"] as const)
      for (const language of MESSAGE_LANGUAGES)
        for (const coding of ["gsm", "ucs2"] as const) {
          const text = smsText(facts({ kind, answerCode: "012345" }), language, coding);
          expect(text).toContain("012345");
          expect(fitsOneSms(text, coding), text).toBe(true);
          expect(text.includes("02/12/2026")).toBe(coding === "gsm" || language === "en");
        }
    expect(letterText(facts({ kind: "SUPPLEMENT_ASKED", answerCode: "012345" }), "vi").text).toContain("012345");
  });

  it.each(MESSAGE_LANGUAGES.flatMap((language) => (["gsm", "ucs2"] as const).map((c) => [language, c] as const)))(
    "is one SMS, in the language %s and the coding %s, with the longest code",
    (language, coding) => {
      for (const each of ALL) {
        const text = smsText(each, language, coding);
        const sent = coded(text, coding);
        expect(sent.length, sent).toBeLessThanOrEqual(LONGEST_SMS[codingOf(sent, coding)]);
        expect(fitsOneSms(text, coding), sent).toBe(true);
        expect(text).toContain(namedIn(each));
      }
    },
  );

  it("fits into the 70 characters of UCS-2 without its extras, also where it needs no diacritics", () => {
    for (const each of ALL)
      for (const language of MESSAGE_LANGUAGES) {
        const plain = smsText({ ...each, tone: "PLAIN", trackingUrl: null }, language, "gsm");
        expect(plain.length, plain).toBeLessThanOrEqual(LONGEST_SMS.ucs2);
      }
  });

  it("tells the tracking address where it fits, and says first what happened", () => {
    expect(smsText(facts(), "vi", "gsm")).toBe(
      `Hồ sơ 000.00.15.H01-261123-0001 đã tiếp nhận, hẹn trả 30/11/2026. ${TRACKING}`,
    );
    expect(smsText(facts(), "vi", "ucs2")).not.toContain(TRACKING);
  });
});

it("a text without diacritics is of the GSM alphabet, and one with them is not", () => {
  expect(withoutDiacritics("Hồ sơ đã tiếp nhận; Đề nghị ĐỌC ưỡn")).toBe("Ho so da tiep nhan; De nghi DOC uon");
  expect([codingOf("Ho so", "ucs2"), codingOf("Hồ sơ", "ucs2"), fitsOneSms("a~b", "gsm")]).toEqual([
    "gsm",
    "ucs2",
    false,
  ]);
});

it("every text tells the code, or the last day of a paper, and none has an empty place, a name or a number of a person", () => {
  for (const each of ALL)
    for (const language of MESSAGE_LANGUAGES) {
      const { subject, text, html } = letterText(each, language);
      expect(subject).toContain(each.expiring ? each.expiring[language] : each.code);
      for (const part of [subject, text, html]) {
        expect(part).not.toMatch(/undefined|null|\bNaN\b|\d{12}| {2}/);
        if (part !== subject) expect(part).toContain(namedIn(each));
      }
      expect(text.includes(TRACKING)).toBe(each.trackingUrl !== null);
    }
});

it("a death is not congratulated, a birth is congratulated once, and nothing else is", () => {
  const warm = /chúc mừng|congratulat/i;
  const sad = /chia buồn|condolence/i;
  for (const each of ALL)
    for (const language of MESSAGE_LANGUAGES)
      for (const text of [letterText(each, language).text, smsText(each, language, "gsm")]) {
        expect(warm.test(text)).toBe(each.tone === "BIRTH" && each.kind === "RESULT_READY");
        expect(sad.test(text)).toBe(each.tone === "DEATH" && each.kind === "RECEIVED");
      }
});

it.each([
  ["1.001193", "PLAIN", "BIRTH"],
  ["1.000656", "PLAIN", "DEATH"],
  ["1.001731", "PLAIN", "DEATH"],
  ["2.002622", "PLAIN", "DEATH"],
  ["1.004884", "PLAIN", "PLAIN"],
  ["2.000635", "PLAIN", "PLAIN"],
  ["2.002621", "birth", "BIRTH"],
])("the tone of procedure %s as a dossier of the kind %s is %s", (procedureCode, definitionId, tone) => {
  const procedureName = procedureOf(procedureCode)?.name ?? "";
  expect(procedureName).not.toBe("");
  expect(toneOf({ definitionId, procedureCode, procedureName })).toBe(tone);
});

it("a letter escapes what HTML would read as markup, and links the tracking page", () => {
  const { html } = letterText(facts({ office: 'Một <cửa> & "bạn"' }), "vi");
  expect(html).toContain("Một &lt;cửa&gt; &amp; &quot;bạn&quot;");
  expect(html).toContain(`<a href="${TRACKING}">${TRACKING}</a>`);
});
