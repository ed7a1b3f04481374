import * as z from "zod";
import { isPortalTime } from "../../subgraphs/one-stop/national-portal/portal-time.ts";

/*
 * Messages that the stand-in accepts, written from PROTOCOL.md and not from the code that sends: every field is there, a required one is not
 * empty, a time is an instant of fourteen digits, and a code is one of its lists.
 */

const filled = z.string().min(1);
const text = z.string();
const time = z.string().refine(isPortalTime, "thời điểm phải có dạng yyyyMMddHHmmss");
const timeOrNone = z.union([z.literal(""), time]);
const oneOf = (...codes: string[]) => z.enum(codes as [string, ...string[]]); // each call gives a code or more
const amount = z.string().regex(/^\d{1,15}$/);

const paper = z.strictObject({ TenGiayTo: filled, SoLuong: amount, LoaiGiayTo: oneOf("0", "1", "2") });
const fee = z.strictObject({
  ...{ TenPhiLePhi: filled, MaPhiLePhi: filled, HinhThucThu: oneOf("1", "2", "4"), Gia: amount, LoaiPhiLePhi: filled },
});
const supplement = z.strictObject({
  ...{ HoSoBoSungId: filled, NguoiYeuCauBoSung: filled, NoiDungBoSung: filled, NgayBoSung: time },
  ...{
    NguoiTiepNhanBoSung: text,
    ThongTinTiepNhan: text,
    NgayTiepNhanBoSung: timeOrNone,
    TrangThaiBoSung: oneOf("0", "1"),
  },
  ...{ DanhSachGiayToBoSung: z.array(paper), DanhSachLePhiBoSung: z.array(fee) },
  ...{ NgayHenTraTruoc: timeOrNone, NgayHenTraMoi: timeOrNone },
});

/** Data of `DongBoHoSoMC`. */
export const snapshotRule = z
  .strictObject({
    ...{
      MaHoSo: filled,
      MaTTHC: z.string().regex(/^\d\.\d{6}/),
      TenTTHC: filled,
      MaLinhVuc: filled,
      TenLinhVuc: filled,
    },
    ...{ SoBienNhan: filled, ChuHoSo: filled, LoaiDoiTuong: oneOf("1", "2"), MaDoiTuong: text, ThongTinKhac: text },
    ...{ Email: text, Fax: text, SoDienThoai: text, TrichYeuHoSo: filled, NgayTiepNhan: time, NgayHenTra: time },
    TrangThaiHoSo: oneOf("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
    ...{ NgayTra: timeOrNone, ThongTinTra: text, HinhThuc: oneOf("0", "1"), NgayKetThucXuLy: timeOrNone },
    ...{ DonViXuLy: z.string().regex(/^[GH]\d\d(\.\d+)*$/), GhiChu: text },
    TaiLieuNop: z.array(
      z.strictObject({
        ...{ TepDinhKemId: filled, TenTepDinhKem: filled, IsDeleted: oneOf("True", "False") },
        ...{ MaThanhPhanHoSo: filled, DuongDanTaiTepTin: text },
      }),
    ),
    ...{ DanhSachTepDinhKemKhac: z.array(paper), DanhSachLePhi: z.array(fee), DanhSachHoSoBoSung: z.array(supplement) },
    DanhSachGiayToKetQua: z.array(
      z.strictObject({ TenGiayTo: filled, MaThanhPhanHoSo: filled, GiayToId: filled, DuongDanTepTinKetQua: text }),
    ),
  })
  .refine(
    ({ TrangThaiHoSo, NgayTra }) => (TrangThaiHoSo === "10") === (NgayTra !== ""),
    "NgayTra không khớp trạng thái",
  )
  .refine(
    ({ TrangThaiHoSo, NgayKetThucXuLy }) =>
      ["3", "7", "8", "9", "10"].includes(TrangThaiHoSo) === (NgayKetThucXuLy !== ""),
    "NgayKetThucXuLy không khớp trạng thái",
  );

/** Data of `CapNhatTienDoHoSoMC`. */
export const stepRule = z.strictObject({
  ...{
    MaHoSo: filled,
    NguoiXuLy: filled,
    ChucDanh: filled,
    ThoiDiemXuLy: time,
    PhongBanXuLy: filled,
    NoiDungXuLy: filled,
  },
  ...{
    TrangThai: oneOf("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
    NgayBatDau: time,
    NgayKetThucTheoQuyDinh: time,
  },
});

export const questionRule = z.strictObject({ MaHoSo: filled });

export type Snapshot = z.infer<typeof snapshotRule>;
export type Step = z.infer<typeof stepRule>;
