import { type Html, html } from "./html.ts";
import { type Bilingual, inLanguage, type Language } from "./language.ts";

/** Names of the script and the style sheet of a page with a script, below /screens. */
export type ScreenFiles = { script: string; stylesheet: string };

/** A page to send. */
export type Page = {
  status: number;
  title: string;
  language: Language;
  content: Html;
  /** True where nothing of the page depends on its caller, so that caches may keep it. */
  isPublic?: true | undefined;
  /** Files of the page's script; undefined for a page without one. */
  screen?: ScreenFiles | undefined;
  /** Origin that the script may ask beside the gateway: that of the issuer at which people sign in. */
  connectsTo?: string | undefined;
  /** Link or form to the same page in the other language. */
  languageSwitch: Html;
  /** Seconds until another attempt makes sense. */
  retryAfterSeconds?: number | undefined;
};

const OTHER: Record<Language, Language> = { vi: "en", en: "vi" };
const LANGUAGE_NAMES: Bilingual = { vi: "Tiếng Việt", en: "English" };
const TEXTS = {
  vi: { skip: "Đến nội dung chính", brand: "Một cửa", site: "Trang", track: "Tra cứu", procedures: "Thủ tục" },
  en: {
    skip: "Skip to the content",
    brand: "Motcua",
    site: "Pages",
    track: "Track a dossier",
    procedures: "Procedures",
  },
};

export function otherLanguage(language: Language): { language: Language; name: string } {
  return { language: OTHER[language], name: LANGUAGE_NAMES[OTHER[language]] };
}

/** Link to the same page in the other language. */
export function languageLink(path: string, language: Language, search?: URLSearchParams): Html {
  const other = otherLanguage(language);
  return html`<a href="${inLanguage(path, other.language, search)}" lang="${other.language}" hreflang="${other.language}">${other.name}</a>`;
}

/** Complete HTML document of a page. */
export function documentOf({ title, language, content, languageSwitch, screen }: Page, stylesheetName: string): string {
  const texts = TEXTS[language];
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="/pages/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/pages/${stylesheetName}">
${screen && screenFiles(screen)}</head>
<body${screen && html` class="screen"`}>
<a class="skip" href="#content">${texts.skip}</a>
<header>
<p class="brand"><a href="${inLanguage("/", language)}">${texts.brand}</a></p>
<nav aria-label="${texts.site}"><a href="${inLanguage("/track", language)}">${texts.track}</a> <a href="${inLanguage("/procedures", language)}">${texts.procedures}</a></nav>
<div class="language">${languageSwitch}</div>
</header>
<main id="content">
${content}
</main>
</body>
</html>
`.text;
}

function screenFiles({ script, stylesheet }: ScreenFiles): Html {
  return html`<link rel="stylesheet" href="/screens/${stylesheet}">
<script type="module" src="/screens/${script}"></script>
`;
}
