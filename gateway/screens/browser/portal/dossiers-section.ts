import { element, fill } from "../client/element.ts";
import { dayAndTime, language } from "../client/language.ts";
import { newestAnswer } from "../client/newest-answer.ts";
import { stateName } from "../client/state-names.ts";
import dossiersDocument from "./documents/dossiers.graphql";
import { type Authorized, ask } from "./portal-client.ts";
import { texts } from "./texts.ts";

type Count = { totalCount: number | null; totalCountAtLeast: number };
type Listed = {
  code: string;
  state: string;
  overdue: boolean;
  dueAt: string;
  office: { name: string };
  bundle: { name: string } | null;
  parts: { name: string }[];
};

const STATES = [
  ...["RECEIVED", "IN_PROGRESS", "AWAITING_CITIZEN", "AWAITING_PAYMENT", "COMPLETED"],
  ...["RETURNED", "NOT_ACCEPTED", "WITHDRAWN", "STOPPED"],
];
const countOf = (state: string) =>
  `${state}: dossiers(filter: { states: [${state}] }, first: 1) { totalCount totalCountAtLeast }`;
const COUNTS = `query PortalByState { ${STATES.map(countOf).join(" ")} }`;
/** Changes that come together are counted once. */
const PAUSE_MS = 700;

/** Number of dossiers in each state, those behind a number, and a search. `changed`: numbers and list are no longer true. */
export function dossiersSection(authorized: Authorized): { element: HTMLElement; changed(): void } {
  const list = element("div", { class: "list" });
  const search = element("input", { id: "search", type: "search", autocomplete: "off", placeholder: texts.searchHint });
  const states = STATES.map((state) => {
    const number = element("strong");
    const click = () => choose(state, { states: [state] });
    const button = element("button", { type: "button", class: "small", click }, `${stateName(state)} `, number);
    return { state, number, button };
  });
  let isWaiting = false;
  let shownFilter = {};
  const newest = newestAnswer();

  const failed = (fault: Error) => fill(list, element("p", { class: "notice" }, `${texts.notRead}. ${fault.message}`));

  function changed(): void {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => Promise.all([count(), show(shownFilter)]).catch(failed), PAUSE_MS);
  }

  async function count(): Promise<void> {
    isWaiting = false;
    const counts = await ask<Record<string, Count>>(authorized, COUNTS);
    for (const { state, number } of states) number.textContent = shown(counts[state]);
  }

  function choose(chosen: string | undefined, filter: object): void {
    if (chosen) search.value = "";
    for (const { state, button } of states) button.setAttribute("aria-pressed", String(state === chosen));
    show(filter).catch(failed);
  }

  async function show(filter: object): Promise<void> {
    shownFilter = filter;
    const answer = await newest.to(ask<Found>(authorized, dossiersDocument, { filter }));
    if (!answer) return;
    const { nodes } = answer.dossiers;
    const found = element("p", { class: "hint", role: "status" }, texts.found(nodes.length, shown(answer.dossiers)));
    fill(list, found, nodes.length > 0 && tableOf(nodes));
  }

  function submit(event: Event): void {
    event.preventDefault();
    choose(undefined, { search: search.value.trim() || undefined });
  }
  const label = element("label", { for: "search" }, texts.search);
  const form = element("form", { class: "search", submit }, label, search);
  const buttons = states.map(({ button }) => button);
  choose(undefined, {});
  changed();
  return {
    element: element(
      "section",
      { class: "card" },
      element("h2", {}, texts.byState),
      element("div", { class: "states" }, buttons),
      form,
      list,
    ),
    changed,
  };
}

type Found = { dossiers: Count & { nodes: Listed[] } };

function shown({ totalCount, totalCountAtLeast }: Count = { totalCount: 0, totalCountAtLeast: 0 }): string {
  return `${totalCountAtLeast.toLocaleString(language)}${totalCount === null ? "+" : ""}`;
}

function tableOf(rows: readonly Listed[]): HTMLElement {
  const head = Object.values(texts.columns).map((each) => element("th", { scope: "col" }, each));
  return element(
    "table",
    { class: "dossiers" },
    element("thead", {}, element("tr", {}, head)),
    element("tbody", {}, rows.map(rowOf)),
  );
}

function rowOf({ code, state, overdue, dueAt, office, bundle, parts }: Listed): HTMLElement {
  return element(
    "tr",
    {},
    element("td", { class: "code" }, code),
    element("td", { lang: "vi" }, bundle?.name ?? parts[0]?.name ?? ""),
    element("td", { lang: "vi" }, office.name),
    element("td", {}, dayAndTime(dueAt), overdue && element("strong", { class: "late" }, ` ${texts.overdue}`)),
    element("td", {}, element("span", { class: "badge", "data-state": state }, stateName(state))),
  );
}
