import { element } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { newestAnswer } from "../client/newest-answer.ts";
import { listHead } from "./list-head.ts";
import { firstRows, type ListPage, pageOfList } from "./list-pages.ts";
import { freshRows, type LiveRow, mergedRows } from "./live-rows.ts";
import type { Office } from "./office.ts";
import { texts } from "./texts.ts";
import { workRows } from "./work-rows.ts";

const ROWS = 50;

/** Open parts of the officer, the first due first, by risk and by a search. */
export function workList(office: Office) {
  const head = listHead(async (by) => {
    await read();
    if (by === "search") focus(undefined);
  });
  const rows = workRows(office.session.subject, () => void read(shown, end));
  const newest = newestAnswer();
  let shown: LiveRow[] = [];
  let end: string | undefined;
  let isAsked = false;

  async function read(before: LiveRow[] = [], after?: string): Promise<void> {
    isAsked = true;
    const answer = await newest.to(pageOfList(office, { filter: head.filter(), first: ROWS, after }));
    if (!answer) return;
    isAsked = false;
    const page = answer.data?.workList;
    const known = new Set(before.map(({ item }) => item.part.id));
    const added = page?.nodes.filter(({ part }) => !known.has(part.id)) ?? [];
    if (page) show([...before, ...freshRows(added)], page);
    else rows.tell(`${texts.notRead}. ${errorText(answer)}`);
  }

  /** Reads the rows again that are shown. Those up to the row that the officer has in hand keep their places. */
  async function refresh(): Promise<void> {
    if (isAsked) return; // the list is being read already
    const page = await newest.to(firstRows(office, head.filter(), Math.max(shown.length, ROWS)));
    if (!page) return;
    const reread = { items: page.nodes, hasMore: page.pageInfo.hasNextPage };
    const { rows: merged, earlier } = mergedRows(shown, reread, rows.inHand());
    show(merged, page, earlier);
  }

  function show(all: LiveRow[], { totalCount, pageInfo }: ListPage, earlier = 0): void {
    shown = all;
    end = pageInfo.endCursor ?? undefined;
    head.showCount(totalCount, earlier);
    rows.show(all, pageInfo.hasNextPage);
  }

  function focus(part: string | undefined): void {
    if (!rows.focus(part)) head.focusSearch();
  }

  /** Row of a part as it was read last. */
  const rowOf = (part: string) => shown.find(({ item }) => item.part.id === part);
  const { mark, move, neighbour } = rows;
  const name = { class: "work-side", "aria-labelledby": "work-title" };
  return {
    ...{ element: element("section", name, head.element, rows.element), read: () => read(), refresh, rowOf },
    ...{ mark, move, neighbour, focus, focusSearch: head.focusSearch },
  };
}
