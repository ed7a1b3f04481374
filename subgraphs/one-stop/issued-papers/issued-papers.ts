import type { DossierRow, StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { letterOf } from "./letter.ts";

export type IssuedPaperKind =
  | "RECEIPT"
  | "SUPPLEMENT_REQUEST"
  | "REFUSAL"
  | "APOLOGY"
  | "RESULT_LIST"
  | "RESULT"
  | "LETTER";

type Issued = { id: string; kind: IssuedPaperKind; name: string; nameEn: string; href: string; part: StepRow | null };

/** Names by Circular 03/2025/TT-VPCP, appendix I, where it has the form. */
const NAMES: Record<IssuedPaperKind, { name: string; nameEn: string }> = {
  RECEIPT: { name: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", nameEn: "Receipt and appointment" },
  SUPPLEMENT_REQUEST: { name: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", nameEn: "Request for further papers" },
  REFUSAL: { name: "Phiếu từ chối tiếp nhận giải quyết hồ sơ", nameEn: "Refusal" },
  APOLOGY: { name: "Văn bản xin lỗi và hẹn lại ngày trả kết quả", nameEn: "Apology and new date" },
  RESULT_LIST: { name: "Danh mục kết quả giải quyết hồ sơ", nameEn: "List of results" },
  RESULT: { name: "Kết quả giải quyết", nameEn: "Result" },
  LETTER: { name: "Thư của Ủy ban nhân dân", nameEn: "Letter" },
};

/** Papers that exist for a dossier in its present state, in the order of its life. */
export async function issuedPapersOf(dossier: DossierRow, ctx: OneStopContext): Promise<Issued[]> {
  const parts = (await ctx.loaders.stepsByDossier.load(dossier.id)).filter(({ part }) => part);
  const granted = parts.filter(({ state }) => state === "GRANTED");
  const isRefused = dossier.state === "NOT_ACCEPTED" || parts.some(({ state }) => state === "REFUSED");
  const paper = (kind: IssuedPaperKind, part: StepRow | null = null): Issued => {
    const href = hrefOf(dossier.code, kind, part);
    return { id: href, kind, ...NAMES[kind], href, part };
  };
  return [
    paper("RECEIPT"),
    ...(parts.some(({ supplement }) => supplement) ? [paper("SUPPLEMENT_REQUEST")] : []),
    ...(dossier.marks.APOLOGISED ? [paper("APOLOGY")] : []),
    ...(isRefused ? [paper("REFUSAL")] : []),
    ...(dossier.completedAt && granted.length > 0 ? [paper("RESULT_LIST")] : []),
    ...granted.map((part) => paper("RESULT", part)),
    ...((await letterOf(dossier, ctx)) ? [paper("LETTER")] : []),
  ];
}

function hrefOf(code: string, kind: IssuedPaperKind, part: StepRow | null): string {
  const dossier = `/api/dossiers/${encodeURIComponent(code)}`;
  if (part) return `${dossier}/parts/${part.id}/result.pdf`;
  return `${dossier}/papers/${kind.toLowerCase().replaceAll("_", "-")}.pdf`;
}
