import { element, fill } from "../client/element.ts";
import type { WorkItem } from "./office.ts";
import { texts } from "./texts.ts";
import { workItem } from "./work-item.ts";

/** Rows of the work list, among which the focus moves. `more` reads the next page. */
export function workRows(more: () => void) {
  const root = element("div");
  let current = "";

  function show(items: readonly WorkItem[], hasMore: boolean): void {
    const focused = partOf(document.activeElement);
    fill(
      root,
      items.length === 0 ? element("p", {}, texts.none) : element("ol", { class: "work-items" }, items.map(workItem)),
      hasMore && element("button", { type: "button", class: "small", click: more }, texts.more),
    );
    mark(current);
    if (focused) linkOf(focused)?.focus();
  }

  /** Shows a notice in place of the rows. */
  function tell(notice: string): void {
    fill(root, element("p", { class: "notice" }, notice));
  }

  function links(): HTMLAnchorElement[] {
    return [...root.querySelectorAll<HTMLAnchorElement>("a[data-part]")];
  }

  function linkOf(part: string | undefined): HTMLAnchorElement | undefined {
    return links().find((link) => partOf(link) === part);
  }

  /** Marks the part that is open; "" for none. */
  function mark(part: string): void {
    current = part;
    for (const link of links()) {
      if (partOf(link) === part) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** Moves the focus to the row after (1) or before (-1) the focused one, or else the open one. */
  function move(step: 1 | -1): void {
    const all = links();
    const parts = all.map(partOf);
    const focused = parts.indexOf(partOf(document.activeElement) ?? current);
    all[Math.min(Math.max(focused + step, 0), all.length - 1)]?.focus();
  }

  /** Part of the row after a part's, or of that before it. */
  function neighbour(part: string): string | undefined {
    const all = links().map(partOf);
    const at = all.indexOf(part);
    return all[at + 1] ?? all[at - 1];
  }

  /** Moves the focus to a part, or else the first one. False: there is none. */
  function focus(part: string | undefined): boolean {
    const link = linkOf(part) ?? links()[0];
    link?.focus();
    return link !== undefined;
  }
  return { element: root, show, tell, mark, move, neighbour, focus };
}

function partOf(link: Element | null): string | undefined {
  return link instanceof HTMLElement ? link.dataset.part : undefined;
}
