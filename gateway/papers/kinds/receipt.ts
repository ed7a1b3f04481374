import { termText } from "../../pages/procedures/procedure-page.ts";
import { appointment, shortAppointment, writtenInstant } from "../days.ts";
import type { Block, Line, Paper } from "../paper.ts";
import {
  addressText,
  applicantFields,
  deskOf,
  legalForm,
  type PaperHead,
  qrCodesOf,
  requestField,
} from "./paper-head.ts";

/** A dossier as the document `receipt` selects it. */
type Received = PaperHead & {
  receivedAt: string;
  dueAt: string;
  dueAtExplanation: { rule: string; quantity: number | null; unit: string | null }[];
  feesVnd: number;
  filledBy: { fullName: string } | null;
  handover: {
    method: "ELECTRONIC" | "DESK" | "POST";
    paperCopies: number;
    address: { recipient: string; line: string; commune: { name: string } } | null;
  };
  submittedPapers: { name: string; kind: string | null }[];
  lookedUpPapers: { name: string; agency: { name: string }; state: "FOUND" | "NOT_ANSWERED" }[];
};

const KINDS: Readonly<Record<string, string>> = {
  ORIGINAL: "bản chính",
  CERTIFIED_COPY: "bản sao có chứng thực",
  COPY: "bản sao",
  SCAN: "bản quét, ảnh chụp",
  ELECTRONIC: "bản điện tử",
};

const DONG = new Intl.NumberFormat("vi-VN");

/** Form 01: receipt and appointment. */
export function receipt(dossier: Received, origin: string): Paper {
  const { code, receivedAt, office, applicant, parts } = dossier;
  return {
    institution: deskOf(dossier),
    form: legalForm("01"),
    issued: { place: office.commune.name, at: receivedAt },
    title: { vi: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", en: "Receipt and appointment" },
    code,
    qrCodes: qrCodesOf(dossier, origin),
    blocks: [
      { kind: "fields", rows: [...applicantFields(dossier), ...helper(dossier), requestField(dossier)] },
      papers(dossier),
      { kind: "fields", rows: terms(dossier) },
      ...(parts.length > 1 ? [partsTable(dossier)] : []),
      {
        kind: "fields",
        rows: [{ label: { vi: "Đăng ký nhận kết quả", en: "Results" }, value: handoverText(dossier) }],
      },
    ],
    signatures: [
      {
        role: { vi: "NGƯỜI NỘP HỒ SƠ", en: "Applicant" },
        instruction: { vi: "(Ký và ghi rõ họ tên)" },
        name: applicant?.fullName ?? null,
      },
      {
        role: { vi: "NGƯỜI TIẾP NHẬN HỒ SƠ", en: "Received by" },
        instruction: { vi: "(Ký và ghi rõ họ tên)" },
        name: null,
      },
    ],
    notes: [trackingNote(origin)],
  };
}

export function trackingNote(origin: string): Line {
  return {
    vi: `Tra cứu: quét mã bên trái hoặc mở ${origin}/track; cần mã hồ sơ và 4 số cuối của số điện thoại đã khai.`,
  };
}

function helper({ filledBy }: Received) {
  return filledBy ? [{ label: { vi: "Người khai giúp", en: "Form filled in by" }, value: filledBy.fullName }] : [];
}

/** The form is a part of every dossier. What was looked up need not be handed in, so the citizen sees why it is missing. */
function papers({ submittedPapers, lookedUpPapers }: Received): Block {
  return {
    kind: "list",
    heading: { vi: "Thành phần hồ sơ nộp gồm", en: "Papers of the dossier" },
    items: [
      "Tờ khai (dữ liệu điện tử)",
      ...submittedPapers.map(({ name, kind }) => (kind === null ? name : `${name} (${KINDS[kind] ?? kind})`)),
      ...lookedUpPapers.map(({ name, agency, state }) =>
        state === "FOUND"
          ? `${name} (đã tra cứu tại ${agency.name}, không phải nộp)`
          : `${name} (đang tra cứu tại ${agency.name})`,
      ),
    ],
  };
}

function terms({ feesVnd, receivedAt, dueAt, dueAtExplanation }: Received) {
  const term = dueAtExplanation.findLast(({ rule }) => rule === "TERM" || rule === "SERVICE_RULE");
  const isMoved = dueAtExplanation.some(({ rule }) => rule === "EXTENDED" || rule === "SUSPENDED");
  const moved = isMoved ? "; đã tính thời gian tạm dừng, gia hạn" : "";
  return [
    { label: { vi: "Số lượng hồ sơ", en: "Number of sets" }, value: "01 bộ" },
    {
      label: { vi: "Phí, lệ phí", en: "Fees" },
      value: feesVnd === 0 ? "Không thu" : `${DONG.format(feesVnd)} đồng`,
    },
    ...(term ? [{ label: { vi: "Thời hạn theo quy định", en: "Term" }, value: termText(term, "vi") }] : []),
    { label: { vi: "Thời gian nhận hồ sơ", en: "Received at" }, value: writtenInstant(receivedAt) },
    {
      label: { vi: "Thời gian trả kết quả", en: "Results due" },
      value: `${appointment(dueAt)}${moved}`,
      isStrong: true,
    },
  ];
}

function partsTable({ parts }: Received): Block {
  return {
    kind: "table",
    columns: [
      { title: { vi: "Phần việc", en: "Part" }, share: 0.46 },
      { title: { vi: "Cơ quan giải quyết", en: "Agency" }, share: 0.32 },
      { title: { vi: "Hẹn trả", en: "Due" }, share: 0.22 },
    ],
    rows: parts.map(({ procedure, agency, dueAt }) => [
      procedure?.name ?? "",
      agency.name,
      dueAt === null ? "" : shortAppointment(dueAt),
    ]),
  };
}

function handoverText({ handover: { method, paperCopies, address }, office }: Received): string {
  const copies = paperCopies > 0 ? `; ${paperCopies} bản giấy` : "";
  if (method === "POST" && address) return `Qua bưu chính: ${address.recipient}, ${addressText(address)}${copies}`;
  return `${method === "ELECTRONIC" ? "Bản điện tử" : `Tại ${office.name}`}${copies}`;
}
