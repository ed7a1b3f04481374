import { element } from "../client/element.ts";
import { inOwnLanguage } from "../client/language.ts";
import { newId } from "../form/field-id.ts";
import type { DecisionKind, Likeness, OpenPart } from "./office.ts";
import { rowList } from "./row-list.ts";
import { texts } from "./texts.ts";

/** Fields of a decision. `read`: the member of `DecisionInput`. */
export type DecisionFields = { elements: HTMLElement[]; read(): object };
type Part = OpenPart["part"];

/** Paper outside the posted list of the procedure, whose request needs a legal basis. */
const OTHER = "KHAC";
const MOST_DAYS = 60;

export const decisionFields: Record<DecisionKind, (part: Part) => DecisionFields> = {
  grant: grantFields,
  refuse: refuseFields,
  supplement: supplementFields,
  extend: extendFields,
};

function grantFields({ likenesses }: Part): DecisionFields {
  const compared = (likenesses ?? []).map(comparedTick);
  const facts = rowList(texts.form.addFact, (place) => {
    const name = element("input", { type: "text", autocomplete: "off", value: place === 0 ? "number" : "" });
    const value = element("input", { type: "text", autocomplete: "off" });
    return {
      elements: [labelled(texts.form.factName, name), labelled(texts.form.factValue, value)],
      read: () => [name.value.trim(), value.value.trim()] as const,
    };
  });
  return {
    elements: [...compared, facts.element, element("p", { class: "hint" }, texts.form.factsHint)],
    read: () => ({
      facts: Object.fromEntries(facts.read().filter(([name, value]) => name && value)),
      compared: (likenesses ?? []).map(({ id }) => id), // each tick is required before the form is sent
    }),
  };
}

function comparedTick({ text, textEn }: Likeness, place: number): HTMLElement {
  const input = element("input", { type: "checkbox", required: true, id: newId() });
  const label = `${texts.form.compared(place + 1)}: ${inOwnLanguage(text, textEn)}`;
  return element("p", { class: "tick" }, input, element("label", { for: input.id }, label));
}

function refuseFields({ procedure }: Part): DecisionFields {
  const reason = element("textarea", { rows: 3, required: true });
  const basis = basisInput(procedure?.legalBasis ?? []);
  return {
    elements: [labelled(texts.form.reason, reason), labelled(texts.form.legalBasis, basis.input), basis.list],
    read: () => ({ reason: reason.value.trim(), legalBasis: basis.input.value.trim() }),
  };
}

function supplementFields({ procedure }: Part): DecisionFields {
  const papers = procedure?.requiredPapers ?? [];
  const items = rowList(texts.form.addPaper, (place) => {
    const options = papers.map(({ code, name }) => element("option", { value: code }, name));
    const paper = element("select", {}, options, element("option", { value: OTHER }, texts.form.otherPaper));
    const text = element("input", { type: "text", autocomplete: "off" });
    const basis = basisInput([]);
    const basisField = labelled(texts.form.legalBasis, basis.input);
    const isOther = () => paper.value === OTHER;
    const adapt = () => {
      text.required = isOther();
      basis.input.required = isOther() && procedure?.requiredPapers != null; // without a posted list no paper is outside it
      basisField.hidden = !isOther();
    };
    paper.addEventListener("change", adapt);
    adapt();
    return {
      elements: [labelled(texts.form.paper, paper), labelled(texts.form.paperText, text), basisField],
      read: () => ({
        code: isOther() ? `${OTHER}-${place + 1}` : paper.value,
        text: text.value.trim() || (papers.find(({ code }) => code === paper.value)?.name ?? ""),
        legalBasis: (isOther() && basis.input.value.trim()) || null,
      }),
    };
  });
  return { elements: [items.element], read: () => ({ items: items.read() }) };
}

function extendFields(): DecisionFields {
  const reason = element("textarea", { rows: 3, required: true });
  const days = element("input", { type: "number", min: 1, max: MOST_DAYS, required: true });
  return {
    elements: [labelled(texts.form.reason, reason), labelled(texts.form.workingDays, days)],
    read: () => ({ reason: reason.value.trim(), workingDays: Number(days.value) }),
  };
}

function basisInput(known: readonly string[]) {
  const list = element(
    "datalist",
    { id: newId() },
    known.map((value) => element("option", { value })),
  );
  return { input: element("input", { type: "text", autocomplete: "off", required: true, list: list.id }), list };
}

function labelled(text: string, input: HTMLElement): HTMLElement {
  input.id = newId();
  return element("div", { class: "field" }, element("label", { for: input.id }, text), input);
}
