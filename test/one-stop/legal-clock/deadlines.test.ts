import { pino } from "pino";
import { Registry } from "prom-client";
import { afterEach, describe, expect, it } from "vitest";
import { bundles } from "../../../subgraphs/one-stop/bundles/bundles.ts";
import { liveRules } from "../../../subgraphs/one-stop/clock-rules/rules-log.ts";
import { oneStopConfiguration } from "../../../subgraphs/one-stop/configuration.ts";
import { startDeadlines } from "../../../subgraphs/one-stop/deadlines/keep-deadlines.ts";
import { dossierKinds } from "../../../subgraphs/one-stop/definitions/dossier-kind.ts";
import { deskCounters } from "../../../subgraphs/one-stop/metrics/desk-counters.ts";
import { progress } from "../../../subgraphs/one-stop/saga/progress.ts";
import { singleProcedure } from "../../../subgraphs/one-stop/single-procedures/single-procedure.ts";
import { aBirthRequest, dossierThatIs } from "../../given.ts";
import {
  acknowledged,
  type DossierData,
  INSURANCE,
  inFaultMode,
  isDone,
  partOf,
  pause,
  shortBackoff,
} from "../../kit/dossier-outcomes.ts";
import { storedHistory } from "../../kit/stored-history.ts";
import { clerk, sharedWorld, TODAY } from "../../world.ts";
import { answer, ask, decide, devClock, expectProven, explained, registrar, submitted } from "./stories.ts";

const world = sharedWorld(shortBackoff);
afterEach(() => devClock(world.current, TODAY));
const MARITAL_STATUS = "1.004873";
const MARRIAGE = "1.000894";

const notesOf = async (code: string): Promise<string[]> =>
  (await storedHistory(world.current, code)).map(({ note }) => String(note));
const count = (notes: string[], start: string) => notes.filter((note) => note.startsWith(start)).length;

/** Waits until the history has an entry that begins so. */
async function noted(code: string, start: string): Promise<string[]> {
  for (const deadline = Date.now() + 15_000; ; await pause(50)) {
    const notes = await notesOf(code);
    if (count(notes, start) > 0) return notes;
    if (Date.now() > deadline) throw new Error(`No "${start}" in ${JSON.stringify(notes)}`);
  }
}

/** Time for deadlines that must not act. */
const looks = () => pause(700);

/** For each filter, whether the list of dossiers has the dossier. */
const isListed = (code: string, ...filters: object[]) =>
  Promise.all(
    filters.map(async (filter) => {
      const { nodes } = await ask(world.current, clerk, "dossiers", {
        filter: { ...filter, search: code },
        first: 200,
      });
      return nodes.some((node: DossierData) => node.code === code);
    }),
  );

/** For each risk, whether the registrars' work list has the part with it. */
const isWork = (part: string, ...risks: string[]) =>
  Promise.all(
    risks.map(async (risk) => {
      const { nodes } = await ask(world.current, registrar, "work-list", { filter: { risk }, first: 200 });
      return nodes.some((node: DossierData) => node.part.id === part && node.risk === risk);
    }),
  );

describe("a dossier whose due date comes near", () => {
  it("a dossier whose due date comes near is reminded of on the working day before, then apologised for once with a new date if nobody has begun", async () => {
    await devClock(world.current, "2026-03-10T09:00:00+07:00");
    const { code, dueAt } = await submitted(world.current, MARITAL_STATUS);
    expect(dueAt).toBe("2026-03-13T23:59:59+07:00");
    await devClock(world.current, "2026-03-12T08:00:00+07:00");
    expect(count(await noted(code, "Nhắc việc"), "Thư xin lỗi")).toBe(0);
    await devClock(world.current, "2026-03-12T15:00:01+07:00");
    await noted(code, "Thư xin lỗi: hồ sơ không kịp trả vào ngày 13/03/2026, hẹn lại sau 2 ngày làm việc");
    const again = await expectProven(world.current, code);
    expect(again.dueAt).toBe("2026-03-17T23:59:59+07:00");
    expect(again.dueAtExplanation).toContainEqual(expect.objectContaining({ rule: "EXTENDED", quantity: 2 }));
    await devClock(world.current, "2026-03-16T16:00:00+07:00");
    await looks();
    const notes = await notesOf(code);
    expect([count(notes, "Nhắc việc"), count(notes, "Thư xin lỗi")]).toEqual([1, 1]);
  });

  it("a dossier whose due date comes near needs no apology while an officer works on it, and none is made on the due day itself", async () => {
    await devClock(world.current, "2026-03-10T09:00:00+07:00");
    const claimed = await submitted(world.current, MARITAL_STATUS);
    await ask(world.current, registrar, "claim-part", { part: claimed.parts[0].id });
    const late = await submitted(world.current, MARITAL_STATUS);
    await devClock(world.current, "2026-03-12T16:00:00+07:00");
    await noted(claimed.code, "Nhắc việc");
    await noted(late.code, "Thư xin lỗi");
    await devClock(world.current, "2026-03-13T09:00:00+07:00");
    await looks();
    expect(count(await notesOf(claimed.code), "Thư xin lỗi")).toBe(0);
  });

  it("a dossier whose due date comes near is marked as overdue once, after a jump of the clock over every earlier moment, too", async () => {
    await devClock(world.current, "2026-03-10T09:00:00+07:00");
    const { code } = await submitted(world.current, MARITAL_STATUS);
    await devClock(world.current, "2026-03-20T09:00:00+07:00");
    await noted(code, "Quá hạn: hồ sơ phải trả kết quả vào ngày 13/03/2026");
    await devClock(world.current, "2026-03-25T09:00:00+07:00");
    await looks();
    const notes = await notesOf(code);
    expect([count(notes, "Quá hạn"), count(notes, "Thư xin lỗi")]).toEqual([1, 0]);
    expect(await explained(world.current, code)).toMatchObject({ overdue: true, dueAt: "2026-03-13T23:59:59+07:00" });
  });

  it("a dossier whose due date comes near is not touched after its decision", async () => {
    await devClock(world.current, "2026-03-10T09:00:00+07:00");
    const { code, parts } = await submitted(world.current, MARITAL_STATUS);
    await decide(world.current, parts[0].id, { grant: { facts: {} } });
    await devClock(world.current, "2026-03-20T09:00:00+07:00");
    await looks();
    expect((await notesOf(code)).filter((note) => /^(Nhắc|Thư|Quá)/.test(note))).toEqual([]);
  });

  it("a dossier whose due date comes near waits for an agency that does not respond with an apology and a new date for the group", async () => {
    await devClock(world.current, "2026-11-09T09:00:00+07:00");
    const input = aBirthRequest();
    input.child.dateOfBirth = "2026-11-02";
    const code = await inFaultMode(world.current, "CIVIL_STATUS", "DOWN", async () => {
      const { code } = await acknowledged(world.current, input, { waitMs: 0 });
      await devClock(world.current, "2026-11-11T15:30:00+07:00");
      await noted(code, "Thư xin lỗi");
      // the birth would begin on the 12th, the branches would end two working days later
      expect((await expectProven(world.current, code)).dueAt).toBe("2026-11-16T23:59:59+07:00");
      return code;
    });
    await dossierThatIs(world.current, code, isDone);
  });
});

describe("a supplement that is not answered", () => {
  it("a supplement that is not answered is refused at its agency after the citizen's seven working days, with a reminder before", async () => {
    await devClock(world.current, "2026-03-09T09:00:00+07:00");
    const input = aBirthRequest();
    input.child.dateOfBirth = "2026-03-02";
    const { code } = await inFaultMode(world.current, "HEALTH_INSURANCE", "ASKS_FOR_PAPERS", async () => {
      const dossier = await acknowledged(world.current, input);
      await dossierThatIs(world.current, dossier.code, ({ state }) => state === "AWAITING_CITIZEN");
      return dossier;
    });
    await devClock(world.current, "2026-03-17T09:00:00+07:00");
    await noted(code, "Nhắc người nộp");
    await devClock(world.current, "2026-03-18T23:00:00+07:00");
    await looks();
    expect((await explained(world.current, code)).parts.map(({ state }: DossierData) => state)).toContain(
      "SUPPLEMENT_NEEDED",
    );
    await devClock(world.current, "2026-03-19T00:00:10+07:00");
    const done = await dossierThatIs(world.current, code, isDone);
    expect(done).toMatchObject({ outcome: "PARTLY_GRANTED" });
    expect(partOf(done, INSURANCE)).toMatchObject({
      state: "REFUSED",
      refusal: { code: "SUPPLEMENT_UNANSWERED", legalBasis: "Nghị định 63/2024/NĐ-CP" },
    });
    const [acts] = await world.current.sql("one-stop")`
      select count(*)::int as n from acts a join dossiers d on d.id = a.dossier_id where d.code = ${code} and a.owner = 'ONE_STOP'`;
    expect(acts?.n).toBe(1);
    expect(count(await notesOf(code), "Quá hạn")).toBe(0);
  });

  it("a supplement that is asked for after the due date leaves the dossier and its part late, in every list, until they end", async () => {
    await devClock(world.current, "2026-03-10T09:00:00+07:00");
    const [late, inTime] = [
      await submitted(world.current, MARITAL_STATUS),
      await submitted(world.current, MARITAL_STATUS),
    ];
    const items = [{ code: "PAPER", text: "Bổ sung giấy tờ", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }];
    await decide(world.current, inTime.parts[0].id, { supplement: { items } });
    await devClock(world.current, "2026-03-16T09:00:00+07:00");
    await decide(world.current, late.parts[0].id, { supplement: { items } });
    await devClock(world.current, "2026-03-18T09:00:00+07:00");
    const lateOnes = async () => ({
      read: (await explained(world.current, late.code)).overdue,
      tracked: (await ask(world.current, null, "track-dossier", { code: late.code, phoneLast4: "5678" })).overdue,
      listed: await isListed(late.code, { overdue: true }, { overdue: false }, { risk: "LATE" }, { risk: "NONE" }),
      work: await isWork(late.parts[0].id, "LATE", "NONE"),
    });
    const isLate = { read: true, tracked: true, listed: [true, false, true, false], work: [true, false] };
    expect(await lateOnes()).toEqual(isLate);
    expect((await expectProven(world.current, late.code)).dueAt).toBe("2026-03-13T23:59:59+07:00");
    expect((await explained(world.current, inTime.code)).overdue).toBe(false);
    expect(await isListed(inTime.code, { overdue: true }, { overdue: false }, { risk: "LATE" })).toEqual([
      ...[false, true, false],
    ]);
    expect(await isWork(inTime.parts[0].id, "LATE", "NONE")).toEqual([false, true]);
    await answer(world.current, late.code, "PAPER");
    expect(await lateOnes()).toEqual(isLate);
    const again = (await explained(world.current, late.code)).parts[0].id;
    await decide(world.current, again, { grant: { facts: {} } });
    expect(await lateOnes()).toEqual({
      read: false,
      tracked: false,
      listed: [false, true, false, true],
      work: [false, false],
    });
  });

  it("a supplement that is not answered waits for ever where no rule sets a term, and is never overdue meanwhile", async () => {
    await devClock(world.current, "2026-03-09T09:00:00+07:00");
    const { code, parts } = await submitted(world.current, MARRIAGE);
    await decide(world.current, parts[0].id, {
      supplement: {
        items: [{ code: "PAPER", text: "Bổ sung giấy tờ", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }],
      },
    });
    await devClock(world.current, "2026-09-09T09:00:00+07:00");
    await looks();
    const dossier = await expectProven(world.current, code);
    expect([dossier.overdue, dossier.parts[0].state]).toEqual([false, "SUPPLEMENT_NEEDED"]);
    // the appointment assumes an answer, so that it never lies behind the day on which it is read
    expect([dossier.dueAt, dossier.parts[0].dueAt]).toEqual(Array(2).fill("2026-09-09T23:59:59+07:00"));
    expect(dossier.dueAtExplanation.map(({ rule }: DossierData) => rule)).toContain("ASSUMED_ANSWER");
    expect((await notesOf(code)).filter((note) => /^(Nhắc|Thư|Quá)/.test(note))).toEqual([]);
    await answer(world.current, code, "PAPER");
    expect(await expectProven(world.current, code)).toMatchObject({ dueAt: "2026-09-09T23:59:59+07:00" });
  });
});

describe("deadlines", () => {
  it("deadlines are acted on once by any number of processes", async () => {
    await devClock(world.current, "2026-03-10T09:00:00+07:00");
    const one = async () => (await submitted(world.current, MARITAL_STATUS)).code;
    const codes = await Promise.all(Array.from({ length: 8 }, one));
    const sql = world.current.sql("one-stop");
    const configuration = { ...oneStopConfiguration({ ...process.env, MOTCUA_DATA: world.current.data }), pollMs: 1 };
    const keepers = Array.from({ length: 5 }, () =>
      startDeadlines({
        ...{ database: { sql }, kinds: dossierKinds(bundles, singleProcedure), configuration, progress: progress() },
        ...{ rules: liveRules(sql), log: pino({ level: "silent" }), counters: deskCounters(new Registry()) },
        now: () => new Date(Date.now() + world.current.demo.clockOffsetMs()),
      }),
    );
    await devClock(world.current, "2026-03-12T15:10:00+07:00");
    for (const code of codes) await noted(code, "Thư xin lỗi");
    await devClock(world.current, "2026-03-20T09:00:00+07:00");
    for (const code of codes) await noted(code, "Quá hạn");
    await Promise.all(keepers.map((keeper) => keeper.stop()));
    for (const code of codes) {
      const notes = await notesOf(code);
      expect(["Nhắc việc", "Thư xin lỗi", "Quá hạn"].map((start) => count(notes, start))).toEqual([1, 1, 1]);
      await expectProven(world.current, code);
    }
  });

  it("deadlines that fell into an outage of the desk are acted on afterwards", async () => {
    await devClock(world.current, "2026-03-10T09:00:00+07:00");
    const { code } = await submitted(world.current, MARITAL_STATUS);
    await world.current.agencies.disconnect("one-stop");
    await devClock(world.current, "2026-03-16T09:00:00+07:00");
    await looks();
    expect(count(await notesOf(code), "Quá hạn")).toBe(0);
    await world.current.agencies.reconnect("one-stop");
    await noted(code, "Quá hạn");
  });
});
