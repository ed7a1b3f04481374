import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { newestAnswer } from "../client/newest-answer.ts";
import type { Board, Section } from "./board.ts";
import workloadDocument from "./documents/workload.graphql";
import { loadBar } from "./load-bar.ts";
import { shownNumber, texts } from "./texts.ts";

type Row = {
  key: string;
  name: string;
  open: number;
  dueToday: number;
  late: number;
  atRisk: number;
  decided: number;
  medianWorkingMinutes: number | null;
};
type Grouping = keyof typeof texts.workload.by;

/** Open parts by officer, step or agency, with the median working time of decided ones. */
export function workloadSection(board: Board): Section {
  const list = element("div");
  const names = Object.entries(texts.workload.by) as [Grouping, string][]; // the texts have these keys alone
  const newest = newestAnswer();
  let by: Grouping = "OFFICER";
  const tabs = names.map(([grouping, name]) =>
    element("button", { type: "button", class: "small", "data-by": grouping, click: () => choose(grouping) }, name),
  );

  async function choose(grouping: Grouping): Promise<void> {
    by = grouping;
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.by === by));
    await read();
  }

  async function read(): Promise<void> {
    const variables = { scope: board.scope, by };
    const answer = await newest.to(board.ask<{ workload: Row[] | null }>(workloadDocument, variables));
    if (!answer) return;
    const rows = answer.data?.workload;
    if (!rows) return fill(list, element("p", { class: "notice" }, `${texts.notRead}. ${errorText(answer)}`));
    fill(list, rows.length === 0 ? element("p", {}, texts.workload.none) : tableOf(rows));
  }
  const section = element(
    "section",
    { class: "card wide" },
    element("h2", {}, texts.workload.title),
    element("div", { class: "tabs", role: "group", "aria-label": texts.workload.title }, tabs),
    list,
    element("p", { class: "hint" }, texts.workload.medianHint),
  );
  return { element: section, read: () => choose(by) };
}

function tableOf(rows: readonly Row[]): HTMLElement {
  const { columns } = texts.workload;
  const most = Math.max(1, ...rows.map(({ open }) => open));
  const head = Object.values(columns).map((each) => element("th", { scope: "col" }, each));
  return element(
    "table",
    { class: "load-list" },
    element("thead", {}, element("tr", {}, head)),
    element(
      "tbody",
      {},
      rows.map((row) => rowOf(row, most)),
    ),
  );
}

function rowOf({ name, open, dueToday, late, atRisk, decided, medianWorkingMinutes }: Row, most: number): HTMLElement {
  const { columns } = texts.workload;
  const cell = (label: string, value: string, more: Node | null = null) =>
    element("td", { "data-label": label }, element("span", {}, value), more);
  const median = medianWorkingMinutes === null ? "–" : shownMinutes(medianWorkingMinutes);
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name, loadBar({ open, late, atRisk }, most)),
    cell(columns.open, shownNumber(open)),
    cell(columns.dueToday, shownNumber(dueToday)),
    element(
      "td",
      { "data-label": columns.late, class: late > 0 ? "late" : undefined },
      element("span", {}, shownNumber(late)),
    ),
    cell(columns.atRisk, shownNumber(atRisk)),
    cell(columns.decided, shownNumber(decided)),
    cell(columns.median, median),
  );
}

function shownMinutes(minutes: number): string {
  return texts.workload.minutes(Math.floor(minutes / 60), minutes % 60);
}
