import workListDocument from "../../../playground/examples/work-list.graphql";
import { element } from "../client/element.ts";
import { errorText } from "../client/error-text.ts";
import { newestAnswer } from "../client/newest-answer.ts";
import { listHead } from "./list-head.ts";
import type { Office, WorkItem } from "./office.ts";
import { texts } from "./texts.ts";
import { workRows } from "./work-rows.ts";

type Page = {
  totalCount: number | null;
  nodes: WorkItem[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

const ROWS = 50;

/** Open parts of the officer, the first due first, by risk and by a search. */
export function workList(office: Office) {
  const head = listHead(async (by) => {
    await read();
    if (by === "search") focus(undefined);
  });
  const rows = workRows(() => void read(shown, end));
  let shown: WorkItem[] = [];
  let end: string | undefined;
  const newest = newestAnswer();

  async function read(before: WorkItem[] = [], after?: string): Promise<void> {
    const variables = { filter: head.filter(), first: ROWS, after };
    const answer = await newest.to(office.ask<{ workList: Page | null }>(workListDocument, variables));
    if (!answer) return;
    const page = answer.data?.workList;
    if (!page) return rows.tell(`${texts.notRead}. ${errorText(answer)}`);
    shown = [...before, ...page.nodes];
    end = page.pageInfo.endCursor ?? undefined;
    head.showCount(page.totalCount);
    rows.show(shown, page.pageInfo.hasNextPage);
  }

  function focus(part: string | undefined): void {
    if (!rows.focus(part)) head.focusSearch();
  }

  const { mark, move, neighbour } = rows;
  const section = element(
    "section",
    { class: "work-side", "aria-labelledby": "work-title" },
    ...[head.element, rows.element],
  );
  return { element: section, read: () => read(), mark, move, neighbour, focus, focusSearch: head.focusSearch };
}
