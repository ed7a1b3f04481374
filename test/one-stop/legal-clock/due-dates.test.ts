import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import type { Term } from "../../../subgraphs/one-stop/clock/terms.ts";
import { aBirthNotice, aBirthRequest, dossierThatIs } from "../../given.ts";
import { acknowledged, INSURANCE, inFaultMode, isDone, partOf, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { storedHistory } from "../../kit/stored-history.ts";
import { sharedWorld, TODAY } from "../../world.ts";
import { answer, decide, devClock, expectProven, explained, submitted, withTerm } from "./stories.ts";

const world = sharedWorld(shortBackoff);
afterEach(() => devClock(world.current, TODAY));

const { deadlines } = JSON.parse(readFileSync(projectPath("test", "data", "identifier-test-vectors.json"), "utf8"));
/** An interlinked procedure, which keeps the rule of 15:00 whatever its term. */
const interlinkedOn = (day: string) => (day < "2026-09-01" ? "2.002622" : "2.002913");
const MARRIAGE = "1.000894";
const MARITAL_STATUS = "1.004873";
const CALENDAR_30 = "2.001263";
const RESIDENCE_STAY = "2.001159";
const RESIDENCE_PAPER = "1.010041";

const dueDay = ({ dueAt }: { dueAt: string }) => dueAt.slice(0, 10);

type Vector = {
  receivedAt: string;
  dueDate?: string;
  resultDate?: string;
  workingDays?: number;
  calendarDays?: number;
};
const vectors: [string, Term, string][] = Object.values(deadlines as Record<string, Vector[]>)
  .filter((list) => Array.isArray(list))
  .flat()
  .map(({ receivedAt, dueDate, resultDate, workingDays, calendarDays }) => [
    receivedAt,
    workingDays
      ? { quantity: workingDays, unit: "WORKING_DAY" }
      : calendarDays
        ? { quantity: calendarDays, unit: "DAY" }
        : { quantity: 1, unit: "WORKING_DAY_SAME" },
    dueDate ?? resultDate ?? "",
  ]);

describe("the deadline vectors pass through the running system", () => {
  it.each(vectors)("a dossier received at %s with the term %o is due on %s", async (receivedAt, term, due) => {
    await devClock(world.current, receivedAt);
    const interlinked = interlinkedOn(receivedAt);
    await withTerm(interlinked, term, async () => {
      const { code, dueAt } = await submitted(world.current, interlinked);
      expect(dueAt).toBe(`${due}T23:59:59+07:00`);
      await expectProven(world.current, code);
    });
  });

  it.each(vectors.filter(([, { quantity, unit }]) => quantity === 3 && unit === "WORKING_DAY"))(
    "a birth bundle received at %s with the term %o is due on %s",
    async (receivedAt, _, due) => {
      await devClock(world.current, receivedAt);
      const input = aBirthRequest();
      input.child.dateOfBirth = new Date(Date.parse(receivedAt) - 3 * 86_400_000).toISOString().slice(0, 10);
      input.child.birthNotice = aBirthNotice().replace(/26$/, input.child.dateOfBirth.slice(2, 4));
      const { code, dueAt } = await acknowledged(world.current, input);
      expect(dueDay({ dueAt })).toBe(due);
      await expectProven(world.current, code);
    },
  );
});

describe("the day of receipt", () => {
  it.each([
    [MARRIAGE, "2026-03-10T15:30:00+07:00", "2026-03-11"],
    [MARRIAGE, "2026-03-10T14:59:00+07:00", "2026-03-10"],
    [MARITAL_STATUS, "2026-03-10T15:30:00+07:00", "2026-03-13"],
    [RESIDENCE_PAPER, "2026-03-10T15:30:00+07:00", "2026-03-11"],
    [RESIDENCE_PAPER, "2026-03-10T20:00:00+07:00", "2026-03-12"],
    [CALENDAR_30, "2026-01-15T09:00:00+07:00", "2026-02-23"],
  ])(
    "a dossier for %s received at %s is due on %s: the cut-off of 15:00 applies only to same-day civil status",
    async (...vector) => {
      const [procedure, receivedAt, due] = vector;
      await devClock(world.current, receivedAt);
      const { code, dueAt } = await submitted(world.current, procedure);
      expect(dueAt).toBe(`${due}T23:59:59+07:00`);
      await expectProven(world.current, code);
    },
  );

  it("a term in hours ends within office hours", async () => {
    await devClock(world.current, "2026-03-10T17:00:00+07:00");
    const { code, dueAt } = await submitted(world.current, RESIDENCE_STAY);
    expect(dueAt).toMatch(/^2026-03-11T08:0[01]:00\+07:00$/);
    await expectProven(world.current, code);
  });
});

describe("a clock that stands still", () => {
  const items = [{ code: "PAPER", text: "Bổ sung giấy xác nhận", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }];

  it("a suspended clock moves the due date by the days for which the citizen was awaited", async () => {
    await devClock(world.current, "2026-03-09T09:00:00+07:00");
    const { code, dueAt, parts } = await submitted(world.current, MARITAL_STATUS);
    expect(dueDay({ dueAt })).toBe("2026-03-12");
    await devClock(world.current, "2026-03-10T09:00:00+07:00");
    const { part } = await decide(world.current, parts[0].id, { supplement: { items } });
    expect(part.supplement.dueAt).toBeNull(); // no term to answer outside the interlinked groups
    const standing = await expectProven(world.current, code);
    expect(standing.dueAtExplanation.map(({ rule }: { rule: string }) => rule)).toContain("ASSUMED_ANSWER");
    await devClock(world.current, "2026-03-16T09:00:00+07:00");
    expect((await explained(world.current, code)).overdue).toBe(false);
    await answer(world.current, code, "PAPER");
    const going = await expectProven(world.current, code);
    // the 10th to the 13th did not count: 16, 17, 18
    expect([dueDay(going), dueDay(going.parts[0])]).toEqual(["2026-03-18", "2026-03-18"]);
  });

  it("a suspension gives the citizen of an interlinked group seven working days, and the due date is planned after them", async () => {
    await devClock(world.current, "2026-03-09T09:00:00+07:00");
    const input = aBirthRequest();
    input.child.dateOfBirth = "2026-03-02";
    await inFaultMode(world.current, "HEALTH_INSURANCE", "ASKS_FOR_PAPERS", async () => {
      const { code } = await acknowledged(world.current, input);
      const asked = await dossierThatIs(world.current, code, ({ state }) => state === "AWAITING_CITIZEN");
      expect(dueDay(partOf(asked, INSURANCE).supplement)).toBe("2026-03-18");
      const planned = await expectProven(world.current, code);
      // asked on the 9th, answered by the end of the 18th: the 19th and the next days count
      expect(dueDay(planned)).toBe("2026-03-23");
      await devClock(world.current, "2026-03-11T09:00:00+07:00");
      await answer(world.current, code, "DEMO_PAPER");
      const done = await dossierThatIs(world.current, code, isDone);
      expect(dueDay(done)).toBe("2026-03-13");
      await expectProven(world.current, code);
    });
  });
});

describe("an extension", () => {
  it("an extension adds working days to the part, and its history names the reason", async () => {
    await devClock(world.current, "2026-03-09T09:00:00+07:00");
    const { code, parts } = await submitted(world.current, MARITAL_STATUS);
    await decide(world.current, parts[0].id, { extend: { reason: "Cần xác minh", workingDays: 2 } });
    const dossier = await expectProven(world.current, code);
    expect([dueDay(dossier), dueDay(dossier.parts[0])]).toEqual(["2026-03-16", "2026-03-16"]);
    const notes = await storedHistory(world.current, code);
    expect(notes.map(({ note }) => note)).toContain("Gia hạn thêm 2 ngày làm việc: Cần xác minh");
  });

  it("a verification by an agency extends the term from three to five working days", async () => {
    await devClock(world.current, "2026-03-09T09:00:00+07:00");
    const input = aBirthRequest();
    const child = { ...input.child, dateOfBirth: "2026-03-02", birthNotice: null };
    input.child = { ...child, withoutNotice: { kind: "WITNESS", text: "Người làm chứng xác nhận" } };
    const { code } = await acknowledged(world.current, input);
    const dossier = await expectProven(world.current, code);
    expect(dueDay(dossier)).toBe("2026-03-16");
    expect(dossier.dueAtExplanation).toContainEqual(
      expect.objectContaining({ rule: "EXTENDED", quantity: 2, unit: "WORKING_DAY" }),
    );
  });
});
