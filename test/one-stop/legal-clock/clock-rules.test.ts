import { afterEach, describe, expect, it } from "vitest";
import { dossierThatIs } from "../../given.ts";
import { type DossierData, isDone, pause, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { storedHistory } from "../../kit/stored-history.ts";
import { clerk, type Persona, sharedWorld, TODAY } from "../../world.ts";
import { aKey, answer, decide, devClock, expectProven, explained, submitted, withTerm } from "./stories.ts";

const world = sharedWorld(shortBackoff);
afterEach(() => devClock(world.current, TODAY));
const administrator: Persona = { persona: "administrator" };
const MARITAL_STATUS = "1.004873";
const RESIDENCE_PAPER = "1.010041";
const BUSINESS = "2.000720";

const CHANGE = `mutation ($input: ClockRulesInput!, $key: String!) { changeClockRules(input: $input, idempotencyKey: $key) {
  change { id changedBy reason rules { key before after } } problems { code path } } }`;

async function change(input: object, key = aKey(), who: Persona = administrator): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, CHANGE, { input, key });
  return data?.changeClockRules ?? { errors };
}

/** The dossier as soon as it is due on a day. */
async function dueOn(code: string, day: string): Promise<DossierData> {
  for (const deadline = Date.now() + 20_000; ; await pause(100)) {
    // a reading while the dossier is dated again may show the part's new date beside the old revision
    const dossier = await explained(world.current, code);
    if (dossier.dueAt.startsWith(day)) return expectProven(world.current, code);
    if (Date.now() > deadline) throw new Error(`It is due at ${dossier.dueAt}`);
  }
}

const historyOf = async (code: string) =>
  (await storedHistory(world.current, code)).map(({ actor, note }) => ({ actor, note }));

describe("an administrator's change of the calendar", () => {
  it("an administrator's change of the calendar moves running dossiers and their parts, leaves ended ones, and stands in history and audit", async () => {
    await devClock(world.current, "2026-05-11T09:00:00+07:00");
    const running = await submitted(world.current, MARITAL_STATUS);
    const ended = await submitted(world.current, MARITAL_STATUS);
    await decide(world.current, ended.parts[0].id, { grant: { facts: {} } });
    const days = [{ date: "2026-05-13", kind: "swap_off", name: "Nghỉ hoán đổi" }];
    const { change: made, problems } = await change({ days, reason: "Quyết định 12/QĐ-UBND" });
    expect(problems).toEqual([]);
    expect(made).toMatchObject({ changedBy: "demo:administrator:31471", reason: "Quyết định 12/QĐ-UBND" });
    expect(made.rules).toMatchObject([{ key: "DAY - - - 2026-05-13", before: null, after: { kind: "DAY" } }]);
    const moved = await dueOn(running.code, "2026-05-15");
    expect(moved.parts[0].dueAt).toBe("2026-05-15T23:59:59+07:00");
    expect(moved.dueAtExplanation).toContainEqual(
      expect.objectContaining({ rule: "DAY_OFF", day: "2026-05-13", text: expect.stringContaining("Nghỉ hoán đổi") }),
    );
    expect(await historyOf(running.code)).toContainEqual({
      actor: "administrator",
      note: "Hạn trả kết quả chuyển từ 14/05/2026 sang 15/05/2026: Quyết định 12/QĐ-UBND",
    });
    const { dueAt } = await expectProven(world.current, ended.code);
    expect(dueAt).toBe("2026-05-14T23:59:59+07:00");
    const later = await submitted(world.current, MARITAL_STATUS);
    expect(later.dueAt).toBe("2026-05-15T23:59:59+07:00");
    await change({ days: [{ date: "2026-05-13" }], reason: "Bãi bỏ" });
    await dueOn(running.code, "2026-05-14");
  });

  it("an administrator's change of the calendar of one agency or office holds there alone", async () => {
    await devClock(world.current, "2026-06-08T09:00:00+07:00");
    const business = await submitted(world.current, BUSINESS);
    const civil = await submitted(world.current, MARITAL_STATUS);
    const day = { date: "2026-06-10", kind: "swap_off", name: "Ngày truyền thống ngành" };
    await change({ days: [{ ...day, agency: "BUSINESS" }], reason: "Lịch của ngành" });
    await dueOn(business.code, "2026-06-12");
    await dueOn(civil.code, "2026-06-11");
  });

  it("an administrator's change of the calendar makes a Saturday one of work", async () => {
    await devClock(world.current, "2026-07-09T09:00:00+07:00");
    const { code, dueAt } = await submitted(world.current, MARITAL_STATUS);
    expect(dueAt).toBe("2026-07-14T23:59:59+07:00");
    await change({ days: [{ date: "2026-07-11", kind: "make_up_workday", name: "Làm bù" }], reason: "Hoán đổi" });
    await dueOn(code, "2026-07-13");
  });
});

describe("an administrator's change of other rules", () => {
  it("an administrator's change of other rules shortens the terms of a Green Friday while the rule is in force", async () => {
    const green = { id: "green-friday", name: "Thứ Sáu xanh", nameEn: "Green Friday", weekdays: [5], percent: 50 };
    const dated = { validFrom: "2026-09-01", validTo: "2026-09-30", domains: ["household_business"] };
    await change({ serviceRules: [{ ...green, ...dated }], reason: "Mô hình Thứ Sáu xanh" });
    await devClock(world.current, "2026-09-11T09:00:00+07:00");
    const friday = await submitted(world.current, BUSINESS);
    expect(friday.dueAt).toBe("2026-09-15T23:59:59+07:00"); // two days of three
    const { dueAtExplanation } = await expectProven(world.current, friday.code);
    expect(dueAtExplanation).toContainEqual(expect.objectContaining({ rule: "SERVICE_RULE", quantity: 2 }));
    await devClock(world.current, "2026-10-02T09:00:00+07:00");
    expect((await submitted(world.current, BUSINESS)).dueAt).toBe("2026-10-07T23:59:59+07:00");
    await change({ endedServiceRules: ["green-friday"], reason: "Kết thúc mô hình" });
  });

  it("an administrator's change of other rules gives results at once on a no-appointment day", async () => {
    const rule = { id: "no-appointment", name: "Ngày không hẹn", nameEn: "No-appointment day", weekdays: [2] };
    await change({
      serviceRules: [{ ...rule, validFrom: "2026-10-01", procedures: [MARITAL_STATUS] }],
      reason: "Ngày không hẹn",
    });
    await devClock(world.current, "2026-10-06T09:00:00+07:00");
    expect((await submitted(world.current, MARITAL_STATUS)).dueAt).toBe("2026-10-06T23:59:59+07:00");
    await change({ endedServiceRules: ["no-appointment"], reason: "Kết thúc" });
  });

  it("an administrator's change of other rules lets the term begin anew after a supplement, and gives a term to answer", async () => {
    const rule = {
      id: "restart",
      domains: ["household_business"],
      workingDays: 4,
      restarts: true,
      validFrom: "2026-01-01",
    };
    await change({ supplementRules: [rule], reason: "Quy định mới" });
    await devClock(world.current, "2026-03-09T09:00:00+07:00");
    const { code, parts } = await submitted(world.current, BUSINESS);
    await devClock(world.current, "2026-03-11T09:00:00+07:00");
    const items = [{ code: "PAPER", text: "Bổ sung giấy tờ", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }];
    const { part } = await decide(
      world.current,
      parts[0].id,
      { supplement: { items } },
      { persona: "business-officer" },
    );
    expect(part.supplement.dueAt).toBe("2026-03-17T23:59:59+07:00");
    await devClock(world.current, "2026-03-12T09:00:00+07:00");
    await answer(world.current, code, "PAPER");
    const going = await dueOn(code, "2026-03-17"); // three days after the 12th
    expect(going.dueAtExplanation.map(({ rule: name }: DossierData) => name)).toContain("RESTARTED");
  });

  it.each([
    ["the basis of the rule", "Quyết định 12/2026/QĐ-UBND"],
    ["the published basis of the procedure where the rule names none", undefined],
  ])(
    "an administrator's change of other rules lets a dossier of the desk's officers be refused when its supplement is not answered, on %s",
    async (_, legalBasis) => {
      const rule = { id: "civil", domains: ["civil_status"], workingDays: 2, restarts: false, legalBasis };
      const dated = { validFrom: "2026-08-01", validTo: "2026-08-31" };
      await change({ supplementRules: [{ ...rule, ...dated }], reason: "Quy định mới" });
      await devClock(world.current, "2026-08-03T09:00:00+07:00");
      const { code, parts } = await submitted(world.current, MARITAL_STATUS);
      const items = [{ code: "PAPER", text: "Bổ sung giấy tờ", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }];
      expect((await decide(world.current, parts[0].id, { supplement: { items } })).problems).toEqual([]);
      await devClock(world.current, "2026-08-10T09:00:00+07:00");
      const done = await dossierThatIs(world.current, code, isDone);
      const refusal = { code: "SUPPLEMENT_UNANSWERED", legalBasis: legalBasis ?? "Quyết định 163/QĐ-BTP" };
      expect(done).toMatchObject({ outcome: "REFUSED", parts: [{ refusal }] });
    },
  );

  it("an administrator's change of other rules applies the rule of 15:00 to more domains: the vector of New Year's Eve", async () => {
    const cutoffs = { sameDayDomains: ["civil_status"], domains: ["interlinked", "residence"] };
    await change({ cutoffs, reason: "Áp dụng quy tắc 15 giờ" });
    await devClock(world.current, "2026-12-31T15:30:00+07:00");
    await withTerm(RESIDENCE_PAPER, { quantity: 1, unit: "WORKING_DAY" }, async () => {
      expect((await submitted(world.current, RESIDENCE_PAPER)).dueAt).toBe("2027-01-05T23:59:59+07:00");
    });
  });
});

describe("a change of the clock's rules", () => {
  it("a change of the clock's rules reports all its problems with their paths, and changes nothing then", async () => {
    const days = [
      { date: "2026-02-30", kind: "swap_off" },
      { date: "2026-05-13", kind: "make_up_workday" },
      { date: "2026-05-14", kind: "swap_off", office: "00000" },
    ];
    const { change: made, problems } = await change({ days, reason: " " });
    expect(made).toBeNull();
    expect(problems).toEqual([
      { code: "DATE_DOES_NOT_EXIST", path: ["days", "0", "date"] },
      { code: "NOT_A_WEEKEND", path: ["days", "1", "kind"] },
      { code: "COMMUNE_UNKNOWN", path: ["days", "2", "office"] },
      { code: "CHANGE_EMPTY", path: ["reason"] },
    ]);
  });

  it.each([
    ["no weekday", "serviceRules", { weekdays: [], percent: 50 }],
    ["an eighth weekday", "serviceRules", { weekdays: [7], percent: 50 }],
    ["a term of nothing", "serviceRules", { weekdays: [5], percent: 0 }],
    ["a longer term", "serviceRules", { weekdays: [5], percent: 101 }],
    ["no working day to answer", "supplementRules", { workingDays: 0, restarts: false }],
    ["two years to answer", "supplementRules", { workingDays: 500, restarts: false }],
  ])("a rule with %s is a problem at its place, and changes nothing", async (_what, list, values) => {
    const id = `malformed-${aKey()}`;
    const named = list === "serviceRules" ? { name: "Quy tắc", nameEn: "Rule" } : {};
    const rules = [{ id, ...named, validFrom: "2026-01-01", ...values }];
    const { change: made, problems } = await change({ [list]: rules, reason: "Thử" });
    expect([made, problems]).toEqual([null, [{ code: "RULE_MALFORMED", path: [list, "0"] }]]);
    const rows = await world.current.sql("one-stop")`select 1 from clock_rules where key like ${`%${id}`}`;
    expect(rows).toHaveLength(0);
  });

  it("a change of the clock's rules is made once with one key, and another body under the key is a problem", async () => {
    const key = aKey();
    const days = [{ date: "2029-03-07", kind: "swap_off", name: "Nghỉ" }];
    const first = await change({ days, reason: "Một" }, key);
    expect(await change({ days, reason: "Một" }, key)).toEqual(first);
    expect((await change({ days, reason: "Hai" }, key)).problems).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
    const [rows] = await world.current.sql(
      "one-stop",
    )`select count(*)::int as n from clock_rules where key like '%2029-03-07'`;
    expect(rows?.n).toBe(1);
    const { data } = await world.current.ask(
      administrator,
      "{ clockRulesChanges(first: 1) { nodes { id changedBy reason } } }",
    );
    expect(data.clockRulesChanges.nodes).toMatchObject([
      { id: first.change.id, changedBy: "demo:administrator:31471" },
    ]);
  });

  it("a change of the clock's rules sent twice at once with one key is one; of two at once each is recorded with what was before", async () => {
    const days = (name: string) => [{ date: "2029-03-08", kind: "swap_off", name }];
    const key = aKey();
    const [one, same] = await Promise.all([1, 2].map(() => change({ days: days("Một"), reason: "Một" }, key)));
    expect([one?.problems, same]).toEqual([[], one]);
    const both = await Promise.all(["Hai", "Ba"].map((name) => change({ days: days(name), reason: name })));
    const [first, second] = both.toSorted((a, b) => Number(a.change.id) - Number(b.change.id));
    expect(first?.change.rules).toMatchObject([{ before: one?.change.rules[0].after }]);
    expect(second?.change.rules).toMatchObject([{ before: first?.change.rules[0].after }]);
    await change({ days: [{ date: "2029-03-08" }], reason: "Bãi bỏ" });
  });

  it("a change of the clock's rules is an administrator's right alone, and its records never change", async () => {
    const refused = await change({ days: [{ date: "2026-05-13" }], reason: "Không có quyền" }, aKey(), clerk);
    expect(refused.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    await expect(world.current.sql("one-stop")`update clock_rules set value = null`).rejects.toThrow(/append-only/);
  });
});
