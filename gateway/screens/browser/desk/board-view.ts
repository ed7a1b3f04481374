import { element, fill } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { follow } from "../client/graph.ts";
import { clockTime } from "../client/language.ts";
import type { Desk, View } from "./desk.ts";
import boardDocument from "./documents/board.graphql";
import changedDocument from "./documents/dossiers-changed.graphql";
import { dossierList } from "./dossier-list.ts";
import { texts } from "./texts.ts";

type Count = { totalCount: number | null; totalCountAtLeast: number; filter: Record<string, unknown> };
type Counted = "receivedToday" | "dueToday" | "overdue" | "awaitingSupplement" | "readyForHandover";
type Board = Record<Counted, Count> & {
  at: string;
  office: { name: string };
  ticketsWaiting: number;
  ticketsCalled: number;
};

const COUNTED: readonly Counted[] = ["receivedToday", "dueToday", "overdue", "awaitingSupplement", "readyForHandover"];
/** Changes that come together are read once. */
const PAUSE_MS = 700;

/** Today's board of the office: counts, and the dossiers behind each. It reads itself again when a dossier changes. */
export function boardView(desk: Desk): View {
  const head = element("p", { class: "hint", "aria-live": "polite" });
  const tiles = element("div", { class: "tiles" });
  const list = dossierList(desk);
  let chosen: Counted | undefined = "receivedToday";
  let board: Board | undefined;

  async function read(): Promise<void> {
    const answer = await desk.ask<{ board: Board | null }>(boardDocument, { office: desk.office });
    board = answer.data?.board ?? board;
    const state = answer.data?.board
      ? texts.at(clockTime(answer.data.board.at).slice(0, 5))
      : `${texts.notRead}. ${errorText(answer)}`;
    head.textContent = `${board?.office.name ?? desk.office} · ${state}`;
    draw();
    if (board && chosen) await list.show(texts.counts[chosen], board[chosen].filter);
  }

  function draw(): void {
    if (!board) return;
    const { ticketsWaiting, ticketsCalled } = board;
    const focused = tiles.contains(document.activeElement) ? document.activeElement?.getAttribute("data-count") : null;
    fill(
      tiles,
      COUNTED.map((name) => tile(name, board?.[name])),
      ticketTile(texts.counts.ticketsWaiting, ticketsWaiting),
      ticketTile(texts.counts.ticketsCalled, ticketsCalled),
    );
    if (focused) tiles.querySelector<HTMLElement>(`[data-count="${focused}"]`)?.focus();
  }

  function tile(name: Counted, count: Count | undefined): HTMLElement {
    const number = count?.totalCount ?? texts.atLeast(count?.totalCountAtLeast ?? 0);
    return element(
      "button",
      {
        ...{ type: "button", class: "tile", "data-count": name, "aria-pressed": String(name === chosen) },
        click: () => {
          chosen = name;
          search.value = "";
          draw();
          if (count) void list.show(texts.counts[name], count.filter);
        },
      },
      element("strong", {}, String(number)),
      element("span", {}, texts.counts[name]),
    );
  }

  const search = element("input", { id: "search", type: "search", autocomplete: "off", placeholder: texts.searchHint });
  const form = element(
    "form",
    {
      class: "search",
      submit: (event) => {
        event.preventDefault();
        chosen = search.value.trim() ? undefined : "receivedToday";
        draw();
        if (chosen) void read();
        else
          void list.show(`${texts.search}: ${search.value.trim()}`, {
            office: desk.office,
            search: search.value.trim(),
          });
      },
    },
    element("label", { for: "search" }, texts.search),
    search,
  );

  const changes = follow({ persona: desk.session.persona, query: changedDocument, variables: {} });
  void readAfterChanges(changes, () => void read());
  void read();
  return {
    element: element("section", { class: "view" }, head, tiles, form, list.element),
    close: () => void changes.return?.(),
  };
}

async function readAfterChanges(changes: AsyncIterable<unknown>, read: () => void): Promise<void> {
  let pause: ReturnType<typeof setTimeout> | undefined;
  try {
    for await (const _ of changes) {
      clearTimeout(pause);
      pause = setTimeout(read, PAUSE_MS);
    }
  } catch {
    // the line was down from the beginning; the desk opens the view again when it is back
  } finally {
    clearTimeout(pause);
  }
}

function ticketTile(name: string, count: number): HTMLElement {
  return element("p", { class: "tile" }, element("strong", {}, String(count)), element("span", {}, name));
}
