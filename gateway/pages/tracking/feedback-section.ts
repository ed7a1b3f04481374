import { type Html, html } from "../html.ts";
import { dueText, instantText } from "../instants.ts";
import { type Bilingual, inLanguage, type Language } from "../language.ts";
import type { TrackedDossier, TrackedFeedback } from "./tracked-dossier.ts";

/** Entries of a person in the form, with the reason of their refusal. */
export type RefusedFeedback = {
  rating: number | null;
  complaint: string | null;
  problems: readonly { message: string; messageEn: string; path: readonly string[] }[];
};

/** Ratings by their numbers, the best first. */
const RATINGS: readonly (readonly [rating: number, Bilingual])[] = [
  [5, { vi: "Rất hài lòng", en: "Very satisfied" }],
  [4, { vi: "Hài lòng", en: "Satisfied" }],
  [3, { vi: "Bình thường", en: "Neither satisfied nor dissatisfied" }],
  [2, { vi: "Không hài lòng", en: "Dissatisfied" }],
  [1, { vi: "Rất không hài lòng", en: "Very dissatisfied" }],
];

const TEXTS = {
  vi: {
    title: "Đánh giá; phản ánh, kiến nghị",
    intro: "Ông/bà gửi một lần cho mỗi hồ sơ. Đề nghị không ghi số định danh, số điện thoại.",
    rating: "Mức độ hài lòng",
    complaint: "Nội dung phản ánh, kiến nghị (nếu có)",
    hint: "Tối đa 2.000 ký tự. Bộ phận Một cửa trả lời tại trang này.",
    send: "Gửi",
    given: "Ông/bà đã gửi ý kiến lúc",
    answerBy: "Hạn trả lời",
    answer: "Trả lời của Bộ phận Một cửa",
  },
  en: {
    title: "Your rating or complaint",
    intro: "You can send it once for each dossier. Please write no personal or phone number.",
    rating: "How satisfied are you?",
    complaint: "Complaint or proposal, if you have one",
    hint: "At most 2,000 characters. The one-stop desk answers on this page.",
    send: "Send",
    given: "You sent your feedback at",
    answerBy: "Answer due",
    answer: "Answer of the one-stop desk",
  },
} satisfies Record<Language, Record<string, string>>;

/** Feedback that was given with its answer, or the form to give it. */
export function feedbackSection(
  { code, feedback }: TrackedDossier,
  digits: string,
  language: Language,
  refused: RefusedFeedback | undefined,
): Html {
  const content = feedback ? givenFeedback(feedback, language) : form(code, digits, language, refused);
  const faults = refused?.problems.map(({ message, messageEn }) => (language === "vi" ? message : messageEn)) ?? [];
  return html`<section aria-labelledby="feedback">
<h2 id="feedback">${TEXTS[language].title}</h2>
${faults.length > 0 && html`<p class="fault" id="feedback-fault" role="alert">${faults.join(" ")}</p>`}
${content}
</section>`;
}

function givenFeedback({ rating, givenAt, answerBy, answer }: TrackedFeedback, language: Language): Html {
  const texts = TEXTS[language];
  const words = RATINGS.find(([each]) => each === rating)?.[1][language];
  return html`<p>${texts.given} ${instantText(givenAt, language)}.</p>
${words && html`<p>${texts.rating}: ${words}</p>`}
${answer !== null && html`<h3>${texts.answer}</h3><p lang="vi">${answer}</p>`}
${answer === null && answerBy !== null && html`<p>${texts.answerBy}: ${dueText(answerBy, language)}</p>`}`;
}

function form(code: string, digits: string, language: Language, refused: RefusedFeedback | undefined): Html {
  const texts = TEXTS[language];
  const isComplaintWrong = refused?.problems.some(({ path }) => path.at(-1) === "complaint") === true;
  const choices = RATINGS.map(
    ([rating, words]) =>
      html`<label><input type="radio" name="rating" value="${rating}" ${refused?.rating === rating && html`checked`}> ${words[language]}</label>`,
  );
  return html`<p>${texts.intro}</p>
<form method="post" action="${inLanguage(`/track/${encodeURIComponent(code)}/feedback`, language)}#feedback">
<input type="hidden" name="phoneLast4" value="${digits}">
<fieldset><legend>${texts.rating}</legend>${choices}</fieldset>
<label for="complaint">${texts.complaint}</label>
<p class="hint" id="complaint-hint">${texts.hint}</p>
<textarea id="complaint" name="complaint" rows="5" maxlength="2000" aria-describedby="complaint-hint${isComplaintWrong && " feedback-fault"}" ${isComplaintWrong && html`aria-invalid="true"`}>${refused?.complaint ?? ""}</textarea>
<button>${texts.send}</button>
</form>`;
}
