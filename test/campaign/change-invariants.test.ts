import { expect, test } from "vitest";
import { changesReadOnce } from "../../scripts/campaign/invariants/change-invariants.ts";

const STORED = [1, 2, 65, 129];
const faults = (ids: number[]) => changesReadOnce([{ reader: "pages of 7", ids }], STORED, 3);

test("a reader that has every change once and in order violates nothing, also without one of after its end", () => {
  expect(faults([...STORED])).toEqual([]);
  expect(faults(STORED.slice(0, 3))).toEqual([]);
});

test.each([
  ["a missing change", [1, 2, 129]],
  ["a change twice", [1, 2, 2, 65, 129]],
  ["two changes in another order", [1, 65, 2, 129]],
  ["a change that is not stored", [1, 2, 65, 129, 193]],
  ["a reader that did not come to the end", [1, 2]],
])("%s is a violation", (_, ids) => {
  expect(faults(ids).map(({ invariant }) => invariant)).toEqual(["changes"]);
});
