import { element, fill } from "../client/element.ts";
import { texts } from "./texts.ts";

/** Number of dossiers, with the filter that lists them. `totalCount` is null where only a lower bound is known. */
type Count = { totalCount: number | null; totalCountAtLeast: number; filter: Record<string, unknown> };

const COUNTED = ["receivedToday", "dueToday", "overdue", "awaitingSupplement", "readyForHandover"] as const;
export type Counted = (typeof COUNTED)[number];

/** The board as `documents/board.graphql` selects it. */
export type Board = Record<Counted, Count> & {
  at: string;
  office: { name: string };
  ticketsWaiting: number;
  ticketsCalled: number;
};

/** Counts of the board; `choose` is called with the one that is pressed. */
export function boardTiles(choose: (name: Counted) => void) {
  const root = element("div", { class: "tiles" });

  function tile(board: Board, name: Counted, chosen: Counted | undefined): HTMLElement {
    const { totalCount, totalCountAtLeast } = board[name];
    const number = totalCount ?? texts.atLeast(totalCountAtLeast);
    const state = { "data-count": name, "aria-pressed": String(name === chosen) };
    return element(
      "button",
      { type: "button", class: "tile", ...state, click: () => choose(name) },
      element("strong", {}, String(number)),
      element("span", {}, texts.counts[name]),
    );
  }

  function show(board: Board, chosen: Counted | undefined): void {
    const focused = root.contains(document.activeElement) ? document.activeElement?.getAttribute("data-count") : null;
    fill(
      root,
      COUNTED.map((name) => tile(board, name, chosen)),
      ticketTile(texts.counts.ticketsWaiting, board.ticketsWaiting),
      ticketTile(texts.counts.ticketsCalled, board.ticketsCalled),
    );
    if (focused) root.querySelector<HTMLElement>(`[data-count="${focused}"]`)?.focus();
  }

  return { element: root, show };
}

function ticketTile(name: string, count: number): HTMLElement {
  return element("p", { class: "tile" }, element("strong", {}, String(count)), element("span", {}, name));
}
