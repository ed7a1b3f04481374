import { type Html, html } from "../html.ts";
import { dueText } from "../instants.ts";
import { inLanguage, type Language } from "../language.ts";
import type { Page } from "../page-layout.ts";
import { againForm, languageForm } from "./tracking-forms.ts";
import { TEXTS as TRACKING_TEXTS } from "./tracking-texts.ts";

/** Papers that an answer code opens, as the document `supplement-by-code` selects them. */
export type OpenSupplement = { items: { code: string; description: string }[]; dueAt: string | null };

/** A person's proof of the right to answer, which the forms carry on. */
export type AnswerProof = { code: string; digits: string; answerCode: string };

const TEXTS = {
  vi: {
    title: "Bổ sung hồ sơ",
    byCode: "Bổ sung ngay tại đây",
    answerCode: "Mã trả lời",
    answerCodeHint: "6 chữ số trong tin nhắn hoặc thư mới nhất yêu cầu bổ sung",
    open: "Tiếp tục",
    text: "Nội dung trả lời",
    file: "Tệp hoặc ảnh chụp",
    fileHint: "PDF, JPEG, PNG, WebP, HEIC hoặc TIFF, tối đa {} MB. Mỗi giấy tờ cần nội dung hoặc tệp.",
    send: "Gửi bổ sung",
    back: "Quay lại hồ sơ",
    tooLarge: "Tệp quá lớn; đề nghị chụp hoặc quét với độ phân giải thấp hơn.",
    wrongType: "Loại tệp không được nhận; đề nghị gửi PDF hoặc ảnh.",
    malware: "Tệp có mã độc; đề nghị quét lại trên máy khác.",
    away: "Chưa lưu được tệp. Đề nghị gửi lại sau ít phút.",
    sent: "Đã nhận nội dung bổ sung của ông/bà.",
  },
  en: {
    title: "Send the papers",
    byCode: "Send the papers here",
    answerCode: "Answer code",
    answerCodeHint: "6 digits in the newest message that asks for papers",
    open: "Continue",
    text: "Your answer",
    file: "File or photo",
    fileHint: "PDF, JPEG, PNG, WebP, HEIC or TIFF, at most {} MB. Each paper needs an answer or a file.",
    send: "Send",
    back: "Back to the dossier",
    tooLarge: "A file is too large; please scan it with a lower resolution.",
    wrongType: "Files of this type are not taken; please send a PDF or a photo.",
    malware: "A file contains malware; please scan the paper on another machine.",
    away: "The files cannot be stored now. Please send them again in a few minutes.",
    sent: "Your answer was received.",
  },
} satisfies Record<Language, Record<string, string>>;

export function sentText(language: Language): string {
  return TEXTS[language].sent;
}

/** Reason why a file was not stored. */
export function refusedFile(status: number | undefined, language: Language): string {
  const { tooLarge, wrongType, malware, away } = TEXTS[language];
  return { 413: tooLarge, 415: wrongType, 422: malware }[status ?? 503] ?? away;
}

/** Form for the answer code, below the papers that are asked for. */
export function answerCodeForm(code: string, digits: string, language: Language, fault: string | undefined): Html {
  const texts = TEXTS[language];
  return html`<form method="post" action="${inLanguage(pathOf(code, "supplement"), language)}">
<h3>${texts.byCode}</h3>
${fault && html`<p class="fault" id="answer-code-fault" role="alert">${fault}</p>`}
<input type="hidden" name="phoneLast4" value="${digits}">
<label for="answer-code">${texts.answerCode}</label>
<p class="hint" id="answer-code-hint">${texts.answerCodeHint}</p>
<input id="answer-code" name="answerCode" required inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autocomplete="one-time-code" aria-describedby="answer-code-hint${fault && " answer-code-fault"}" ${fault && html`aria-invalid="true"`}>
<button>${texts.open}</button>
</form>`;
}

/** Page on which the papers are answered. `limitBytes`: largest file; undefined where no files are taken. */
export function answersPage(
  { code, digits, answerCode }: AnswerProof,
  { items, dueAt }: OpenSupplement,
  limitBytes: number | undefined,
  language: Language,
  fault?: { status: number; text: string },
): Page {
  const texts = TEXTS[language];
  const hint = texts.fileHint.replace("{}", String(Math.floor((limitBytes ?? 0) / 1_000_000)));
  return {
    status: fault?.status ?? 200,
    title: `${code} – ${texts.title}`,
    language,
    languageSwitch: languageForm(code, digits, language),
    content: html`<h1>${texts.title}</h1>
<p class="code">${TRACKING_TEXTS[language].code}: <strong>${code}</strong></p>
${dueAt !== null && html`<p><strong>${TRACKING_TEXTS[language].supplementDue}: ${dueText(dueAt, language)}</strong></p>`}
${fault && html`<p class="fault" role="alert">${fault.text}</p>`}
<form method="post" enctype="multipart/form-data" action="${inLanguage(pathOf(code, "answers"), language)}">
<input type="hidden" name="phoneLast4" value="${digits}">
<input type="hidden" name="answerCode" value="${answerCode}">
${items.map((item, place) => itemFields(item, place, limitBytes === undefined ? null : hint, language))}
<button>${texts.send}</button>
</form>
${againForm(code, digits, language, texts.back)}`,
  };
}

function itemFields(
  { code, description }: OpenSupplement["items"][number],
  place: number,
  fileHint: string | null,
  language: Language,
): Html {
  const texts = TEXTS[language];
  const file = html`<label for="file-${place}">${texts.file}</label>
<p class="hint" id="file-hint-${place}">${fileHint}</p>
<input id="file-${place}" type="file" name="file:${code}" accept="application/pdf,image/*" aria-describedby="file-hint-${place}">`;
  return html`<fieldset><legend lang="vi">${description}</legend>
<label for="text-${place}">${texts.text}</label>
<textarea id="text-${place}" name="text:${code}" rows="3" maxlength="1000"></textarea>
${fileHint !== null && file}
</fieldset>`;
}

function pathOf(code: string, form: "supplement" | "answers"): string {
  return `/track/${encodeURIComponent(code)}/${form}`;
}
