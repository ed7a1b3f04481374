import { officeName } from "../../_shared/reference/offices.ts";
import { officers } from "../../_shared/rights/permissions.ts";
import { subgraphs } from "../../agency-registry.ts";
import { procedureAt } from "../procedures/catalogue.ts";
import type { DossierState } from "../saga/state.ts";
import type { DossierFacts } from "./dossier-facts.ts";
import type { Block, PortalTables } from "./dossier-snapshot.ts";
import { mapped } from "./mappings.ts";
import { portalTime } from "./portal-time.ts";
import type { ProgressStep } from "./progress-steps.ts";

/** Beginning of the text of a step that takes a status back; its reason follows. */
const CORRECTION = "Đính chính trạng thái";

/** Data of `CapNhatTienDoHoSoMC`. @param correction reason for which the status goes back. @throws MappingMissing */
export function progressBlock(
  facts: DossierFacts,
  step: ProgressStep,
  { mappings }: PortalTables,
  correction: string | null,
): Block {
  const office = officeName(facts.office);
  const actor = actorOf(step.actor);
  const text = stepText(facts, step);
  return {
    MaHoSo: facts.code,
    NguoiXuLy: actor?.name ?? office,
    ChucDanh: actor?.title ?? "Cán bộ tiếp nhận và trả kết quả",
    ThoiDiemXuLy: step.at,
    PhongBanXuLy: actor?.name ?? office,
    NoiDungXuLy: correction === null ? text : `${CORRECTION}: ${correction}. ${text}`,
    TrangThai: mapped(mappings, "statuses", step.dossierState),
    NgayBatDau: step.since,
    NgayKetThucTheoQuyDinh: portalTime(facts.dueAt),
  };
}

/** The agency that acted, or whose officer did; the desk's own people are named by their office alone. */
function actorOf(actor: string): { name: string; title: string } | null {
  if (actor === "citizen") return { name: "Người nộp hồ sơ", title: "Công dân" };
  const officer = officers.find(({ role }) => role === actor);
  const agency = subgraphs.find(({ agency: code }) => code === (officer?.agency ?? actor));
  if (!agency || agency.agency === "ONE_STOP") return null;
  return { name: agency.vi, title: officer ? "Cán bộ giải quyết" : "Hệ thống của cơ quan giải quyết" };
}

const DOSSIER_TEXTS: Readonly<Record<DossierState, string>> = {
  RECEIVED: "Tiếp nhận hồ sơ",
  IN_PROGRESS: "Đang xử lý hồ sơ",
  AWAITING_CITIZEN: "Yêu cầu người nộp bổ sung, xác nhận",
  AWAITING_PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
  COMPLETED: "Đã xử lý xong, có kết quả",
  RETURNED: "Đã trả kết quả",
  NOT_ACCEPTED: "Không tiếp nhận hồ sơ",
  WITHDRAWN: "Người nộp rút hồ sơ",
  STOPPED: "Dừng xử lý hồ sơ",
};

const PART_TEXTS: Readonly<Record<string, string>> = {
  PROCESSING: "đang giải quyết",
  SUPPLEMENT_NEEDED: "yêu cầu bổ sung giấy tờ",
  GRANTED: "đã giải quyết, có kết quả",
  REFUSED: "từ chối giải quyết",
  CANCELLED: "đã hủy",
};

/** Text of a step without personal data: notes of the history stay at the desk. */
function stepText({ parts, receivedAt }: DossierFacts, { dossierState, part, state }: ProgressStep): string {
  if (part === null) return DOSSIER_TEXTS[dossierState];
  const procedure = parts.find(({ key }) => key === part)?.procedure ?? part;
  return `${procedureAt(procedure, receivedAt)?.name ?? procedure}: ${PART_TEXTS[state] ?? state}`;
}
