import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { toVietnamTime } from "../../../subgraphs/_shared/reference/days.ts";
import { nationalCalendar } from "../../../subgraphs/one-stop/clock/calendar.ts";
import { workingMinutesBetween } from "../../../subgraphs/one-stop/clock/working-minutes.ts";
import { HOLDERS, type Holding } from "../../../subgraphs/one-stop/time-ledger/holdings.ts";
import { timeLedger } from "../../../subgraphs/one-stop/time-ledger/ledger.ts";
import { aBirthRequest, dossierThatIs } from "../../given.ts";
import {
  acknowledged,
  type DossierData,
  inFaultMode,
  isDone,
  partOf,
  RESIDENCE,
  shortBackoff,
} from "../../kit/dossier-outcomes.ts";
import { clerk, contract, sharedWorld, TODAY } from "../../world.ts";
import { plainWorks } from "../clock/plain-count.ts";
import { aKey, answer, ask, decide, devClock, registrar, submitted } from "./stories.ts";

const world = sharedWorld(shortBackoff);
afterEach(() => devClock(world.current, TODAY));
const MARITAL_STATUS = "1.004873";

async function ledgerOf(
  code: string,
): Promise<{ entries: DossierData[]; completedAt: string | null; receivedAt: string }> {
  const { data, errors } = await world.current.ask(clerk, contract("time-ledger"), { code });
  if (!data?.dossier) throw new Error(JSON.stringify(errors));
  const { timeLedger: entries, completedAt, receivedAt } = data.dossier;
  return { entries, completedAt, receivedAt };
}

/** Minutes of office hours counted one by one, with no code of the ledger. */
function slowMinutes(from: Date, to: Date): number {
  let minutes = 0;
  for (let at = Math.floor(from.getTime() / 60_000); at < Math.floor(to.getTime() / 60_000); at++) {
    const [day = "", time = ""] = toVietnamTime(new Date(at * 60_000))
      .slice(0, 16)
      .split("T");
    const isOpen = (time >= "07:30" && time < "11:30") || (time >= "13:30" && time < "17:30");
    if (isOpen && plainWorks(day)) minutes++;
  }
  return minutes;
}

/** Expects entries without a gap whose minutes are those of the whole. */
function expectWhole(entries: readonly DossierData[], receivedAt: string, end: string): void {
  expect(entries[0]?.from).toBe(receivedAt);
  for (const [index, { to }] of entries.entries()) expect(to ?? end).toBe(entries[index + 1]?.from ?? end);
  const sum = entries.reduce((minutes, entry) => minutes + entry.workingMinutes, 0);
  expect(sum).toBe(slowMinutes(new Date(receivedAt), new Date(end)));
}

describe("the time ledger of a dossier", () => {
  it("the time ledger of a dossier names desk, officer and citizen in turn, and adds up to the whole", async () => {
    await devClock(world.current, "2026-03-09T09:00:00+07:00");
    const { code, parts } = await submitted(world.current, MARITAL_STATUS);
    const part = parts[0].id;
    await devClock(world.current, "2026-03-09T10:00:00+07:00");
    await ask(world.current, registrar, "claim-part", { part });
    await devClock(world.current, "2026-03-09T14:30:00+07:00");
    await decide(world.current, part, {
      supplement: {
        items: [{ code: "PAPER", text: "Bổ sung giấy tờ", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }],
      },
    });
    await devClock(world.current, "2026-03-11T08:30:00+07:00");
    await answer(world.current, code, "PAPER");
    await devClock(world.current, "2026-03-11T09:30:00+07:00");
    await decide(world.current, part, { grant: { facts: {} } });
    const { entries, completedAt, receivedAt } = await ledgerOf(code);
    expect(entries.map(({ holder, workingMinutes }) => [holder, Math.round(workingMinutes / 5) * 5])).toEqual([
      ["AGENCY", 60],
      ["OFFICER", 150],
      ["CITIZEN", 720],
      ["OFFICER", 60],
    ]);
    expect(entries[1]).toMatchObject({ agency: { code: "CIVIL_STATUS" }, officer: { id: "demo:registrar:31471" } });
    expectWhole(entries, receivedAt, completedAt ?? "");
  });

  it("the time ledger of a dossier names an outage with the agency that does not respond, until it responds", async () => {
    await devClock(world.current, "2026-11-23T09:00:00+07:00");
    const code = await inFaultMode(world.current, "RESIDENCE", "DOWN", async () => {
      const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
      await dossierThatIs(world.current, code, (dossier) => partOf(dossier, RESIDENCE).delivery.attempts > 1);
      await devClock(world.current, "2026-11-23T11:00:00+07:00");
      const { entries } = await ledgerOf(code);
      expect(entries.at(-1)).toMatchObject({ holder: "OUTAGE", agency: { code: "RESIDENCE" }, to: null });
      return code;
    });
    await dossierThatIs(world.current, code, isDone);
    const { entries, completedAt, receivedAt } = await ledgerOf(code);
    const outage = entries.find(({ holder }) => holder === "OUTAGE");
    expect(outage?.workingMinutes).toBeGreaterThanOrEqual(119);
    expectWhole(entries, receivedAt, completedAt ?? "");
  });

  it("the time ledger of a dossier ends with a withdrawal", async () => {
    await devClock(world.current, "2026-03-09T09:00:00+07:00");
    const { code } = await submitted(world.current, MARITAL_STATUS);
    await devClock(world.current, "2026-03-09T10:00:00+07:00");
    const variables = { dossier: code, reason: "Không còn nhu cầu", idempotencyKey: aKey() };
    await ask(world.current, clerk, "withdraw-dossier", variables);
    await devClock(world.current, "2026-03-20T10:00:00+07:00");
    const { entries } = await ledgerOf(code);
    expect(entries.at(-1)?.to).toMatch(/^2026-03-09T10:00/);
  });
});

const minutes = fc.integer({ min: 0, max: 60 * 24 * 40 });

it("any holdings divide the time without a gap, and their minutes add up to the whole", () => {
  const start = Date.parse("2026-02-09T06:00:00+07:00");
  const holdings = fc.array(fc.tuple(minutes, fc.integer({ min: 0, max: 59_999 }), fc.constantFrom(...HOLDERS)), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(holdings, minutes, fc.boolean(), (changes, lasts, isOver) => {
      const instants = changes.map(([at, ms]) => start + at * 60_000 + ms).sort((a, b) => a - b);
      const end = new Date((instants.at(-1) ?? start) + lasts * 60_000);
      const held = changes.map(([, , holder], index): Holding => {
        return { at: new Date(instants[index] ?? start).toISOString(), holder, agency: null, officer: null };
      });
      const closing: Holding = { at: end.toISOString(), holder: null, agency: null, officer: null };
      const facts = { receivedAt: new Date(start), endedAt: null, holdings: isOver ? [...held, closing] : held };
      const entries = timeLedger(facts, nationalCalendar(), end);
      let at = facts.receivedAt;
      for (const { from, to } of entries) {
        expect(from).toEqual(at);
        at = to ?? end;
      }
      expect(at).toEqual(end);
      const sum = entries.reduce((total, entry) => total + entry.workingMinutes, 0);
      return sum === workingMinutesBetween(facts.receivedAt, end, nationalCalendar());
    }),
    { numRuns: 2_000 },
  );
});

it("working minutes between two instants are those of a count minute by minute", () => {
  const instants = fc
    .integer({ min: 0, max: 60 * 24 * 60 })
    .map((at) => new Date(Date.parse("2026-01-20T00:00:00Z") + at * 61_003));
  fc.assert(
    fc.property(instants, fc.integer({ min: 0, max: 60 * 24 * 6 }), (from, lasts) => {
      const to = new Date(from.getTime() + lasts * 59_999);
      return workingMinutesBetween(from, to, nationalCalendar()) === slowMinutes(from, to);
    }),
    { numRuns: 200 },
  );
});
