import { officeName } from "../../_shared/reference/offices.ts";
import { subgraphOf } from "../../agency-registry.ts";
import { procedureAt } from "../procedures/catalogue.ts";
import { paperOf } from "../procedures/papers.ts";
import type { DossierState } from "../saga/state.ts";
import type { DossierFacts } from "./dossier-facts.ts";
import { type Mappings, mapped, mappedField, mappedOffice } from "./mappings.ts";
import { portalTime } from "./portal-time.ts";
import type { ProgressStep } from "./progress-steps.ts";

/** Values of the exchange: texts, and lists of blocks of texts. */
export type Block = { [field: string]: string | Block[] };

export type PortalTables = { mappings: Mappings; officeCodes: Readonly<Record<string, string>> };

const ENDED: ReadonlySet<DossierState> = new Set(["COMPLETED", "RETURNED", "NOT_ACCEPTED", "WITHDRAWN", "STOPPED"]);
const ONE_COPY = "1";

/**
 * Data of `DongBoHoSoMC`: the dossier as it is now, with the status of `steps`, which end with the last step that the portal has or
 * gets next. Every field is there; the text is empty only where PROTOCOL.md says so.
 * @throws MappingMissing
 */
export function dossierSnapshot(facts: DossierFacts, steps: readonly ProgressStep[], tables: PortalTables): Block {
  const { mappings, officeCodes } = tables;
  const state = steps.at(-1)?.dossierState ?? "RECEIVED";
  const field = mappedField(mappings, facts.definition.domain);
  const title = facts.procedureName ?? facts.definition.name;
  const ended = steps.find(({ dossierState }) => ENDED.has(dossierState))?.at;
  const returned = steps.find(({ dossierState }) => dossierState === "RETURNED")?.at;
  return {
    MaHoSo: facts.code,
    MaTTHC: mapped(mappings, "procedures", facts.procedureCode),
    TenTTHC: title,
    MaLinhVuc: field.code,
    TenLinhVuc: field.name,
    SoBienNhan: facts.code,
    ChuHoSo: facts.applicantName,
    LoaiDoiTuong: mapped(mappings, "applicantTypes", "CITIZEN"),
    MaDoiTuong: facts.applicantPersonalId ?? "",
    ThongTinKhac: officeName(facts.office),
    Email: facts.email ?? "",
    Fax: "",
    SoDienThoai: facts.phone ?? "",
    TrichYeuHoSo: title,
    NgayTiepNhan: portalTime(facts.receivedAt),
    NgayHenTra: portalTime(facts.dueAt),
    TrangThaiHoSo: mapped(mappings, "statuses", state),
    NgayTra: returned ?? "",
    ThongTinTra: returned ? HANDOVERS[facts.handover?.method ?? "DESK"] : "",
    HinhThuc: mapped(mappings, "resultChannels", facts.handover?.method ?? "DESK"),
    NgayKetThucXuLy: ended ?? "",
    DonViXuLy: mappedOffice(mappings, facts.office, officeCodes),
    GhiChu: refilingNote(facts),
    TaiLieuNop: attachments(facts),
    DanhSachTepDinhKemKhac: papers(facts, mappings),
    DanhSachLePhi: fees(facts, mappings),
    DanhSachHoSoBoSung: supplements(facts, mappings),
    DanhSachGiayToKetQua: results(facts),
  };
}

const HANDOVERS = {
  ELECTRONIC: "Trả kết quả bản điện tử",
  DESK: "Trả kết quả tại Bộ phận Một cửa",
  POST: "Trả kết quả qua dịch vụ bưu chính",
} as const;

function refilingNote({ refiledFrom, refiledAs }: DossierFacts): string {
  const from = refiledFrom === null ? [] : [`Nộp lại phần việc của hồ sơ ${refiledFrom}`];
  const as = refiledAs.length === 0 ? [] : [`Có phần việc được nộp lại bằng hồ sơ ${refiledAs.join(", ")}`];
  return [...from, ...as].join(". ");
}

const paperName = (code: string) => paperOf(code)?.name ?? code;

function attachments({ papers: all }: DossierFacts): Block[] {
  return all.flatMap(({ code, attachment }) =>
    attachment === null
      ? []
      : [
          {
            ...{ TepDinhKemId: attachment, TenTepDinhKem: paperName(code), IsDeleted: "False" },
            ...{ MaThanhPhanHoSo: code, DuongDanTaiTepTin: "" },
          },
        ],
  );
}

function papers({ papers: all }: DossierFacts, mappings: Mappings): Block[] {
  return all.map(({ code, kind }) => ({
    TenGiayTo: paperName(code),
    SoLuong: ONE_COPY,
    LoaiGiayTo: mapped(mappings, "copyKinds", kind ?? "COPY"),
  }));
}

function fees({ payment, parts, channel }: DossierFacts, mappings: Mappings): Block[] {
  return (payment?.lines ?? []).map(({ step, name, amountVnd }) => ({
    TenPhiLePhi: name,
    MaPhiLePhi: parts.find(({ key }) => key === step)?.procedure ?? step,
    HinhThucThu: mapped(mappings, "feeCollections", channel),
    Gia: String(payment?.state === "WAIVED" ? 0 : amountVnd),
    LoaiPhiLePhi: mapped(mappings, "feeKinds", "FEE"),
  }));
}

function supplements(facts: DossierFacts, mappings: Mappings): Block[] {
  const { parts, office, dueAt } = facts;
  return parts.flatMap(({ id, agency, supplement }) => {
    if (!supplement) return [];
    const { answeredAt } = supplement;
    return [
      {
        HoSoBoSungId: id,
        NguoiYeuCauBoSung: subgraphOf(agency).vi,
        NoiDungBoSung: supplement.items.map(({ description }) => description).join("; "),
        NgayBoSung: portalTime(new Date(supplement.requestedAt)),
        NguoiTiepNhanBoSung: answeredAt === undefined ? "" : officeName(office),
        ThongTinTiepNhan: answeredAt === undefined ? "" : "Đã tiếp nhận bổ sung",
        NgayTiepNhanBoSung: answeredAt === undefined ? "" : portalTime(new Date(answeredAt)),
        TrangThaiBoSung: mapped(mappings, "supplementStates", answeredAt === undefined ? "AWAITED" : "ANSWERED"),
        DanhSachGiayToBoSung: supplement.items.map(({ code, description }) => ({
          ...{ TenGiayTo: paperOf(code)?.name ?? description, SoLuong: ONE_COPY },
          LoaiGiayTo: mapped(mappings, "copyKinds", "COPY"),
        })),
        DanhSachLePhiBoSung: [],
        NgayHenTraTruoc: "",
        NgayHenTraMoi: answeredAt === undefined ? "" : portalTime(dueAt),
      },
    ];
  });
}

function results({ parts, receivedAt }: DossierFacts): Block[] {
  return parts.flatMap(({ id, procedure, state, resultId }) =>
    state !== "GRANTED"
      ? []
      : (procedureAt(procedure, receivedAt)?.facts.results ?? []).map(({ code, name }) => ({
          ...{ TenGiayTo: name, MaThanhPhanHoSo: code, GiayToId: resultId ?? id, DuongDanTepTinKetQua: "" },
        })),
  );
}
