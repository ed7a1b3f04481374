import { commune } from "../../_shared/reference/communes.ts";
import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { fault } from "../../_shared/reference/identifiers/parsed.ts";
import type { Problems } from "../acceptance/problems.ts";
import { weekdayOf } from "../clock/calendar.ts";
import type { CalendarDayInput, ClockRulesInput, ServiceRuleInput, SupplementRuleInput } from "./input.ts";
import { dayKey, keyOf, type RuleEntry } from "./rule-entries.ts";

/** A new value of a key, or null where its rule ends. */
export type RuleChange = { key: string; value: RuleEntry | null };

const NO_DAY = "1900-01-01" as LegalDay; // stands in for an unreadable day; such a change is never made
const MOST_WORKING_DAYS = 365;

const emptyChange = () =>
  fault("CHANGE_EMPTY", "Thay đổi phải có nội dung và lý do", "A change needs something to change and a reason");
const notAWeekend = () =>
  fault("NOT_A_WEEKEND", "Ngày làm bù phải là ngày nghỉ cuối tuần", "A day that makes up for another is on a weekend");
const unknownOffice = () =>
  fault("COMMUNE_UNKNOWN", "Không có đơn vị hành chính cấp xã với mã này", "No commune has this code");
const badRule = () =>
  fault(
    "RULE_MALFORMED",
    "Quy tắc phải có thứ trong tuần từ 0 đến 6, tỷ lệ từ 1 đến 100 và số ngày hợp lệ",
    "A rule has weekdays from 0 to 6, a percentage from 1 to 100 and a valid number of days",
  );

/** The rules that a change sets or ends. Its problems are all reported at once. */
export function readChange(input: ClockRulesInput, problems: Problems): RuleChange[] {
  const changes = [
    ...input.days.map((day, at) => readDay(day, ["days", String(at)], problems)),
    ...input.serviceRules.map((rule, at) => set(readService(rule, ["serviceRules", String(at)], problems))),
    ...input.supplementRules.map((rule, at) => set(readSupplement(rule, ["supplementRules", String(at)], problems))),
    ...(input.cutoffs ? [set({ kind: "CUTOFF", rules: { ...input.cutoffs } })] : []),
    ...input.endedServiceRules.map((id) => ({ key: `SERVICE ${id}`, value: null })),
  ];
  if (changes.length === 0 || input.reason.trim() === "") problems.add(["reason"], emptyChange());
  return changes;
}

function set(value: RuleEntry): RuleChange {
  return { key: keyOf(value), value };
}

function readDay(
  { agency, province, office, ...input }: CalendarDayInput,
  path: string[],
  problems: Problems,
): RuleChange {
  const date = problems.take([...path, "date"], parseLegalDay(input.date), NO_DAY);
  const scope = { agency: agency ?? null, province: province ?? null, office: office ?? null };
  if (office && !commune(office)) problems.add([...path, "office"], unknownOffice());
  const { kind } = input;
  if (!kind) return { key: dayKey(scope, date), value: null };
  const isWeekend = weekdayOf(date) === 0 || weekdayOf(date) === 6;
  if (kind === "make_up_workday" && !isWeekend) problems.add([...path, "kind"], notAWeekend());
  return set({ kind: "DAY", scope, day: { date, kind, name: input.name?.trim() || "Theo quyết định" } });
}

function readService(input: ServiceRuleInput, path: string[], problems: Problems): RuleEntry {
  const { id, name, nameEn, weekdays, percent } = input;
  const isWeekday = (day: number) => Number.isInteger(day) && day >= 0 && day <= 6;
  const isPercent = percent == null || (percent >= 1 && percent <= 100);
  if (weekdays.length === 0 || !weekdays.every(isWeekday) || !isPercent) problems.add(path, badRule());
  const lists = {
    domains: input.domains ?? null,
    procedures: input.procedures ?? null,
    offices: input.offices ?? null,
  };
  const effect = percent == null ? ({ kind: "SAME_DAY" } as const) : ({ kind: "PERCENT", percent } as const);
  return {
    kind: "SERVICE",
    rule: { id, name, nameEn, weekdays, ...readPeriod(input, path, problems), ...lists, effect },
  };
}

function readSupplement(input: SupplementRuleInput, path: string[], problems: Problems): RuleEntry {
  const { id, domains, workingDays, restarts } = input;
  const legalBasis = input.legalBasis?.trim();
  const isTerm = workingDays == null || (workingDays >= 1 && workingDays <= MOST_WORKING_DAYS);
  if (!isTerm) problems.add(path, badRule());
  const term = workingDays == null ? null : ({ quantity: workingDays, unit: "WORKING_DAY" } as const);
  const after = restarts ? "RESTART" : "RESUME";
  return {
    kind: "SUPPLEMENT",
    rule: {
      ...{ id, domains: domains ?? null, term, after, ...readPeriod(input, path, problems) },
      ...(legalBasis && { legalBasis }),
    },
  };
}

function readPeriod(
  { validFrom, validTo }: { validFrom: string; validTo?: string | null },
  path: string[],
  problems: Problems,
): { validFrom: LegalDay; validTo: LegalDay | null } {
  return {
    validFrom: problems.take([...path, "validFrom"], parseLegalDay(validFrom), NO_DAY),
    validTo: validTo ? problems.take([...path, "validTo"], parseLegalDay(validTo), null) : null,
  };
}
