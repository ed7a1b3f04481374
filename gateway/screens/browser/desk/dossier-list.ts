import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { dayAndTime } from "../client/language.ts";
import { stateName } from "../client/state-names.ts";
import type { Desk } from "./desk.ts";
import dossiersDocument from "./documents/dossiers.graphql";
import { texts } from "./texts.ts";

type Listed = {
  code: string;
  state: string;
  overdue: boolean;
  dueAt: string;
  applicant: { fullName: string } | null;
  subject: { fullName: string } | null;
  bundle: { name: string } | null;
  parts: { name: string }[];
};
type Page = {
  totalCount: number | null;
  totalCountAtLeast: number;
  nodes: Listed[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

/** Table of the dossiers of a filter. */
export function dossierList(desk: Desk) {
  const root = element("div", { class: "list", "aria-live": "polite" });
  let asked = 0;

  async function show(title: string, filter: Record<string, unknown>, before: Listed[] = [], after?: string) {
    asked += 1;
    const own = asked;
    const answer = await desk.ask<{ dossiers: Page | null }>(dossiersDocument, { filter, after });
    if (own !== asked) return; // another list was asked for meanwhile
    const page = answer.data?.dossiers;
    if (!page) return fill(root, element("p", { class: "notice" }, `${texts.notRead}. ${errorText(answer)}`));
    const rows = [...before, ...page.nodes];
    const { hasNextPage, endCursor } = page.pageInfo;
    const more = () => show(title, filter, rows, endCursor ?? undefined);
    const count = page.totalCount ?? texts.atLeast(page.totalCountAtLeast);
    fill(
      root,
      element("h2", {}, title, element("span", { class: "hint" }, ` · ${texts.found(String(count))}`)),
      rows.length === 0 ? element("p", {}, texts.none) : tableOf(rows),
      hasNextPage && element("button", { type: "button", class: "small", click: more }, texts.more),
    );
  }
  return { element: root, show };
}

function tableOf(rows: readonly Listed[]): HTMLElement {
  const { code, who, what, due, state } = texts.columns;
  const head = [code, who, what, due, state].map((each) => element("th", { scope: "col" }, each));
  return element(
    "table",
    { class: "dossiers" },
    element("thead", {}, element("tr", {}, head)),
    element("tbody", {}, rows.map(rowOf)),
  );
}

function rowOf({ code, state, overdue, dueAt, applicant, subject, bundle, parts }: Listed): HTMLElement {
  const people = [applicant?.fullName, subject?.fullName].filter((each) => each !== undefined);
  return element(
    "tr",
    {},
    element("td", { class: "code" }, element("a", { href: `#dossier/${code}` }, code)),
    element("td", {}, [...new Set(people)].join(" · ")),
    element("td", {}, bundle?.name ?? parts[0]?.name ?? ""),
    element("td", {}, dayAndTime(dueAt), overdue && element("strong", { class: "late" }, ` ${texts.overdue}`)),
    element("td", {}, element("span", { class: "badge", "data-state": state }, stateName(state))),
  );
}
