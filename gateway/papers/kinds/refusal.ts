import type { Block, Paper } from "../paper.ts";
import {
  applicantFields,
  deskOf,
  type HeadPart,
  legalForm,
  type PaperHead,
  qrCodesOf,
  requestField,
} from "./paper-head.ts";

type Refusal = { message: string; messageEn: string; legalBasis: string };
type DecidedPart = HeadPart & { completedAt: string | null; refusal: Refusal | null };
type Refused = PaperHead<DecidedPart> & { state: string; updatedAt: string };

/** Form 03: every refused part with reason and legal basis. */
export function refusal(dossier: Refused, origin: string): Paper {
  const { code, office, state, updatedAt, parts } = dossier;
  const refused = parts.filter((part) => part.refusal !== null);
  const decided = refused.flatMap(({ completedAt }) => completedAt ?? []).sort();
  return {
    institution: deskOf(dossier),
    form: legalForm("03"),
    issued: { place: office.commune.name, at: decided.at(-1) ?? updatedAt },
    title: { vi: "Phiếu từ chối tiếp nhận giải quyết hồ sơ", en: "Refusal" },
    code,
    qrCodes: qrCodesOf(dossier, origin),
    blocks: [
      { kind: "fields", rows: [...applicantFields(dossier), requestField(dossier)] },
      {
        kind: "paragraph",
        text: {
          vi: "Qua xem xét, cơ quan thông báo không tiếp nhận, giải quyết nội dung dưới đây với lý do cụ thể như sau:",
          en: "The following is refused, for the reason stated:",
        },
      },
      ...refused.flatMap(ofPart),
      ...(state === "NOT_ACCEPTED" ? [notPaid] : []),
      {
        kind: "paragraph",
        text: {
          vi: "Xin thông báo để ông (bà) được biết. Sau khi khắc phục, ông (bà) có thể nộp lại nội dung bị từ chối tại Bộ phận Một cửa.",
          en: "When the reason is remedied, the refused part may be submitted again at the one-stop desk.",
        },
      },
    ],
    signatures: [
      { role: { vi: "NGƯỜI NỘP HỒ SƠ", en: "Applicant" }, instruction: { vi: "(Ký và ghi rõ họ tên)" }, name: null },
      {
        role: { vi: "NGƯỜI TIẾP NHẬN HỒ SƠ", en: "Officer" },
        instruction: { vi: "(Ký và ghi rõ họ tên)" },
        name: null,
      },
    ],
    notes: [],
  };
}

function ofPart({ agency, procedure, refusal: found }: DecidedPart): Block[] {
  if (!found) return [];
  const { message, messageEn, legalBasis } = found;
  return [
    {
      kind: "fields",
      rows: [
        { label: { vi: "Nội dung", en: "Part" }, value: procedure?.name ?? null },
        { label: { vi: "Cơ quan giải quyết", en: "Agency" }, value: agency.name },
        { label: { vi: "Lý do", en: "Reason" }, value: message, isStrong: true },
        // words of an officer are not translated
        ...(messageEn === message ? [] : [{ label: { vi: "Lý do (tiếng Anh)" }, value: messageEn }]),
        { label: { vi: "Căn cứ pháp lý", en: "Legal basis" }, value: legalBasis },
      ],
    },
  ];
}

/** A dossier is not accepted only because its fee was not paid in time. */
const notPaid: Block = {
  kind: "fields",
  rows: [
    {
      label: { vi: "Lý do", en: "Reason" },
      value: "Phí, lệ phí chưa được nộp trong thời hạn nên hồ sơ không được tiếp nhận",
      isStrong: true,
    },
  ],
};
