import { describe, expect, test } from "vitest";
import type { PlanStep } from "../../../gateway/screens/browser/client/graph.ts";
import { curlCommand, playgroundLink, sharedOperation } from "../../../gateway/screens/browser/client/share.ts";
import {
  type FollowedDossier,
  type HistoryEntry,
  nextPicture,
  stepsOf,
} from "../../../gateway/screens/browser/front/journey.ts";
import { planLayout } from "../../../gateway/screens/browser/plan/plan-layout.ts";

const NUMBER = "Cấp số định danh cá nhân";
let entries = 0;

const entry = (at: number, state: string, step: string | null, actor: string, part?: string): HistoryEntry => ({
  ...{ id: String(++entries), at: `2026-11-23T09:00:0${at}+07:00`, state, step, actor },
  part: part ? { id: part } : null,
});

const dossier = (nodes: HistoryEntry[]): FollowedDossier => ({
  ...{ code: "H13.155-261123-0001", state: "IN_PROGRESS", outcome: null, receivedAt: "2026-11-23T09:00:00+07:00" },
  ...{ dueAt: "2026-11-27T23:59:59+07:00", completedAt: null, overdue: false },
  parts: [
    {
      ...{ id: "birth", agency: { code: "CIVIL_STATUS" }, procedure: null, state: "GRANTED", refusal: null },
      ...{ delivery: { attempts: 1, nextAttemptAt: null }, waitingFor: null, supplement: null, result: null },
    },
    {
      ...{ id: "residence", agency: { code: "RESIDENCE" }, procedure: null, state: "BLOCKED", refusal: null },
      ...{ delivery: { attempts: 0, nextAttemptAt: null }, supplement: null, result: null },
      waitingFor: { agency: { code: "RESIDENCE" }, step: NUMBER, unanswered: true, text: "", textEn: "" },
    },
  ],
  history: { nodes },
});

describe("the journey of a dossier", () => {
  const sent = [
    entry(0, "RECEIVED", null, "clerk"),
    entry(0, "SENT", "Khai sinh", "clerk", "birth"),
    entry(1, "GRANTED", "Khai sinh", "CIVIL_STATUS", "birth"),
    entry(1, "SENT", NUMBER, "ONE_STOP"),
  ];

  test("the journey of a dossier shows together what happened at the same moment", () => {
    expect(nextPicture(dossier(sent), 0)).toBe(2);
    expect(nextPicture(dossier(sent), 2)).toBe(4);
    expect(nextPicture(dossier(sent), 4)).toBe(4);
  });

  test("the journey of a dossier has the steps that were sent, each at its agency with its times", () => {
    expect(stepsOf(dossier(sent), 2)).toMatchObject([{ agency: "CIVIL_STATUS", state: "SENT", decidedAt: undefined }]);
    expect(stepsOf(dossier(sent), 4)).toMatchObject([
      { agency: "CIVIL_STATUS", state: "GRANTED", sentAt: sent[1]?.at, decidedAt: sent[2]?.at },
      { agency: "RESIDENCE", state: "SENT" }, // a step without a part, for which a part waits
    ]);
  });

  test("the journey of a dossier knows the agency of a step without a part by its decision", () => {
    const decided = { ...dossier([...sent, entry(2, "GRANTED", NUMBER, "RESIDENCE")]), parts: [] };
    expect(stepsOf(decided, 5).at(-1)).toMatchObject({ agency: "RESIDENCE", state: "GRANTED" });
  });
});

describe("the drawing of a plan", () => {
  const fetchOf = (subgraph: string): PlanStep => ({ kind: "fetch", subgraph, path: ["citizen__1"] });
  const called = (subgraph: string, beganAtMs: number) => ({ subgraph, outcome: "ok", beganAtMs, ms: 5 });

  test("the drawing of a plan puts fetches after what they follow, and those at once below one another", () => {
    const steps: PlanStep = {
      kind: "sequence",
      steps: [fetchOf("one-stop"), { kind: "parallel", steps: [fetchOf("land"), fetchOf("business")] }],
    };
    const { nodes, edges } = planLayout(steps, [called("land", 9), called("one-stop", 1)]);
    const [first, land, business] = nodes;
    expect(nodes.map(({ fetch }) => fetch?.beganAtMs)).toEqual([1, 9, undefined]);
    expect(land?.x).toBeGreaterThan(first?.x ?? 0);
    expect([land?.x, land?.path]).toEqual([business?.x, "citizen"]);
    expect(business?.y).toBeGreaterThan(land?.y ?? 0);
    expect(edges.map(([from, to]) => [from.subgraph, to.subgraph])).toEqual([
      ["one-stop", "land"],
      ["one-stop", "business"],
    ]);
  });
});

describe("an operation that is shared", () => {
  const operation = { persona: "clerk", query: "# note\nquery A { x }", variables: { name: "Lê & O'Hara #1" } };

  test("an operation that is shared as a link is found again in the link's fragment", () => {
    const { hash } = new URL(playgroundLink(operation), "http://gateway");
    expect(sharedOperation(hash)).toEqual({
      ...{ persona: "clerk", query: operation.query },
      variables: JSON.stringify(operation.variables, null, 2),
    });
    expect(sharedOperation("#other")).toBeUndefined();
  });

  test("an operation that is shared as curl keeps quotation marks from the shell, and anonymous ones have no token", () => {
    expect(curlCommand("http://gateway", operation)).toContain(`"variables":{"name":"Lê & O'\\''Hara #1"}}'`);
    expect(curlCommand("http://gateway", { ...operation, persona: "" })).not.toContain("TOKEN");
  });
});
