import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { newestAnswer } from "../client/newest-answer.ts";
import type { Board, Section } from "./board.ts";
import lateDocument from "./documents/late.graphql";
import type { LateItem } from "./late-item.ts";
import { lateTable } from "./late-table.ts";
import { reassignForm } from "./reassign-form.ts";
import { shownNumber, texts } from "./texts.ts";

type Page = {
  totalCount: number | null;
  totalCountAtLeast: number;
  nodes: LateItem[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

const ROWS = 10;
const MOST_ROWS = 200;

/** Dossiers that are late or at risk, in whose hands and since when; a leader gives their parts to others. */
export function lateSection(board: Board, reassigned: () => void): Section {
  const list = element("div");
  const news = element("p", { class: "news", role: "status" });
  const newest = newestAnswer();
  let rows: LateItem[] = [];

  async function read(first = ROWS, before: LateItem[] = [], after?: string): Promise<void> {
    const variables = { scope: board.scope, first, after };
    const answer = await newest.to(board.ask<{ lateAndAtRisk: Page | null }>(lateDocument, variables));
    if (!answer) return;
    const page = answer.data?.lateAndAtRisk;
    if (!page) return fill(list, element("p", { class: "notice" }, `${texts.notRead}. ${errorText(answer)}`));
    rows = [...before, ...page.nodes];
    const { hasNextPage, endCursor } = page.pageInfo;
    const more = () => read(ROWS, rows, endCursor ?? undefined);
    fill(
      list,
      element("p", { class: "hint" }, texts.late.count(shownNumber(page.totalCount ?? page.totalCountAtLeast))),
      rows.length === 0 ? element("p", {}, texts.late.none) : lateTable(rows, actOf),
      hasNextPage && element("button", { type: "button", class: "small", click: more }, texts.more),
    );
  }

  function actOf(item: LateItem): HTMLElement {
    if (!item.reassignable || !item.part) return element("span", { class: "hint" }, "–");
    return reassignForm(board, { ...item, part: item.part }, given);
  }

  /** Reads the rows that were shown again and puts the focus back to the row whose part was given. */
  async function given(code: string): Promise<void> {
    news.textContent = texts.late.done(code);
    reassigned();
    await read(Math.min(Math.max(rows.length, ROWS), MOST_ROWS));
    list.querySelector<HTMLElement>(`[data-reassign="${code}"]`)?.focus();
  }
  const section = element("section", { class: "card wide" }, element("h2", {}, texts.late.title), news, list);
  return { element: section, read: () => read() };
}
