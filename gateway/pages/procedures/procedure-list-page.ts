import { type Html, html } from "../html.ts";
import { inLanguage, type Language } from "../language.ts";
import { languageLink, type Page } from "../page-layout.ts";
import { procedurePath, termText } from "./procedure-page.ts";
import { TEXTS } from "./procedure-texts.ts";
import type { ProcedureList } from "./published-procedure.ts";

/** An agency that the list may be limited to. */
export type ListedAgency = { code: string; vi: string; en: string };

/** Part of the catalogue that a page of the list shows. */
export type ListQuestion = { search: string; agency: string };

/** Page of the list; `next` is the address of the page after it. */
export function procedureListPage(
  { totalCount, nodes }: ProcedureList,
  question: ListQuestion,
  agencies: readonly ListedAgency[],
  next: string | undefined,
  language: Language,
): Page {
  const texts = TEXTS[language];
  const items = nodes.map(
    ({
      code,
      name,
      agency,
      processingTime,
    }) => html`<li><a lang="vi" href="${inLanguage(procedurePath(code), language)}">${name}</a>
<p>${language === "vi" ? agency.name : agency.nameEn} · ${termText(processingTime, language)} · <span class="code">${code}</span></p></li>`,
  );
  return {
    status: 200,
    isPublic: true,
    title: texts.title,
    language,
    languageSwitch: languageLink("/procedures", language, searchOf(question)),
    content: html`<h1>${texts.title}</h1>
${searchForm(question, agencies, language)}
${nodes.length === 0 ? html`<p class="notice">${texts.none}</p>` : html`<p>${texts.count.replace("{}", String(totalCount))}</p><ul class="entries">${items}</ul>`}
${next !== undefined && html`<p><a rel="next" href="${next}">${texts.next}</a></p>`}`,
  };
}

/** Page in place of a procedure that does not exist: a search by name. */
export function unknownProcedurePage(code: string, agencies: readonly ListedAgency[], language: Language): Page {
  const texts = TEXTS[language];
  return {
    status: 404,
    title: texts.title,
    language,
    languageSwitch: languageLink(procedurePath(code), language),
    content: html`<h1>${texts.title}</h1>
<p class="fault" role="alert">${texts.unknown.replace("{}", code)}</p>
${searchForm({ search: "", agency: "" }, agencies, language)}`,
  };
}

/** Page while the catalogue does not answer. */
export function catalogueUnavailablePage(address: string, language: Language): Page {
  const texts = TEXTS[language];
  return {
    status: 503,
    retryAfterSeconds: 30,
    title: texts.title,
    language,
    languageSwitch: languageLink("/procedures", language),
    content: html`<h1>${texts.title}</h1>
<p class="fault" role="alert">${texts.unavailable}</p>
<p><a href="${address}">${texts.again}</a></p>`,
  };
}

/** Parameters of the list's address. */
export function searchOf({ search, agency }: ListQuestion, after?: string): URLSearchParams {
  return new URLSearchParams({
    ...(search && { q: search }),
    ...(agency && { agency }),
    ...(after !== undefined && { after }),
  });
}

function searchForm({ search, agency }: ListQuestion, agencies: readonly ListedAgency[], language: Language): Html {
  const texts = TEXTS[language];
  const options = agencies.map(
    (each) => html`<option value="${each.code}" ${each.code === agency && html`selected`}>${each[language]}</option>`,
  );
  return html`<form method="get" action="/procedures" role="search">
${language === "en" && html`<input type="hidden" name="lang" value="en">`}
<label for="q">${texts.search}</label>
<p class="hint" id="q-hint">${texts.searchHint}</p>
<input id="q" name="q" type="search" value="${search}" maxlength="100" aria-describedby="q-hint">
<label for="agency">${texts.agency}</label>
<select id="agency" name="agency"><option value="">${texts.allAgencies}</option>${options}</select>
<button>${texts.find}</button>
</form>`;
}
