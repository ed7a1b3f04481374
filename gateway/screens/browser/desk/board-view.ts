import { element } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { follow } from "../client/graph.ts";
import { clockTime } from "../client/language.ts";
import { type Board, boardTiles, type Counted } from "./board-tiles.ts";
import type { Desk, View } from "./desk.ts";
import boardDocument from "./documents/board.graphql";
import changedDocument from "./documents/dossiers-changed.graphql";
import { dossierList } from "./dossier-list.ts";
import { texts } from "./texts.ts";

/** Changes that come together are read once. */
const PAUSE_MS = 700;

/** Today's board of the office: counts, and the dossiers behind each. It reads itself again when a dossier changes. */
export function boardView(desk: Desk): View {
  const head = element("p", { class: "hint", "aria-live": "polite" });
  const tiles = boardTiles(choose);
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
    if (board) tiles.show(board, chosen);
  }

  function choose(name: Counted): void {
    chosen = name;
    search.value = "";
    draw();
    if (board) void list.show(texts.counts[name], board[name].filter);
  }

  function find(event: Event): void {
    event.preventDefault();
    const text = search.value.trim();
    chosen = text ? undefined : "receivedToday";
    draw();
    if (chosen) void read();
    else void list.show(`${texts.search}: ${text}`, { office: desk.office, search: text });
  }

  const search = element("input", { id: "search", type: "search", autocomplete: "off", placeholder: texts.searchHint });
  const label = element("label", { for: "search" }, texts.search);
  const form = element("form", { class: "search", submit: find }, label, search);
  const changes = follow({ persona: desk.session.persona, query: changedDocument, variables: {} });
  void readAfterChanges(changes, () => void read());
  void read();
  return {
    element: element("section", { class: "view" }, head, tiles.element, form, list.element),
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
