import workListDocument from "../../../playground/examples/work-list.graphql";
import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { dayAndTime } from "../client/language.ts";
import { stateName } from "../client/state-names.ts";
import type { Office, WorkItem } from "./office.ts";
import { texts } from "./texts.ts";

type Page = {
  totalCount: number | null;
  nodes: WorkItem[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};
type Chosen = keyof typeof texts.filters;

const FILTERS: Record<Chosen, object> = {
  all: {},
  late: { risk: "LATE" },
  atRisk: { risk: "AT_RISK" },
  mine: { claimedByMe: true },
};
const ROWS = 50;

/** Open parts of the officer, the first due first, by risk and by a search. */
export function workList(office: Office) {
  const count = element("p", { class: "hint", role: "status" });
  const list = element("div");
  const search = element("input", { id: "search", type: "search", autocomplete: "off", placeholder: texts.searchHint });
  const names = Object.entries(texts.filters) as [Chosen, string][]; // the texts have these keys alone
  const tabs = names.map(([name, title]) =>
    element("button", { type: "button", class: "small", "data-filter": name, click: () => choose(name) }, title),
  );
  let chosen: Chosen = "all";
  let current = "";
  let asked = 0;

  function choose(name: Chosen): Promise<void> {
    chosen = name;
    return read();
  }

  async function read(before: WorkItem[] = [], after?: string): Promise<void> {
    asked += 1;
    const own = asked;
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.filter === chosen));
    const filter = { ...FILTERS[chosen], ...(search.value.trim() && { search: search.value.trim() }) };
    const answer = await office.ask<{ workList: Page | null }>(workListDocument, { filter, first: ROWS, after });
    if (own !== asked) return; // another list was asked for meanwhile
    const page = answer.data?.workList;
    if (!page) return fill(list, element("p", { class: "notice" }, `${texts.notRead}. ${errorText(answer)}`));
    show(page, [...before, ...page.nodes]);
  }

  function show({ totalCount, pageInfo: { hasNextPage, endCursor } }: Page, items: WorkItem[]): void {
    const focused = document.activeElement?.getAttribute("href");
    count.textContent = totalCount === null ? texts.countMany : texts.count(totalCount);
    fill(
      list,
      items.length === 0 ? element("p", {}, texts.none) : element("ol", { class: "work-items" }, items.map(itemOf)),
      hasNextPage &&
        element(
          "button",
          { type: "button", class: "small", click: () => read(items, endCursor ?? undefined) },
          texts.more,
        ),
    );
    mark(current);
    if (focused)
      links()
        .find((link) => link.getAttribute("href") === focused)
        ?.focus();
  }

  function links(): HTMLAnchorElement[] {
    return [...list.querySelectorAll<HTMLAnchorElement>("a[data-part]")];
  }

  /** Marks the part that is open; "" for none. */
  function mark(part: string): void {
    current = part;
    for (const link of links()) {
      if (link.dataset.part === part) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** Moves the focus to the row after (1) or before (-1) the focused one, or else the open one. */
  function move(step: 1 | -1): void {
    const all = links();
    const focused = all.indexOf(document.activeElement as HTMLAnchorElement);
    const from = focused >= 0 ? focused : all.findIndex((link) => link.dataset.part === current);
    all[Math.min(Math.max(from + step, 0), all.length - 1)]?.focus();
  }

  /** Part of the row after a part's, or of that before it. */
  function neighbour(part: string): string | undefined {
    const all = links().map((link) => link.dataset.part);
    const at = all.indexOf(part);
    return all[at + 1] ?? all[at - 1];
  }

  function focus(part: string | undefined): void {
    const all = links();
    (all.find((link) => link.dataset.part === part) ?? all[0] ?? search).focus();
  }

  const submit = (event: Event) => {
    event.preventDefault();
    void read().then(() => focus(undefined));
  };
  const form = element(
    "form",
    { class: "search", role: "search", submit },
    element("label", { for: "search", class: "unseen" }, texts.search),
    search,
  );
  return {
    element: element(
      "section",
      { class: "work-side", "aria-labelledby": "work-title" },
      element("h2", { id: "work-title" }, texts.title),
      element("div", { class: "tabs", role: "group", "aria-label": texts.filterLabel }, tabs),
      form,
      count,
      list,
    ),
    ...{ read: () => read(), mark, move, neighbour, focus },
    focusSearch: () => search.focus(),
  };
}

function itemOf({ part, dossier, risk, claimedBy }: WorkItem): HTMLElement {
  return element(
    "li",
    {},
    element(
      "a",
      { href: `#part/${dossier.code}/${part.id}`, "data-part": part.id },
      element("span", { class: "code" }, dossier.code),
      element("span", { class: "who" }, dossier.applicant?.fullName ?? ""),
      element("span", {}, part.procedure?.name ?? ""),
      element(
        "span",
        { class: "hint" },
        part.dueAt ? `${texts.due} ${dayAndTime(part.dueAt)}` : "",
        riskOf(risk),
        part.state === "PROCESSING" ? "" : ` · ${stateName(part.state)}`,
        claimedBy ? ` · ${claimedBy.name}` : "",
      ),
    ),
  );
}

/** Words for a risk of missing the due date; null for none. */
export function riskOf(risk: string): HTMLElement | null {
  const name = texts.risks[risk];
  return name ? element("strong", { class: `risk ${risk}` }, ` · ${name}`) : null;
}
