import { describe, expect, it } from "vitest";
import type { PartAnswerState, StoredAnswer } from "../../subgraphs/_shared/parts/procedure.ts";
import {
  type ComparedDossier,
  type ComparedStep,
  differences,
} from "../../subgraphs/one-stop/reconciliation/comparison.ts";
import type { StepState } from "../../subgraphs/one-stop/saga/state.ts";

const nothing = { resultId: null, facts: null, refusal: null };
const attended = { ...nothing, inHand: false, unattended: false };

/** A birth, and a card that rests on it. */
function aDossier(birth: Partial<ComparedStep>, card: Partial<ComparedStep>): ComparedDossier {
  const over = [birth.state, card.state].every((state) => state === "GRANTED");
  return {
    ...{ id: "d", code: "H13.152-261124-0001", revision: 1, recordedAt: new Date(0) },
    state: over ? "COMPLETED" : "IN_PROGRESS",
    steps: [
      { id: "b", key: "BIRTH", agency: "CIVIL_STATUS", dependsOn: [], state: "SENT", ...attended, ...birth },
      {
        id: "c",
        key: "CARD",
        agency: "HEALTH_INSURANCE",
        dependsOn: ["BIRTH"],
        state: "BLOCKED",
        ...attended,
        ...card,
      },
    ],
  };
}

function anAnswer(state: PartAnswerState, facts: Record<string, string> | null = null): StoredAnswer {
  return { state, decidedAt: new Date(0), result: null, facts, refusal: null, supplement: null };
}

function told(dossier: ComparedDossier, birth?: StoredAnswer | null, card?: StoredAnswer | null): string[] {
  const answers = new Map([["b", birth] as const, ["c", card] as const].filter(([, answer]) => answer !== undefined));
  return differences(dossier, answers as ReadonlyMap<string, StoredAnswer | null>).map(
    ({ step, kind, remedy }) => `${step} ${kind} ${remedy}`,
  );
}

const granted = { state: "GRANTED" as StepState };
const refused = { state: "REFUSED" as StepState, refusal: "CHILD_TOO_OLD" };

describe("a dossier and its agencies", () => {
  it("a dossier agrees with its agencies during a call, whatever the agency knows already", () => {
    expect(told(aDossier({ inHand: true, unattended: true }, {}), anAnswer("GRANTED"), null)).toEqual([]);
    expect(told(aDossier({}, {}), null, null)).toEqual([]);
  });

  it("a dossier agrees with its agencies about a grant with the same facts in any order", () => {
    const dossier = aDossier({ ...granted, facts: { a: "1", b: "2" } }, granted);
    expect(told(dossier, anAnswer("GRANTED", { b: "2", a: "1" }), anAnswer("GRANTED", {}))).toEqual([]);
    expect(told(dossier, anAnswer("GRANTED", { a: "1", b: "3" }), anAnswer("GRANTED"))).toEqual([
      "BIRTH CONFLICT PERSON",
    ]);
  });

  it("a dossier is not compared with an agency that could not be reached", () => {
    expect(told(aDossier(granted, granted), undefined, null)).toEqual(["CARD MISSING_AT_AGENCY REDELIVER"]);
  });

  it("a dossier contradicts an agency if a decision rests on one that its own agency has lost", () => {
    expect(told(aDossier({}, {}), null, anAnswer("GRANTED"))).toEqual(["CARD CONFLICT PERSON"]);
    expect(told(aDossier({}, {}), anAnswer("GRANTED"), anAnswer("GRANTED"))).toEqual([
      "BIRTH BEHIND_AGENCY RESUME",
      "CARD BEHIND_AGENCY RESUME",
    ]);
  });

  it("a dossier contradicts an agency that granted a part which is closed or refused at the desk", () => {
    expect(told(aDossier(refused, { state: "NOT_APPLICABLE" }), anAnswer("GRANTED"), anAnswer("GRANTED"))).toContain(
      "CARD CONFLICT PERSON",
    );
    expect(told(aDossier(refused, { state: "NOT_APPLICABLE" }), anAnswer("GRANTED"), null)).toContain(
      "BIRTH CONFLICT PERSON",
    );
  });

  it("a dossier with a step that nothing works on is found without its agencies", () => {
    expect(told(aDossier({ unattended: true }, {}))).toEqual(["BIRTH STUCK RESUME"]);
    expect(told(aDossier(granted, {}))).toEqual(["CARD STUCK RESUME"]);
    expect(told(aDossier(refused, {}))).toEqual(["CARD STUCK RESUME"]);
    expect(told(aDossier(refused, { state: "NOT_APPLICABLE" }))).toEqual(["null STUCK RESUME"]);
    expect(told({ ...aDossier({}, {}), steps: [] })).toEqual(["null CONFLICT PERSON"]);
  });
});
