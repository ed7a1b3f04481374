import { type Html, html } from "../html.ts";
import { dueText, instantText } from "../instants.ts";
import type { Bilingual, Language } from "../language.ts";
import type { Page } from "../page-layout.ts";
import { feedbackSection, type RefusedFeedback } from "./feedback-section.ts";
import { answerCodeForm } from "./supplement-forms.ts";
import type { TrackedDossier, TrackedPart } from "./tracked-dossier.ts";
import { againForm, languageForm, trackingCode } from "./tracking-forms.ts";
import { HOLDERS, OUTCOMES, PART_STATES, STATES, TEXTS } from "./tracking-texts.ts";

/** Outcome of a form of the page. */
export type TrackingNotes = {
  refusedFeedback?: RefusedFeedback | undefined;
  /** Reason why the answer code opens nothing. */
  answerCodeFault?: string;
  /** Confirmation of what a person has sent. */
  received?: string;
};

/** Page of a dossier. `silentAgencies` are the names of agencies that do not respond now. */
export function trackingPage(
  dossier: TrackedDossier,
  digits: string,
  silentAgencies: readonly Bilingual[],
  language: Language,
  notes: TrackingNotes = {},
): Page {
  const texts = TEXTS[language];
  const { code } = dossier;
  return {
    status: notes.refusedFeedback || notes.answerCodeFault ? 400 : 200,
    title: `${code} – ${texts.title}`,
    language,
    languageSwitch: languageForm(code, digits, language),
    content: html`<h1 lang="vi">${dossier.bundle.name}</h1>
<p class="code">${texts.code}: <strong>${code}</strong></p>
<p class="state state-${dossier.state.toLowerCase()}">${stateText(dossier, language)}</p>
${notes.received && html`<p class="notice" role="status">${notes.received}</p>`}
${silentAgencies.length > 0 && html`<p class="notice">${texts.silent.replace("{}", silentAgencies.map((each) => each[language]).join(", "))}</p>`}
${duties(dossier, digits, language, notes.answerCodeFault)}
${facts(dossier, language)}
${explanation(dossier, language)}
${parts(dossier, language)}
${feedbackSection(dossier, digits, language, notes.refusedFeedback)}
${againForm(code, digits, language, texts.refresh)}
${trackingCode(code, language)}`,
  };
}

/** Word for a code of the graph; the code itself where this release has no word for it. */
function word(words: Readonly<Record<string, Bilingual>>, code: string, language: Language): string {
  return words[code]?.[language] ?? code;
}

function stateText({ state, outcome }: TrackedDossier, language: Language): string {
  const text = word(STATES, state, language);
  return outcome === null ? text : `${text}: ${word(OUTCOMES, outcome, language)}`;
}

function duties(dossier: TrackedDossier, digits: string, language: Language, answerCodeFault?: string): Html {
  const { code, whatYouMustDo, whatYouMustDoEn, steps, office, answeredByCode } = dossier;
  const { duties: heading, noDuty, handIn } = TEXTS[language];
  const areAsked = steps.some(({ state }) => state === "SUPPLEMENT_NEEDED");
  const all = language === "vi" ? whatYouMustDo : whatYouMustDoEn;
  return html`<section class="duties" aria-labelledby="duties">
<h2 id="duties">${heading}</h2>
${all.length === 0 ? html`<p>${noDuty}</p>` : html`<ul>${all.map((each) => html`<li>${sentence(each)}</li>`)}</ul>`}
${areAsked && html`<p>${handIn.replace("{}", office.name)}</p>`}
${(answeredByCode || answerCodeFault) && answerCodeForm(code, digits, language, answerCodeFault)}
</section>`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function facts(dossier: TrackedDossier, language: Language): Html {
  const texts = TEXTS[language];
  const { office, heldBy, receivedAt, dueAt, overdue, updatedAt } = dossier;
  return html`<dl>
<div><dt>${texts.where}</dt><dd>${holderText(dossier, language)}${heldBy && html` (${texts.since} ${instantText(heldBy.since, language)})`}</dd></div>
<div><dt>${texts.due}</dt><dd>${dueText(dueAt, language)}${overdue && html` <strong class="late">(${texts.overdue})</strong>`}</dd></div>
<div><dt>${texts.office}</dt><dd lang="vi">${office.name}</dd></div>
<div><dt>${texts.received}</dt><dd>${instantText(receivedAt, language)}</dd></div>
<div><dt>${texts.updated}</dt><dd>${instantText(updatedAt, language)}</dd></div>
</dl>`;
}

function holderText({ heldBy, state, office }: TrackedDossier, language: Language): string {
  const texts = TEXTS[language];
  if (!heldBy) return state === "COMPLETED" ? texts.decided.replace("{}", office.name) : texts.ended;
  if (heldBy.holder === "DESK") return office.name;
  const agency = (language === "vi" ? heldBy.agency?.name : heldBy.agency?.nameEn) ?? texts.desk;
  return word(HOLDERS, heldBy.holder, language).replace("{}", agency);
}

function explanation({ dueAtExplanation }: TrackedDossier, language: Language): Html | false {
  if (dueAtExplanation.length === 0) return false;
  const lines = dueAtExplanation.map(({ text, textEn }) => html`<li>${language === "vi" ? text : textEn}</li>`);
  return html`<details><summary>${TEXTS[language].why}</summary><ol>${lines}</ol></details>`;
}

function parts({ steps }: TrackedDossier, language: Language): Html {
  return html`<section aria-labelledby="parts">
<h2 id="parts">${TEXTS[language].parts}</h2>
<ol class="parts">${steps.map((part) => partItem(part, language))}</ol>
</section>`;
}

function partItem(part: TrackedPart, language: Language): Html {
  const { name, agency, state, dueAt, completedAt, supplementDueAt } = part;
  const texts = TEXTS[language];
  const isOpen = completedAt === null && dueAt !== null && OPEN.has(state);
  return html`<li class="part part-${state.toLowerCase()}">
<h3 lang="vi">${name}</h3>
<p>${language === "vi" ? agency.name : agency.nameEn}</p>
<p class="part-state">${word(PART_STATES, state, language)}</p>
${completedAt !== null && html`<p>${texts.partDone} ${instantText(completedAt, language)}</p>`}
${isOpen && html`<p>${texts.partDue}: ${dueText(dueAt, language)}</p>`}
${supplementDueAt !== null && html`<p><strong>${texts.supplementDue}: ${dueText(supplementDueAt, language)}</strong></p>`}
</li>`;
}

/** States of parts that are still to be decided. */
const OPEN: ReadonlySet<string> = new Set(["BLOCKED", "READY", "SENT", "PROCESSING", "SUPPLEMENT_NEEDED"]);
