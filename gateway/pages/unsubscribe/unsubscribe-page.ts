import { html } from "../html.ts";
import { inLanguage, type Language } from "../language.ts";
import { languageLink, type Page } from "../page-layout.ts";

const TEXTS = {
  vi: {
    title: "Ngừng nhận thư thông báo",
    ask: "Bộ phận Một cửa sẽ không gửi thư điện tử về hồ sơ đến địa chỉ này nữa. Tin nhắn qua điện thoại không thay đổi.",
    stop: "Ngừng nhận thư",
    done: "Đã ngừng gửi thư thông báo đến địa chỉ này.",
    again:
      "Muốn nhận lại, ông/bà chọn kênh nhận thông báo trong tài khoản của mình hoặc báo cho Bộ phận Một cửa. Ông/bà vẫn tra cứu được hồ sơ bất cứ lúc nào.",
    away: "Hệ thống chưa xử lý được. Đề nghị thử lại sau ít phút.",
    track: "Tra cứu hồ sơ",
  },
  en: {
    title: "Stop e-mail messages",
    ask: "The one-stop desk will no longer send e-mail about dossiers to this address. SMS to your phone are not affected.",
    stop: "Stop e-mail",
    done: "No more messages are sent to this address.",
    again:
      "To receive them again, choose your channels in your account, or tell the one-stop desk. You can track a dossier at any time.",
    away: "The system cannot process this now. Please try again in a few minutes.",
    track: "Track a dossier",
  },
} satisfies Record<Language, Record<string, string>>;

/** Outcome of an attempt to stop e-mail: "done", or a text that says what is wrong. */
export type UnsubscribeOutcome = "done" | { status: 400 | 503; text: string | null };

/**
 * Page that asks whether e-mail is to be stopped, and says what came of it. It acts on no GET, because scanners of mail follow links.
 * @param outcome null before the act
 */
export function unsubscribePage(token: string, language: Language, outcome: UnsubscribeOutcome | null): Page {
  const texts = TEXTS[language];
  const path = `/unsubscribe/${encodeURIComponent(token)}`;
  const fault = outcome === null || outcome === "done" ? null : (outcome.text ?? texts.away);
  const form = html`<form method="post" action="${inLanguage(path, language)}">
<p>${texts.ask}</p>
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button>${texts.stop}</button>
</form>`;
  const done = html`<p class="notice" role="status">${texts.done}</p>
<p>${texts.again}</p>
<p><a href="${inLanguage("/track", language)}">${texts.track}</a></p>`;
  return {
    status: fault === null || typeof outcome !== "object" || outcome === null ? 200 : outcome.status,
    title: texts.title,
    language,
    languageSwitch: languageLink(path, language),
    content: html`<h1>${texts.title}</h1>
${fault !== null && html`<p class="fault" role="alert">${fault}</p>`}
${outcome === "done" ? done : form}`,
  };
}
