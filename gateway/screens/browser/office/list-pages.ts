import workListDocument from "../../../playground/examples/work-list.graphql";
import type { Answer } from "../client/graph.ts";
import type { Office } from "./office.ts";
import type { WorkItem } from "./work-item.ts";

/** Part of the work list, as it was read. */
export type ListPage = {
  totalCount: number | null;
  nodes: WorkItem[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};
type Asked = { filter: object; first: number; after?: string };

const MOST_ROWS = 200;

export function pageOfList(office: Office, asked: Asked): Promise<Answer<{ workList: ListPage | null }>> {
  return office.ask(workListDocument, asked);
}

/** The first rows as one page; undefined where one of their pages was not read. */
export async function firstRows(office: Office, filter: object, count: number): Promise<ListPage | undefined> {
  for (let nodes: WorkItem[] = [], after: string | undefined; ; ) {
    const { data } = await pageOfList(office, { filter, first: Math.min(count - nodes.length, MOST_ROWS), after });
    if (!data?.workList) return undefined;
    nodes = [...nodes, ...data.workList.nodes];
    const { hasNextPage, endCursor } = data.workList.pageInfo;
    after = endCursor ?? undefined;
    if (!hasNextPage || nodes.length >= count) return { ...data.workList, nodes };
  }
}
