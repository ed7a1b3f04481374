import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { dayAndTime, inOwnLanguage } from "../client/language.ts";
import { newestAnswer } from "../client/newest-answer.ts";
import { stateName } from "../client/state-names.ts";
import type { Board, Period } from "./board.ts";
import behindDocument from "./documents/behind.graphql";
import type { NamedRate } from "./rate.ts";
import { shownNumber, texts } from "./texts.ts";

type Listed = {
  code: string;
  state: string;
  receivedAt: string;
  dueAt: string;
  completedAt: string | null;
  bundle: { name: string } | null;
};
type Page = {
  totalCount: number | null;
  totalCountAtLeast: number;
  nodes: Listed[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

/** List of the dossiers behind a rate, in pages. */
export function behindList(board: Board) {
  const root = element("div", { class: "behind", tabindex: -1 });
  const newest = newestAnswer();
  let opener: Element | null = null;

  async function show(
    rate: NamedRate,
    period: Period,
    met: boolean,
    before: Listed[] = [],
    after?: string,
  ): Promise<void> {
    if (before.length === 0) opener = document.activeElement;
    const variables = { scope: board.scope, ...period, code: rate.code, met, after };
    const answer = await newest.to(board.ask<{ rates: { dossiers: Page }[] | null }>(behindDocument, variables));
    if (!answer) return;
    const page = answer.data?.rates?.[0]?.dossiers;
    if (!page) return fill(root, element("p", { class: "notice" }, `${texts.notRead}. ${errorText(answer)}`));
    const rows = [...before, ...page.nodes];
    const name = inOwnLanguage(rate.name, rate.nameEn);
    const { hasNextPage, endCursor } = page.pageInfo;
    const more = () => show(rate, period, met, rows, endCursor ?? undefined);
    fill(
      root,
      element("h3", {}, met ? texts.rates.listMet(name) : texts.rates.listMissed(name)),
      element("p", { class: "hint" }, texts.late.count(shownNumber(page.totalCount ?? page.totalCountAtLeast))),
      tableOf(rows),
      hasNextPage && element("button", { type: "button", class: "small", click: more }, texts.more),
      element("button", { type: "button", class: "small", click: closeAndReturn }, texts.rates.close),
    );
    if (before.length === 0) root.focus();
  }

  function close(): void {
    newest.drop();
    fill(root);
  }
  /** Closes the list at its own button and gives the focus back to that which has opened it. */
  function closeAndReturn(): void {
    close();
    if (opener instanceof HTMLElement) opener.focus();
  }
  return { element: root, show, close };
}

function tableOf(rows: readonly Listed[]): HTMLElement {
  const head = Object.values(texts.rates.columns).map((each) => element("th", { scope: "col" }, each));
  return element(
    "table",
    { class: "load-list" },
    element("thead", {}, element("tr", {}, head)),
    element("tbody", {}, rows.map(rowOf)),
  );
}

function rowOf({ code, state, receivedAt, dueAt, completedAt, bundle }: Listed): HTMLElement {
  const { what, received, due, completed, state: of } = texts.rates.columns;
  const cell = (label: string, text: string) => element("td", { "data-label": label }, element("span", {}, text));
  const instant = (label: string, at: string | null) =>
    element("td", { "data-label": label, class: "instant" }, element("span", {}, at === null ? "–" : dayAndTime(at)));
  return element(
    "tr",
    {},
    element("th", { scope: "row", class: "code" }, code),
    cell(what, bundle?.name ?? ""),
    instant(received, receivedAt),
    instant(due, dueAt),
    instant(completed, completedAt),
    cell(of, stateName(state)),
  );
}
