import { Refusal } from "../errors.ts";
import { html } from "./html.ts";
import type { Language } from "./language.ts";
import { languageLink, type Page } from "./page-layout.ts";

const TEXTS = {
  vi: {
    title: "Chưa xử lý được yêu cầu",
    many: "Có quá nhiều yêu cầu từ địa chỉ mạng này. Đề nghị thử lại sau ít phút.",
    wrong: "Yêu cầu không hợp lệ. Đề nghị mở lại trang tra cứu và thử lại.",
    fault: "Hệ thống gặp lỗi. Đề nghị thử lại sau ít phút.",
    id: "Mã yêu cầu",
    start: "Mở trang tra cứu hồ sơ",
  },
  en: {
    title: "The request was not processed",
    many: "Too many requests come from this network address. Please try again in a few minutes.",
    wrong: "The request is not valid. Please open the tracking page again and try once more.",
    fault: "The system failed. Please try again in a few minutes.",
    id: "Request id",
    start: "Open the tracking page",
  },
};

/** Page in place of one that was refused or failed. */
export function refusedPage(error: unknown, language: Language, requestId: string): Page {
  const texts = TEXTS[language];
  const status = error instanceof Refusal ? error.status : 500;
  const text = status === 429 ? texts.many : status < 500 ? texts.wrong : texts.fault;
  return {
    status,
    retryAfterSeconds: error instanceof Refusal ? error.details.retryAfterSeconds : undefined,
    title: texts.title,
    language,
    languageSwitch: languageLink("/track", language),
    content: html`<h1>${texts.title}</h1>
<p class="fault" role="alert">${text}</p>
<p>${texts.id}: <span class="code">${requestId}</span></p>
<p><a href="${language === "en" ? "/track?lang=en" : "/track"}">${texts.start}</a></p>`,
  };
}
