import {
  address,
  area,
  choice,
  commune,
  count,
  date,
  type Form,
  formOf,
  group,
  line,
  list,
  otherPerson,
  pattern,
  person,
  sampleAddress,
  samplePerson,
} from "./fields.ts";

const SERIAL = "^[A-ZĐ]{2} ?(\\d{6}|\\d{8})$";
const parcel = (title: string) =>
  group(title, {
    commune: commune("Mã xã, phường, đặc khu nơi có đất"),
    sheet: count("Tờ bản đồ số", 1, 100_000),
    number: count("Thửa đất số", 1, 1_000_000),
    areaM2: area("Diện tích (mét vuông)"),
    "purpose?": line("Mục đích sử dụng đất", 100),
  });
const aParcel = { commune: "31471", sheet: 12, number: 345, areaM2: 150.5, purpose: "Đất ở tại đô thị" };
const certificate = pattern("Số phát hành giấy chứng nhận", SERIAL);

/** Forms of land procedures (đất đai): Law on Land 31/2024/QH15. */
export const landForms: [string, Form][] = [
  formOf(
    "1.013978",
    "Đơn đăng ký đất đai, tài sản gắn liền với đất lần đầu",
    {
      user: person("Người sử dụng đất"),
      residence: address("Nơi cư trú"),
      parcel: parcel("Thửa đất"),
      origin: line("Nguồn gốc sử dụng đất", 500),
      usedSince: line("Thời điểm bắt đầu sử dụng đất", 50),
      assets: list("Tài sản gắn liền với đất", line("Tài sản", 300), 0),
    },
    {
      ...{ user: samplePerson, residence: sampleAddress, parcel: aParcel, origin: "Cha mẹ tặng cho" },
      ...{ usedSince: "Năm 1998", assets: ["Nhà cấp 4"] },
    },
  ),
  formOf(
    "1.013831",
    "Đơn đăng ký biến động đất đai, tài sản gắn liền với đất",
    {
      transferor: person("Bên chuyển quyền"),
      transferee: person("Bên nhận quyền"),
      certificate,
      parcel: parcel("Thửa đất"),
      case: choice("Trường hợp biến động", {
        SALE: "Chuyển nhượng",
        INHERITANCE: "Thừa kế",
        GIFT: "Tặng cho",
        EXCHANGE: "Chuyển đổi",
        CONTRIBUTION: "Góp vốn",
        LEASE: "Cho thuê, cho thuê lại",
      }),
      contractNumber: line("Số hợp đồng, văn bản", 50),
      contractDate: date("Ngày công chứng, chứng thực"),
    },
    {
      ...{ transferor: samplePerson, transferee: otherPerson, certificate: "AA 01234567", parcel: aParcel },
      ...{ case: "SALE", contractNumber: "123/2026", contractDate: "2026-11-20" },
    },
  ),
  formOf(
    "1.012784",
    "Đơn đề nghị tách thửa, hợp thửa đất",
    {
      user: person("Người sử dụng đất"),
      certificate,
      request: choice("Nội dung đề nghị", { SPLIT: "Tách thửa", MERGE: "Hợp thửa" }),
      parcels: list("Thửa đất hiện tại", parcel("Thửa đất")),
      newAreas: list("Diện tích các thửa đất mới", area("Diện tích (mét vuông)")),
      reason: line("Lý do", 500),
    },
    {
      ...{ user: samplePerson, certificate: "AA 01234567", request: "SPLIT", parcels: [aParcel] },
      ...{ newAreas: [75, 75.5], reason: "Chia cho con" },
    },
  ),
  formOf(
    "1.012786",
    "Đơn đề nghị cấp lại giấy chứng nhận do bị mất",
    {
      user: person("Người sử dụng đất"),
      "certificate?": certificate,
      parcel: parcel("Thửa đất"),
      lostOn: date("Ngày phát hiện bị mất"),
      circumstances: line("Hoàn cảnh bị mất", 1_000),
    },
    { user: samplePerson, parcel: aParcel, lostOn: "2026-10-01", circumstances: "Bị mất khi chuyển nhà" },
  ),
];
