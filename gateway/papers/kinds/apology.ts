import { appointment, formalDay } from "../days.ts";
import type { Paper } from "../paper.ts";
import { applicantFields, deskOf, legalForm, type PaperHead, qrCodesOf, requestField } from "./paper-head.ts";

type Delayed = PaperHead & { receivedAt: string; dueAt: string; apology: { at: string; promisedFor: string } | null };

/** Form 04: apology and new date. */
export function apology(dossier: Delayed, origin: string): Paper {
  const { code, office, receivedAt, dueAt } = dossier;
  const { at, promisedFor } = dossier.apology ?? { at: receivedAt, promisedFor: dueAt };
  return {
    institution: deskOf(dossier),
    form: legalForm("04"),
    issued: { place: office.commune.name, at },
    title: { vi: "Văn bản xin lỗi và hẹn lại ngày trả kết quả", en: "Apology and new date" },
    code,
    qrCodes: qrCodesOf(dossier, origin),
    blocks: [
      { kind: "fields", rows: [...applicantFields(dossier), requestField(dossier)] },
      {
        kind: "paragraph",
        text: {
          vi: `${office.name} đã tiếp nhận hồ sơ của ông (bà) vào ${formalDay(receivedAt)} và hẹn trả kết quả ${appointment(promisedFor)}. Hồ sơ chưa thể giải quyết xong đúng thời hạn đã hẹn vì cơ quan giải quyết cần thêm thời gian.`,
          en: "Your dossier cannot be decided by the date that was promised, because the agency needs more time.",
        },
      },
      {
        kind: "paragraph",
        text: {
          vi: "Chúng tôi chân thành xin lỗi ông (bà) về sự chậm trễ này và hẹn lại thời gian trả kết quả như sau:",
          en: "We apologise for the delay. The new date is:",
        },
      },
      {
        kind: "fields",
        rows: [
          { label: { vi: "Thời gian đã hẹn", en: "Promised for" }, value: appointment(promisedFor) },
          { label: { vi: "Thời gian hẹn lại", en: "New date" }, value: appointment(dueAt), isStrong: true },
        ],
      },
      { kind: "paragraph", text: { vi: "Mong nhận được sự thông cảm của ông (bà)." } },
    ],
    signatures: [
      {
        role: { vi: "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", en: "Head of the office" },
        instruction: { vi: "(Ký, ghi rõ họ tên và đóng dấu)" },
        name: null,
      },
    ],
    notes: [],
  };
}
