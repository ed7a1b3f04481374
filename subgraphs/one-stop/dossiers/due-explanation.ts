import { legalDayOf, toVietnamTime } from "../../_shared/reference/days.ts";
import { receiptDay } from "../clock/working-days.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import type { DossierRow } from "./types.ts";

/** One rule that made a due date. */
export type DueRule = { rule: string; text: string; textEn: string };

/** Rules that made the due date of a dossier, in the order in which they apply. */
export function dueRules(definition: DossierDefinition, dossier: DossierRow): DueRule[] {
  const { receivedAt, dueAt, suspendedAt } = dossier;
  const received = toVietnamTime(receivedAt).slice(0, 16).replace("T", " ");
  const counted = receiptDay(receivedAt);
  const rules: DueRule[] = [{ rule: "RECEIVED", text: `Tiếp nhận lúc ${received}`, textEn: `Received at ${received}` }];
  if (counted !== legalDayOf(receivedAt)) {
    rules.push({
      rule: "RECEIPT_DAY",
      text: `Tiếp nhận sau 15 giờ hoặc vào ngày nghỉ: tính là ngày làm việc tiếp theo, ${counted}`,
      textEn: `Received after 15:00 or on a day off: counted as the next working day, ${counted}`,
    });
  }
  rules.push(termRule(definition));
  if (suspendedAt) {
    const since = legalDayOf(suspendedAt);
    rules.push({
      rule: "SUSPENDED",
      text: `Tạm dừng tính thời hạn từ ngày ${since} để chờ công dân bổ sung`,
      textEn: `The clock is suspended since ${since}, while the citizen is awaited`,
    });
  }
  const due = legalDayOf(dueAt);
  rules.push({ rule: "DUE", text: `Hạn trả kết quả: hết ngày ${due}`, textEn: `Due at the end of ${due}` });
  return rules;
}

function termRule({ groupWorkingDays, steps }: DossierDefinition): DueRule {
  const [step] = steps;
  const days = groupWorkingDays?.plain ?? (step && "days" in step.term ? step.term.days : 0);
  if (days === 0) return { rule: "TERM", text: "Giải quyết trong ngày", textEn: "Decided on the same day" };
  const isCalendar = !groupWorkingDays && step?.term.kind === "CALENDAR_DAYS";
  return {
    rule: "TERM",
    text: `Thời hạn ${days} ${isCalendar ? "ngày" : "ngày làm việc"}, không tính ngày tiếp nhận`,
    textEn: `Term of ${days} ${isCalendar ? "days" : "working days"}, the day of receipt excluded`,
  };
}
