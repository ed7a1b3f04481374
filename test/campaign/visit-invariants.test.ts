import { describe, expect, test } from "vitest";
import { visitsHappenOnce } from "../../scripts/campaign/invariants/visit-invariants.ts";
import type { Visit } from "../../scripts/campaign/random/visits.ts";
import type { VisitFacts } from "../../scripts/campaign/visit-facts.ts";

const visit: Visit = {
  ...{ key: "visit-1", numbers: [1, 1], called: ["t1", "t1"] },
  submitted: ["D1", null],
  refiled: ["D2", null],
};
const ticket = { id: "t1", series: "31471 2026-11-23", number: 1, key: "visit-1-take", state: "DONE" };
const refiling = { code: "D2", earlier: "D1", earlierState: "REFUSED", state: "GRANTED", decisions: 1 };
const facts: VisitFacts = {
  tickets: [ticket],
  dossiers: [{ code: "D1", draft: "AAAA-AAAA" }],
  refilings: [refiling],
};
const broken = (visits: Visit[], found: Partial<VisitFacts>) =>
  visitsHappenOnce(visits, { ...facts, ...found }).map(({ invariant }) => invariant);

describe("the invariants of visits", () => {
  test("a visit whose acts happened once violates nothing", () => {
    expect(visitsHappenOnce([visit], facts)).toEqual([]);
  });

  test.each<[string, Partial<Visit>, Partial<VisitFacts>, string]>([
    ["two numbers for one key", { numbers: [1, 2] }, {}, "tickets"],
    ["two calls for one key", { called: ["t1", "t2"] }, {}, "tickets"],
    ["a called ticket that still waits", {}, { tickets: [{ ...ticket, state: "WAITING" }] }, "tickets"],
    ["a gap in the numbers", {}, { tickets: [ticket, { ...ticket, id: "t2", number: 3, key: "other" }] }, "tickets"],
    ["a number twice", {}, { tickets: [ticket, { ...ticket, id: "t2", key: "other" }] }, "tickets"],
    ["a draft that was submitted twice", { submitted: ["D1", "D3"] }, {}, "drafts"],
    ["a draft that was submitted by nobody", { submitted: [null, null] }, {}, "drafts"],
    ["an acknowledged dossier that is not stored", { submitted: ["D9", null] }, {}, "drafts"],
    ["a refiling that was not answered", { refiled: [] }, {}, "refilings"],
    ["a part that was refiled twice", { refiled: ["D2", "D4"] }, {}, "refilings"],
    ["a part that was refiled by nobody", { refiled: [null, null] }, {}, "refilings"],
    ["a refiling that is not linked", {}, { refilings: [] }, "refilings"],
    [
      "a refiled part that is no longer refused",
      {},
      { refilings: [{ ...refiling, earlierState: "GRANTED" }] },
      "refilings",
    ],
    ["a refiled part that is still open", {}, { refilings: [{ ...refiling, state: "PROCESSING" }] }, "refilings"],
    ["a refiled part that was decided twice", {}, { refilings: [{ ...refiling, decisions: 2 }] }, "refilings"],
  ])("%s is a violation", (_, change, found, invariant) => {
    expect(broken([{ ...visit, ...change }], found)).toEqual([invariant]);
  });
});
