import { type LegalDay, legalDayOf, toVietnamTime } from "../../_shared/reference/days.ts";
import { writtenDay } from "../../_shared/reference/written-day.ts";
import { type DayStatus, weekdayOf } from "./calendar.ts";
import type { DueStep } from "./due-steps.ts";
import type { Term, TermUnit } from "./terms.ts";

/** A line of an explanation as clients see it: the day, instant and amount that it is about, where it is about one. */
export type DueLine = {
  rule: DueStep["rule"];
  day: LegalDay | null;
  at: Date | null;
  quantity: number | null;
  unit: TermUnit | null;
  text: string;
  textEn: string;
};

type Texts = [vietnamese: string, english: string];

/** Units in the singular. */
const UNITS: Record<TermUnit, Texts> = {
  WORKING_DAY_SAME: ["ngay trong ngày làm việc", "the working day of receipt"],
  WORKING_DAY: ["ngày làm việc", "working day"],
  DAY: ["ngày", "calendar day"],
  HOUR: ["giờ làm việc", "working hour"],
  MONTH: ["tháng", "month"],
  YEAR: ["năm", "year"],
};
const REASONS = {
  CITIZEN: ["chờ người nộp bổ sung hồ sơ", "the citizen's supplement is awaited"],
  PAYMENT: ["chờ nộp phí, lệ phí", "a payment is awaited"],
  CERTIFICATE: [
    "chờ người nộp xác nhận dự thảo giấy khai sinh",
    "the applicant's confirmation of the draft certificate is awaited",
  ],
  VERIFICATION: ["cần xác minh", "verification is needed"],
  OFFICER: ["theo quyết định gia hạn", "by decision of the officer"],
  APOLOGY: ["theo thư xin lỗi và hẹn lại ngày trả kết quả", "by the apology with a new date"],
} satisfies Record<string, Texts>;
const WEEKDAYS: Texts[] = [
  ["Chủ nhật", "Sunday"],
  ["thứ Hai", "Monday"],
  ["thứ Ba", "Tuesday"],
  ["thứ Tư", "Wednesday"],
  ["thứ Năm", "Thursday"],
  ["thứ Sáu", "Friday"],
  ["thứ Bảy", "Saturday"],
];

/** Lines of an explanation, in Vietnamese and English. */
export function describeSteps(steps: readonly DueStep[]): DueLine[] {
  return steps.map((step) => {
    const [text, textEn] = step.rule === "RECEIPT_DAY" ? receiptTexts(step.day, steps) : textsOf(step);
    return { rule: step.rule, day: dayOf(step), at: "at" in step ? step.at : null, ...amountOf(step), text, textEn };
  });
}

function amountOf(step: DueStep): Pick<DueLine, "quantity" | "unit"> {
  if ("term" in step) return step.term;
  if (step.rule === "EXTENDED") return { quantity: step.by, unit: "WORKING_DAY" };
  return { quantity: step.rule === "HOURS_COUNTED" ? step.minutes : null, unit: null };
}

function dayOf(step: DueStep): LegalDay | null {
  if ("day" in step) return step.day;
  return "at" in step ? legalDayOf(step.at) : null;
}

/** Article 147 excludes the day of receipt from terms of days; a same-day term and a term of hours begin on it. */
function receiptTexts(day: LegalDay, steps: readonly DueStep[]): Texts {
  const [vi, en] = [`Ngày tiếp nhận là ${dayVi(day)}`, `The day of receipt is ${dayEn(day)}`];
  const unit = steps.findLast((step) => step.rule === "TERM" || step.rule === "SERVICE_RULE")?.term.unit;
  const isExtended = steps.some(({ rule }) => rule === "EXTENDED");
  if (unit === "HOUR" || (unit === "WORKING_DAY_SAME" && !isExtended)) return [`${vi}.`, `${en}.`];
  return [
    `${vi}; ngày này không tính vào thời hạn (Bộ luật Dân sự 2015, Điều 147).`,
    `${en}; it is not counted (Civil Code 2015, art. 147).`,
  ];
}

function textsOf(step: Exclude<DueStep, { rule: "RECEIPT_DAY" }>): Texts {
  switch (step.rule) {
    case "RECEIVED":
      return [`Hồ sơ được nộp lúc ${timeVi(step.at)}.`, `The dossier came in at ${timeEn(step.at)}.`];
    case "RELEASED":
      return [`Phần việc bắt đầu lúc ${timeVi(step.at)}.`, `The part began at ${timeEn(step.at)}.`];
    case "PLANNED":
      return [
        `Phần việc dự kiến bắt đầu khi phần việc trước xong, chậm nhất ${timeVi(step.at)}.`,
        `The part is planned to begin when the one before it ends, at the latest at ${timeEn(step.at)}.`,
      ];
    case "ASSUMED_ANSWER":
      return [
        `Thời hạn đang tạm dừng (${REASONS[step.reason][0]}); ngày hẹn tạm tính theo giả định người nộp hoàn thành lúc ${timeVi(step.at)}.`,
        `The clock stands still (${REASONS[step.reason][1]}); the date assumes that this ends at ${timeEn(step.at)}.`,
      ];
    case "AFTER_CUTOFF":
      return cutoffTexts(step);
    case "TERM":
      return termTexts(step.term);
    case "SERVICE_RULE":
      return [
        `Áp dụng "${step.service.name}": thời hạn còn ${amount(step.term, 0)}.`,
        `"${step.service.nameEn}" applies: the term is ${amount(step.term, 1)}.`,
      ];
    case "EXTENDED":
      return [
        `Thời hạn được cộng thêm ${step.by} ngày làm việc: ${REASONS[step.reason][0]}.`,
        `The term is longer by ${several(step.by, "working day")}: ${REASONS[step.reason][1]}.`,
      ];
    case "RESTARTED":
      return [
        `Thời hạn được tính lại từ đầu từ ${timeVi(step.at)}, sau thời gian ${REASONS[step.reason][0]}.`,
        `The term begins anew at ${timeEn(step.at)}, after the time in which ${REASONS[step.reason][1]}.`,
      ];
    case "STILL_SUSPENDED":
      return [
        `Thời hạn đang tạm dừng: ${REASONS[step.reason][0]}.`,
        `The clock stands still: ${REASONS[step.reason][1]}.`,
      ];
    case "DUE":
      return [`Hạn trả kết quả: ${timeVi(step.at)}.`, `Due at ${timeEn(step.at)}.`];
    default:
      return dayTexts(step);
  }
}

type DayStep = Extract<
  DueStep,
  { rule: "COUNTED" | "SUSPENDED" | "DAY_OFF" | "MONTHS_LATER" | "HOURS_COUNTED" | "ROLLED" }
>;

function dayTexts(step: DayStep): Texts {
  const [vi, en] = [dayVi(step.day), dayEn(step.day)];
  switch (step.rule) {
    case "COUNTED": {
      const [noteVi, noteEn] = makeUpNote(step.status);
      return [`Ngày thứ ${step.ordinal}: ${vi}${noteVi}.`, `Day ${step.ordinal}: ${en}${noteEn}.`];
    }
    case "SUSPENDED":
      return [`Không tính ${vi}: ${REASONS[step.reason][0]}.`, `${en} is not counted: ${REASONS[step.reason][1]}.`];
    case "DAY_OFF": {
      const [whyVi, whyEn] = dayOffTexts(step.status);
      return [`Không tính ${vi}: ${whyVi}.`, `${en} is not counted: ${whyEn}.`];
    }
    case "MONTHS_LATER":
      return [
        `${step.months} tháng sau ngày tiếp nhận là ${vi}.`,
        `${several(step.months, "month")} after receipt is ${en}.`,
      ];
    case "HOURS_COUNTED":
      return [
        `${step.minutes} phút làm việc, từ ${step.from} đến ${step.to} ${vi}.`,
        `${several(step.minutes, "working minute")}, ${step.from} to ${step.to} on ${en}.`,
      ];
    case "ROLLED":
      return [
        `Ngày cuối là ngày nghỉ nên chuyển sang ${vi} (Bộ luật Dân sự 2015, Điều 148).`,
        `The last day is a day off, so the term goes on to ${en} (Civil Code 2015, art. 148).`,
      ];
  }
}

function cutoffTexts({ at, cutoff }: Extract<DueStep, { rule: "AFTER_CUTOFF" }>): Texts {
  const time = toVietnamTime(at).slice(11, 16);
  if (cutoff.rule === "FIFTEEN_HOURS")
    return [
      `Hồ sơ đến lúc ${time}, từ ${cutoff.time} trở đi nên được tính là nhận vào ngày làm việc tiếp theo (Nghị định 63/2024/NĐ-CP).`,
      `It came at ${time}, not before ${cutoff.time}, so it counts as received on the next working day (Decree 63/2024/NĐ-CP).`,
    ];
  return [
    `Hồ sơ đến lúc ${time}, sau giờ làm việc (${cutoff.time}) nên được tính là nhận vào ngày làm việc tiếp theo.`,
    `It came at ${time}, after office hours (${cutoff.time}), so it counts as received on the next working day.`,
  ];
}

function termTexts(term: Term): Texts {
  return [`Thời hạn giải quyết: ${amount(term, 0)}.`, `The term is ${amount(term, 1)}.`];
}

function amount({ quantity, unit }: Term, language: 0 | 1): string {
  const [vi, en] = UNITS[unit];
  if (unit === "WORKING_DAY_SAME") return UNITS[unit][language];
  return language === 0 ? `${quantity} ${vi}` : several(quantity, en);
}

function several(quantity: number, unit: string): string {
  return quantity === 1 ? `1 ${unit}` : `${quantity} ${unit}s`;
}

function dayOffTexts(status: DayStatus): Texts {
  return status.why === "HOLIDAY"
    ? [`ngày nghỉ (${status.name})`, `day off (${status.name})`]
    : ["ngày nghỉ cuối tuần", "weekend"];
}

function makeUpNote(status: DayStatus): Texts {
  return status.why === "MAKE_UP_SATURDAY"
    ? [` (ngày làm việc bù: ${status.name})`, ` (working day made up: ${status.name})`]
    : ["", ""];
}

function dayVi(day: LegalDay): string {
  return `${WEEKDAYS[weekdayOf(day)]?.[0]}, ${writtenDay(day)}`;
}

function dayEn(day: LegalDay): string {
  return `${WEEKDAYS[weekdayOf(day)]?.[1]} ${day}`;
}

function timeVi(at: Date): string {
  return `${toVietnamTime(at).slice(11, 16)} ${dayVi(legalDayOf(at))}`;
}

function timeEn(at: Date): string {
  return `${toVietnamTime(at).slice(11, 16)} on ${dayEn(legalDayOf(at))}`;
}
