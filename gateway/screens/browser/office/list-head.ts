import { element, fill } from "../client/element.ts";
import { texts } from "./texts.ts";

type Chosen = keyof typeof texts.filters;

const FILTERS: Record<Chosen, object> = {
  all: {},
  late: { risk: "LATE" },
  atRisk: { risk: "AT_RISK" },
  mine: { claimedByMe: true },
};

/** Head of the work list: title, filters, search and count. `filter` is the list's `WorkFilter`. */
export function listHead(changed: (by: "filter" | "search" | "earlier") => void) {
  const count = element("p", { class: "hint", role: "status" });
  const earlierParts = element("button", {
    type: "button",
    class: "small",
    hidden: true,
    click: () => changed("earlier"),
  });
  const search = element("input", { id: "search", type: "search", autocomplete: "off", placeholder: texts.searchHint });
  const names = Object.entries(texts.filters) as [Chosen, string][]; // the texts have these keys alone
  const tabs = names.map(([name, title]) => {
    const click = () => {
      choose(name);
      changed("filter");
    };
    return element("button", { type: "button", class: "small", "data-filter": name, click }, title);
  });
  let chosen: Chosen = "all";

  function choose(name: Chosen): void {
    chosen = name;
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.filter === chosen));
  }

  const submit = (event: Event) => {
    event.preventDefault();
    changed("search");
  };
  const label = element("label", { for: "search", class: "unseen" }, texts.search);
  choose(chosen);
  return {
    element: element(
      "div",
      {},
      element("h2", { id: "work-title" }, texts.title),
      element("div", { class: "tabs", role: "group", "aria-label": texts.filterLabel }, tabs),
      element("form", { class: "search", role: "search", submit }, label, search),
      element("div", { class: "list-state" }, count, earlierParts),
    ),
    filter: () => ({ ...FILTERS[chosen], ...(search.value.trim() && { search: search.value.trim() }) }),
    /** `earlier`: new parts that wait for their places among the rows. */
    showCount: (total: number | null, earlier: number) => {
      count.textContent = total === null ? texts.countMany : texts.count(total);
      fill(earlierParts, `${texts.earlier(earlier)} `, element("kbd", { "aria-hidden": "true" }, "u"));
      earlierParts.hidden = earlier === 0;
      count.hidden = earlier > 0; // one of them has the line, so that no row moves
    },
    focusSearch: () => search.focus(),
  };
}
