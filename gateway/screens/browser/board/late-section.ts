import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { dayAndTime, inOwnLanguage } from "../client/language.ts";
import type { Board, Section } from "./board.ts";
import lateDocument from "./documents/late.graphql";
import type { LateItem } from "./late-item.ts";
import { reassignForm } from "./reassign-form.ts";
import { shownNumber, texts } from "./texts.ts";

type Page = {
  totalCount: number | null;
  totalCountAtLeast: number;
  nodes: LateItem[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

/** Dossiers that are late or at risk, in whose hands and since when; a leader gives their parts to others. */
export function lateSection(board: Board): Section {
  const list = element("div");
  const news = element("p", { class: "news", role: "status" });
  const reassigned = (code: string) => {
    news.textContent = texts.late.done(code);
    return read();
  };

  async function read(before: LateItem[] = [], after?: string): Promise<void> {
    const answer = await board.ask<{ lateAndAtRisk: Page | null }>(lateDocument, { scope: board.scope, after });
    const page = answer.data?.lateAndAtRisk;
    if (!page) return fill(list, element("p", { class: "notice" }, `${texts.notRead}. ${errorText(answer)}`));
    const rows = [...before, ...page.nodes];
    const { hasNextPage, endCursor } = page.pageInfo;
    const more = () => read(rows, endCursor ?? undefined);
    fill(
      list,
      element("p", { class: "hint" }, texts.late.count(shownNumber(page.totalCount ?? page.totalCountAtLeast))),
      rows.length === 0 ? element("p", {}, texts.late.none) : tableOf(board, rows, reassigned),
      hasNextPage && element("button", { type: "button", class: "small", click: more }, texts.more),
    );
  }
  const section = element("section", { class: "card wide" }, element("h2", {}, texts.late.title), news, list);
  return { element: section, read: () => read() };
}

function tableOf(board: Board, rows: readonly LateItem[], reassigned: (code: string) => Promise<void>): HTMLElement {
  const head = Object.values(texts.late.columns).map((each) => element("th", { scope: "col" }, each));
  return element(
    "table",
    { class: "late-list" },
    element("thead", {}, element("tr", {}, head)),
    element(
      "tbody",
      {},
      rows.map((row) => rowOf(board, row, reassigned)),
    ),
  );
}

function rowOf(board: Board, item: LateItem, reassigned: (code: string) => Promise<void>): HTMLElement {
  const { dossier, part, risk, heldBy, since } = item;
  const { agency, officer, holder } = heldBy;
  const held = officer?.name ?? (agency && inOwnLanguage(agency.name, agency.nameEn)) ?? texts.late.holders[holder];
  const act =
    item.reassignable && part ? reassignForm(board, item, reassigned) : element("span", { class: "hint" }, "–");
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row" },
      element("span", { class: "code" }, dossier.code),
      small(dossier.bundle?.name ?? part?.name),
    ),
    element(
      "td",
      {},
      dayAndTime(dossier.dueAt),
      element("strong", { class: `risk ${risk}` }, texts.late.risks[risk] ?? risk),
    ),
    element("td", {}, held, small(held === texts.late.holders[holder] ? undefined : texts.late.holders[holder])),
    element("td", {}, dayAndTime(since)),
    element("td", {}, inOwnLanguage(item.reason, item.reasonEn)),
    element("td", {}, act),
  );
}

function small(text: string | undefined): HTMLElement | null {
  return text ? element("span", { class: "hint under" }, text) : null;
}
