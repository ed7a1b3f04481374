import { type Html, html } from "../html.ts";
import { inLanguage, type Language } from "../language.ts";
import { languageLink, otherLanguage, type Page } from "../page-layout.ts";
import { TEXTS } from "./tracking-texts.ts";

/** Reason why a form is shown again. */
export type FormFault = "malformed" | "digitsWrong" | "notFound" | { lockedSeconds: number };

const STATUS = { malformed: 400, digitsWrong: 400, notFound: 404 } as const;

/** Form for the code of a dossier; with the code that was given where it is malformed. */
export function codeForm(language: Language, malformed?: string): Page {
  const texts = TEXTS[language];
  const fault = malformed === undefined ? undefined : "malformed";
  return {
    status: fault ? STATUS[fault] : 200,
    title: texts.title,
    language,
    languageSwitch: languageLink("/track", language),
    content: html`<h1>${texts.title}</h1>
${fault && faultText(fault, language)}
<form method="get" action="/track">
${language === "en" && html`<input type="hidden" name="lang" value="en">`}
<label for="code">${texts.code}</label>
<p class="hint" id="code-hint">${texts.codeHint}</p>
<input id="code" name="code" value="${malformed ?? ""}" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="60" aria-describedby="code-hint${fault && " fault"}" ${fault && html`aria-invalid="true"`}>
<button>${texts.find}</button>
</form>`,
  };
}

/** Form for the digits of the phone with which a dossier is opened. */
export function digitsForm(code: string, language: Language, fault?: FormFault): Page {
  const texts = TEXTS[language];
  return {
    status: statusOf(fault),
    retryAfterSeconds: typeof fault === "object" ? fault.lockedSeconds : undefined,
    title: `${code} – ${texts.title}`,
    language,
    languageSwitch: languageLink(pathOf(code), language),
    content: html`<h1>${texts.title}</h1>
<p class="code">${texts.code}: <strong>${code}</strong></p>
${fault && faultText(fault, language)}
<form method="post" action="${inLanguage(pathOf(code), language)}">
<label for="digits">${texts.digits}</label>
<p class="hint" id="digits-hint">${texts.digitsHint}</p>
<input id="digits" name="phoneLast4" required inputmode="numeric" pattern="[0-9]{4}" maxlength="4" autocomplete="off" aria-describedby="digits-hint${fault && " fault"}" ${fault && html`aria-invalid="true"`}>
<button>${texts.find}</button>
</form>
<p><a href="${inLanguage("/track", language)}">${texts.otherCode}</a></p>
${trackingCode(code, language)}`,
  };
}

/** The desk does not answer: a way to try again with the same digits. */
export function unavailablePage(code: string, digits: string, language: Language): Page {
  const texts = TEXTS[language];
  return {
    status: 503,
    retryAfterSeconds: 30,
    title: `${code} – ${texts.title}`,
    language,
    languageSwitch: languageForm(code, digits, language),
    content: html`<h1>${texts.title}</h1>
<p class="code">${texts.code}: <strong>${code}</strong></p>
<p class="fault" role="alert">${texts.unavailable}</p>
${againForm(code, digits, language, texts.again)}`,
  };
}

/** Button that shows the dossier again, as it is then. */
export function againForm(code: string, digits: string, language: Language, label: string): Html {
  return html`<form class="again" method="post" action="${inLanguage(pathOf(code), language)}"><input type="hidden" name="phoneLast4" value="${digits}"><button>${label}</button></form>`;
}

/** Button that shows the dossier in the other language. The digits are never part of an address. */
export function languageForm(code: string, digits: string, language: Language): Html {
  const other = otherLanguage(language);
  return html`<form method="post" action="${inLanguage(pathOf(code), other.language)}"><input type="hidden" name="phoneLast4" value="${digits}"><button class="plain" lang="${other.language}">${other.name}</button></form>`;
}

/** QR code of the tracking page, for paper. */
export function trackingCode(code: string, language: Language): Html {
  return html`<p class="qr"><img src="${pathOf(code)}/qr.svg" alt="" width="120" height="120"> ${TEXTS[language].address}</p>`;
}

function pathOf(code: string): string {
  return `/track/${encodeURIComponent(code)}`;
}

function statusOf(fault: FormFault | undefined): number {
  if (fault === undefined) return 200;
  return typeof fault === "object" ? 429 : STATUS[fault];
}

function faultText(fault: FormFault, language: Language): Html {
  const texts = TEXTS[language];
  const text =
    typeof fault === "object"
      ? texts.locked.replace("{}", String(Math.max(1, Math.ceil(fault.lockedSeconds / 60))))
      : texts[fault];
  return html`<p class="fault" id="fault" role="alert">${text}</p>`;
}
