import { dayText } from "../../pages/instants.ts";
import { writtenInstant } from "../days.ts";
import type { Paper } from "../paper.ts";
import {
  applicantFields,
  deskOf,
  type HeadPart,
  type PaperHead,
  type Procedure,
  qrCodesOf,
  requestField,
} from "./paper-head.ts";

type Method = "ELECTRONIC" | "DESK" | "POST";
type DecidedPart = HeadPart & {
  state: string;
  completedAt: string | null;
  procedure: (Procedure & { results: { name: string }[] }) | null;
};
type Completed = PaperHead<DecidedPart> & {
  completedAt: string;
  handover: { method: Method };
  handedOver: { at: string; method: Method; receivedBy: string | null } | null;
};

const METHODS: Record<Method, string> = {
  ELECTRONIC: "Bản điện tử",
  DESK: "Trực tiếp tại Bộ phận Một cửa",
  POST: "Qua dịch vụ bưu chính",
};
const OUTCOMES: Readonly<Record<string, string>> = {
  GRANTED: "Đã giải quyết",
  REFUSED: "Từ chối",
  CANCELLED: "Đã hủy",
  NOT_APPLICABLE: "Không giải quyết vì phần việc trước bị từ chối",
};

/** List of the results of a completed dossier, to be signed at their handover. */
export function resultList(dossier: Completed, origin: string): Paper {
  const { code, office, completedAt, parts, handover, handedOver } = dossier;
  return {
    institution: deskOf(dossier),
    form: null,
    issued: { place: office.commune.name, at: handedOver?.at ?? completedAt },
    title: { vi: "Danh mục kết quả giải quyết hồ sơ", en: "List of results" },
    code,
    qrCodes: qrCodesOf(dossier, origin),
    blocks: [
      { kind: "fields", rows: [...applicantFields(dossier), requestField(dossier)] },
      {
        kind: "table",
        columns: [
          { title: { vi: "Số TT", en: "No." }, share: 0.09 },
          { title: { vi: "Phần việc", en: "Part" }, share: 0.31 },
          { title: { vi: "Kết quả", en: "Result" }, share: 0.38 },
          { title: { vi: "Ngày quyết định", en: "Decided" }, share: 0.22 },
        ],
        rows: parts.map((part, place) => [
          String(place + 1),
          part.procedure?.name ?? "",
          resultText(part),
          part.completedAt === null ? "" : dayText(part.completedAt, "vi"),
        ]),
      },
      {
        kind: "fields",
        rows: [
          {
            label: { vi: "Hình thức trả kết quả", en: "Handover" },
            value: METHODS[(handedOver ?? handover).method],
          },
          { label: { vi: "Thời gian trả", en: "Handed over at" }, value: handedOver && writtenInstant(handedOver.at) },
          { label: { vi: "Người nhận kết quả", en: "Received by" }, value: handedOver?.receivedBy ?? null },
        ],
      },
    ],
    signatures: [
      {
        role: { vi: "NGƯỜI NHẬN KẾT QUẢ", en: "Received by" },
        instruction: { vi: "(Ký và ghi rõ họ tên)" },
        name: handedOver?.receivedBy ?? null,
      },
      {
        role: { vi: "NGƯỜI TRẢ KẾT QUẢ", en: "Handed over by" },
        instruction: { vi: "(Ký và ghi rõ họ tên)" },
        name: null,
      },
    ],
    notes: [],
  };
}

function resultText({ state, procedure }: DecidedPart): string {
  const outcome = OUTCOMES[state] ?? "Đang giải quyết";
  const names = state === "GRANTED" ? (procedure?.results ?? []).map(({ name }) => name) : [];
  return names.length > 0 ? `${outcome}: ${names.join("; ")}` : outcome;
}
