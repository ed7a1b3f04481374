import { dayText } from "../../pages/instants.ts";
import type { Field, Line, Paper } from "../paper.ts";
import { type BirthRegistration, birthRows } from "./birth-result.ts";
import { cardRows, type HealthInsuranceCard } from "./card-result.ts";
import { type HeadPart, type PaperHead, qrCodesOf } from "./paper-head.ts";
import { type Residency, residencyRows } from "./residency-result.ts";

type Entry = BirthRegistration | Residency | HealthInsuranceCard;
type GrantedPart = HeadPart & {
  completedAt: string | null;
  decidedBy: { name: string } | null;
  procedure: { code: string; name: string; results: { name: string }[]; legalBasis: string[] } | null;
  result: Entry | null;
};

/** Result of one granted part: its register entry, or what was decided where the graph has no entry. */
export function result(dossier: PaperHead<GrantedPart>, origin: string, id: string | null): Paper {
  const part = dossier.parts.find((each) => each.id === id);
  if (!part?.completedAt) throw new Error("A granted part has a time of its decision");
  const { agency, procedure, result: entry, completedAt } = part;
  const rows = [...(entry ? entryRows(entry) : generalRows(dossier, part)), ...decision(part)];
  const isOfCommune = entry?.__typename === "BirthRegistration";
  return {
    institution: {
      above: isOfCommune ? `Ủy ban nhân dân ${dossier.office.commune.name}` : null,
      name: agency.name,
    },
    form: null,
    issued: { place: null, at: completedAt },
    title: entry
      ? TITLES[entry.__typename]
      : { vi: "Kết quả giải quyết thủ tục hành chính", en: "Result of a procedure" },
    code: dossier.code,
    qrCodes: qrCodesOf(dossier, origin, procedure),
    blocks: [{ kind: "fields", rows: rows.filter(({ value }) => value !== null) }],
    signatures: [],
    notes: [
      {
        vi: `Bản in từ hệ thống theo dữ liệu của ${agency.name}; không thay thế bản chính có chữ ký và con dấu, hoặc bản điện tử có chữ ký số.`,
        en: "Printout of the agency's data. It does not replace the signed original.",
      },
    ],
  };
}

const TITLES: Record<Entry["__typename"], Line> = {
  BirthRegistration: { vi: "Thông tin đăng ký khai sinh", en: "Registration of a birth" },
  Residency: { vi: "Thông báo kết quả đăng ký thường trú", en: "Registration of permanent residence" },
  HealthInsuranceCard: { vi: "Thông tin thẻ bảo hiểm y tế", en: "Health-insurance card" },
};

function entryRows(entry: Entry): Field[] {
  switch (entry.__typename) {
    case "BirthRegistration":
      return birthRows(entry);
    case "Residency":
      return residencyRows(entry);
    case "HealthInsuranceCard":
      return cardRows(entry);
  }
}

function generalRows({ applicant, subject }: PaperHead, { procedure }: GrantedPart): Field[] {
  const results = procedure?.results ?? [];
  return [
    { label: { vi: "Người nộp hồ sơ", en: "Applicant" }, value: applicant?.fullName ?? null, isStrong: true },
    ...(subject && subject.fullName !== applicant?.fullName
      ? [{ label: { vi: "Người được giải quyết", en: "Person concerned" }, value: subject.fullName }]
      : []),
    ...(results.length > 0
      ? [{ label: { vi: "Kết quả", en: "Result" }, value: results.map(({ name }) => name).join("; ") }]
      : []),
  ];
}

function decision({ procedure, agency, completedAt, decidedBy }: GrantedPart): Field[] {
  const basis = procedure?.legalBasis ?? [];
  return [
    {
      label: { vi: "Thủ tục hành chính", en: "Procedure" },
      value: procedure ? `${procedure.name} (mã thủ tục ${procedure.code})` : null,
    },
    { label: { vi: "Quyết định", en: "Decision" }, value: "Đồng ý giải quyết" },
    ...(basis.length > 0 ? [{ label: { vi: "Căn cứ", en: "Legal basis" }, value: basis.join("; ") }] : []),
    { label: { vi: "Cơ quan giải quyết", en: "Agency" }, value: agency.name },
    ...(decidedBy ? [{ label: { vi: "Cán bộ giải quyết", en: "Officer" }, value: decidedBy.name }] : []),
    { label: { vi: "Ngày giải quyết", en: "Decided on" }, value: completedAt && dayText(completedAt, "vi") },
  ];
}
