import { appointment } from "../days.ts";
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
import { trackingNote } from "./receipt.ts";

type Supplement = { requestedAt: string; dueAt: string | null; items: { description: string }[] };
type AskedPart = HeadPart & { supplement: Supplement | null };

/** Form 02: what the agencies ask for, each with the end of its term. */
export function supplementRequest(dossier: PaperHead<AskedPart>, origin: string): Paper {
  const asked = dossier.parts.flatMap(({ supplement, ...part }) => (supplement ? [{ ...part, supplement }] : []));
  const dates = asked.map(({ supplement }) => supplement.requestedAt).sort();
  return {
    institution: deskOf(dossier),
    form: legalForm("02"),
    issued: { place: dossier.office.commune.name, at: dates.at(-1) ?? "" },
    title: { vi: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", en: "Request for further papers" },
    code: dossier.code,
    qrCodes: qrCodesOf(dossier, origin),
    blocks: [
      { kind: "fields", rows: [...applicantFields(dossier), requestField(dossier)] },
      {
        kind: "paragraph",
        text: {
          vi: "Đề nghị ông (bà) bổ sung, hoàn thiện hồ sơ những nội dung sau:",
          en: "Please complete the dossier as follows:",
        },
      },
      ...asked.flatMap(ofPart),
    ],
    signatures: [
      { role: { vi: "NGƯỜI HƯỚNG DẪN", en: "Officer" }, instruction: { vi: "(Ký và ghi rõ họ tên)" }, name: null },
    ],
    notes: [
      {
        vi: `Nếu có vướng mắc, ông (bà) liên hệ ${dossier.office.name} để được hướng dẫn.`,
        en: "If anything is unclear, the one-stop desk helps.",
      },
      trackingNote(origin),
    ],
  };
}

function ofPart({ agency, procedure, supplement: { dueAt, items } }: HeadPart & { supplement: Supplement }): Block[] {
  const about = procedure ? `${agency.name}, ${procedure.name}` : agency.name;
  return [
    { kind: "list", heading: { vi: about, en: agency.nameEn }, items: items.map(({ description }) => description) },
    {
      kind: "fields",
      rows: [
        {
          label: { vi: "Thời hạn bổ sung", en: "To be answered" },
          value: dueAt === null ? "Không quy định thời hạn" : appointment(dueAt),
          isStrong: true,
        },
      ],
    },
  ];
}
