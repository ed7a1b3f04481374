import { element, fill } from "../client/element.ts";
import type { LiveRow } from "./live-rows.ts";
import { rowContent } from "./row-content.ts";
import { partOfRow, rowFocus } from "./row-focus.ts";
import { texts } from "./texts.ts";

/** Rows of the work list, as the officer with this subject reads them. `more` reads the next page. */
export function workRows(subject: string, more: () => void) {
  const list = element("ol", { class: "work-items" });
  const below = element("div");
  let current = "";

  /** Shows the rows. A row that was there before keeps its element, and with it the focus. */
  function show(rows: readonly LiveRow[], hasMore: boolean): void {
    const known = new Map(links().map((link) => [partOfRow(link), link]));
    const focused = links().find((link) => link === document.activeElement);
    const wanted = rows.map((row) => shownRow(known.get(row.item.part.id) ?? element("a"), row, subject));
    for (const link of links()) if (!wanted.includes(link)) link.parentElement?.remove();
    for (const [at, link] of wanted.entries()) {
      const line = link.parentElement ?? element("li", {}, link);
      if (list.children[at] !== line) list.insertBefore(line, list.children[at] ?? null);
    }
    fill(
      below,
      rows.length === 0 && element("p", {}, texts.none),
      hasMore && element("button", { type: "button", class: "small", click: more }, texts.more),
    );
    mark(current);
    if (focused?.isConnected) focused.focus(); // a row that was moved has lost it
  }

  /** Shows a notice in place of the rows. */
  function tell(notice: string): void {
    fill(list);
    fill(below, element("p", { class: "notice" }, notice));
  }

  function links(): HTMLAnchorElement[] {
    return [...list.querySelectorAll<HTMLAnchorElement>("a")];
  }

  /** Marks the part that is open; "" for none. */
  function mark(part: string): void {
    current = part;
    for (const link of links()) {
      if (partOfRow(link) === part) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
  return { element: element("div", {}, list, below), show, tell, mark, ...rowFocus(links) };
}

function shownRow(link: HTMLAnchorElement, row: LiveRow, subject: string): HTMLAnchorElement {
  const { part, dossier } = row.item;
  const content = element("span", {}, rowContent(row, subject));
  link.href = `#part/${dossier.code}/${part.id}`;
  link.dataset.part = part.id;
  link.classList.toggle("ended", row.isEnded);
  if (link.innerHTML !== content.innerHTML) link.replaceChildren(...content.childNodes);
  return link;
}
