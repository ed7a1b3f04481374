import { legalDayOf } from "../../_shared/reference/days.ts";
import { writtenDay } from "../../_shared/reference/written-day.ts";
import type { LiveDossier } from "./dossier.ts";
import type { SagaEvent } from "./state.ts";

/** Vietnamese note of a deadline in the history. */
export function deadlineNote(
  { mark, workingDays }: Extract<SagaEvent, { kind: "TIME_CAME" }>,
  { dueAt }: Pick<LiveDossier, "dueAt">,
): string {
  const day = writtenDay(legalDayOf(dueAt));
  switch (mark) {
    case "REMINDED":
      return `Nhắc việc: hồ sơ phải trả kết quả vào ngày ${day}`;
    case "SUPPLEMENT_REMINDED":
      return "Nhắc người nộp: sắp hết thời hạn bổ sung hồ sơ";
    case "APOLOGISED":
      return `Thư xin lỗi: hồ sơ không kịp trả vào ngày ${day}, hẹn lại sau ${workingDays} ngày làm việc`;
    case "OVERDUE":
      return `Quá hạn: hồ sơ phải trả kết quả vào ngày ${day}`;
  }
}
