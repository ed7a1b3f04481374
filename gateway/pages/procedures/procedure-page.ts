import { type Html, html } from "../html.ts";
import { dayText } from "../instants.ts";
import { inLanguage, type Language } from "../language.ts";
import { languageLink, type Page } from "../page-layout.ts";
import { CHANNELS, FEE_UNITS, TERMS, TEXTS } from "./procedure-texts.ts";
import type { Fee, PublishedProcedure, Term } from "./published-procedure.ts";

/** Page of a procedure, to which the QR code on the wall of the office leads. */
export function procedurePage(procedure: PublishedProcedure, language: Language): Page {
  const texts = TEXTS[language];
  const path = procedurePath(procedure.code);
  return {
    status: 200,
    isPublic: true,
    title: `${procedure.name} – ${texts.title}`,
    language,
    languageSwitch: languageLink(path, language),
    content: html`<h1 lang="vi">${procedure.name}</h1>
<p class="code">${texts.code}: <strong>${procedure.code}</strong></p>
${language === "en" && html`<p class="hint">${texts.vietnameseOnly}</p>`}
${repealed(procedure, language)}
<dl>
<div><dt>${texts.time}</dt><dd>${termText(procedure.processingTime, language)}${note(procedure.processingTime.note)}</dd></div>
<div><dt>${texts.fee}</dt><dd>${fees(procedure, language)}${note(procedure.feeNote)}</dd></div>
<div><dt>${texts.agency}</dt><dd>${agencyName(procedure, language)}</dd></div>
<div><dt>${texts.levels}</dt><dd lang="vi">${procedure.levels.join(", ")}</dd></div>
${procedure.validFrom && html`<div><dt>${texts.validFrom}</dt><dd>${dayText(procedure.validFrom, language)}</dd></div>`}
</dl>
${steps(procedure, language)}
${papers(procedure, language)}
${named("results", texts.results, procedure.results)}
<section aria-labelledby="law"><h2 id="law">${texts.law}</h2><ul lang="vi">${procedure.legalBasis.map((each) => html`<li>${each}</li>`)}</ul></section>
<p class="again"><a href="${inLanguage("/track", language)}">${texts.track}</a></p>
<p class="again"><a href="${inLanguage("/procedures", language)}">${texts.all}</a></p>
<p class="qr"><img src="${path}/qr.svg" alt="" width="120" height="120"> ${texts.address}</p>`,
  };
}

export function procedurePath(code: string): string {
  return `/procedures/${encodeURIComponent(code)}`;
}

/** Term of a procedure in words. */
export function termText({ quantity, unit }: Term, language: Language): string {
  const text = unit === null ? undefined : TERMS[unit]?.[language];
  if (text === undefined || quantity === null) return TEXTS[language].noTime;
  return text.replace("{}", String(quantity));
}

function note(text: string | null | undefined): Html | false {
  return Boolean(text) && html`<p class="hint" lang="vi">${text}</p>`;
}

function agencyName({ agency }: PublishedProcedure, language: Language): string {
  return language === "vi" ? agency.name : agency.nameEn;
}

function repealed({ validTo, successor }: PublishedProcedure, language: Language): Html | false {
  if (validTo === null) return false;
  const texts = TEXTS[language];
  const link =
    successor &&
    html` ${texts.successor}: <a lang="vi" href="${inLanguage(procedurePath(successor.code), language)}">${successor.name}</a>.`;
  return html`<p class="notice">${texts.repealed.replace("{}", dayText(validTo, language))}${link}</p>`;
}

function channelNames(channels: readonly string[], language: Language): string {
  return channels.map((channel) => CHANNELS[channel]?.[language] ?? channel).join(", ");
}

function steps(procedure: PublishedProcedure, language: Language): Html {
  const texts = TEXTS[language];
  const results = procedure.results.map(({ name }) => name).join("; ");
  const decide = texts.decide
    .replace("{}", agencyName(procedure, language))
    .replace("{}", termText(procedure.processingTime, language).toLowerCase());
  return html`<section aria-labelledby="steps"><h2 id="steps">${texts.steps}</h2>
<ol>
<li>${texts.submit.replace("{}", channelNames(procedure.channels, language))}</li>
<li>${decide}</li>
<li>${results === "" ? texts.collectAny : texts.collect.replace("{}", results)}</li>
</ol></section>`;
}

/** Fees, those that are equal on several channels as one line; the note says it alone where none is listed. */
function fees({ fees: all, feeNote }: PublishedProcedure, language: Language): Html | string {
  const texts = TEXTS[language];
  if (all.length === 0) return feeNote ? "" : texts.noFee;
  const lines = new Map<string, string[]>();
  for (const fee of all) {
    const line = `${fee.name}: ${amountText(fee, language)}`;
    lines.set(line, [...(lines.get(line) ?? []), fee.channel]);
  }
  const items = [...lines].map(([line, channels]) => html`<li>${line} (${channelNames(channels, language)})</li>`);
  return html`<ul>${items}</ul>`;
}

function amountText({ amountVnd, per }: Fee, language: Language): string {
  const texts = TEXTS[language];
  if (amountVnd === null) return texts.setElsewhere;
  if (amountVnd === 0) return texts.free;
  const amount = new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB").format(amountVnd);
  const unit = per === null ? "" : `, ${FEE_UNITS[per]?.[language] ?? per}`;
  return `${texts.dong.replace("{}", amount)}${unit}`;
}

function papers({ requiredPapers }: PublishedProcedure, language: Language): Html {
  const texts = TEXTS[language];
  if (requiredPapers !== null && requiredPapers.length > 0) return named("papers", texts.papers, requiredPapers);
  const text = requiredPapers === null ? texts.unpublishedPapers : texts.noPapers;
  return html`<section aria-labelledby="papers"><h2 id="papers">${texts.papers}</h2><p>${text}</p></section>`;
}

function named(id: string, heading: string, entries: readonly { name: string }[]): Html {
  if (entries.length === 0) return html``;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2><ul lang="vi">${entries.map(({ name }) => html`<li>${name}</li>`)}</ul></section>`;
}
