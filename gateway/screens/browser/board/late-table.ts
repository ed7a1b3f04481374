import { element } from "../client/element.ts";
import { dayAndTime, inOwnLanguage } from "../client/language.ts";
import type { LateItem } from "./late-item.ts";
import { texts } from "./texts.ts";

/** Table of late dossiers. `actOf`: what a leader may do about one. */
export function lateTable(rows: readonly LateItem[], actOf: (item: LateItem) => HTMLElement): HTMLElement {
  const head = Object.values(texts.late.columns).map((each) => element("th", { scope: "col" }, each));
  return element(
    "table",
    { class: "late-list" },
    element("thead", {}, element("tr", {}, head)),
    element(
      "tbody",
      {},
      rows.map((row) => rowOf(row, actOf(row))),
    ),
  );
}

function rowOf({ dossier, part, risk, heldBy, since, reason, reasonEn }: LateItem, act: HTMLElement): HTMLElement {
  const { agency, officer, holder } = heldBy;
  const held = officer?.name ?? (agency && inOwnLanguage(agency.name, agency.nameEn)) ?? texts.late.holders[holder];
  const { columns } = texts.late;
  const cell = (label: string, ...content: (Node | string | null | undefined)[]) =>
    element("td", { "data-label": label }, element("div", {}, content));
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row" },
      element("span", { class: "code" }, dossier.code),
      small(dossier.bundle?.name ?? part?.name),
    ),
    cell(
      columns.due,
      dayAndTime(dossier.dueAt),
      element("strong", { class: `risk ${risk}` }, texts.late.risks[risk] ?? risk),
    ),
    cell(columns.holder, held, small(held === texts.late.holders[holder] ? undefined : texts.late.holders[holder])),
    cell(columns.since, dayAndTime(since)),
    cell(columns.reason, inOwnLanguage(reason, reasonEn)),
    element("td", {}, act),
  );
}

function small(text: string | undefined): HTMLElement | null {
  return text ? element("span", { class: "hint under" }, text) : null;
}
