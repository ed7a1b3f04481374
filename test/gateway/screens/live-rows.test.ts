import { expect, test } from "vitest";
import { freshRows, mergedRows } from "../../../gateway/screens/browser/office/live-rows.ts";
import type { WorkItem } from "../../../gateway/screens/browser/office/work-item.ts";

const item = (id: string, day: number, claimedBy: WorkItem["claimedBy"] = null): WorkItem => ({
  part: { id, state: "PROCESSING", dueAt: `2026-12-0${day}T10:00:00+07:00`, procedure: null },
  dossier: { code: id, applicant: null },
  ...{ risk: "NONE", claimedBy },
});
const [a, b, c] = [item("a", 2), item("b", 4), item("c", 6)];
const shown = freshRows([a, b, c]);
const partsOf = ({ rows }: ReturnType<typeof mergedRows>) =>
  rows.map(({ item: { part }, isEnded }) => (isEnded ? `${part.id} ended` : part.id));

test("without a row in hand the list is shown as it was read", () => {
  const merged = mergedRows(shown, { items: [item("new", 1), b, c], hasMore: false }, undefined);
  expect(partsOf(merged)).toEqual(["new", "b", "c"]);
  expect(merged.earlier).toBe(0);
});

test("rows up to the one in hand keep their places, and new parts that are due earlier are counted", () => {
  const items = [item("new", 1), item("newer", 3), b, item("later", 5), c];
  const merged = mergedRows(shown, { items, hasMore: false }, "b");
  expect(partsOf(merged)).toEqual(["a ended", "b", "later", "c"]);
  expect(merged.earlier).toBe(2);
});

test("a row in hand whose part has left the list stays, and one that was claimed or extended is shown so in its place", () => {
  const claimed = item("a", 7, { id: "officer", name: "Cán bộ" });
  const merged = mergedRows(shown, { items: [c, claimed], hasMore: false }, "b");
  expect(partsOf(merged)).toEqual(["a", "b ended", "c"]);
  expect(merged.rows[0]?.item.claimedBy?.id).toBe("officer");
  const again = mergedRows(merged.rows, { items: [item("new", 3), b, c, claimed], hasMore: false }, "a");
  expect(partsOf(again)).toEqual(["a", "new", "b", "c"]);
});

test("a row beyond the end of what was read again counts as still in the list", () => {
  const merged = mergedRows(shown, { items: [item("new", 1), a, b], hasMore: true }, "c");
  expect(partsOf(merged)).toEqual(["a", "b", "c"]);
  expect(merged.earlier).toBe(1);
});
