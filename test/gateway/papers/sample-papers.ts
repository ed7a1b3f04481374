import type { Paper } from "../../../gateway/papers/paper.ts";

/** Every Vietnamese letter in both cases, composed and with its tones. */
export const LETTERS = [..."aăâbcdđeêghiklmnoôơpqrstuưvxy"]
  .flatMap((letter) => ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"].map((tone) => `${letter}${tone}`))
  .map((letter) => letter.normalize("NFC"))
  .filter((letter) => [...letter].length === 1)
  .flatMap((letter) => [letter, letter.toLocaleUpperCase("vi")])
  .join("");

/** A paper with `items` papers in its list, all letters, and an empty field. */
export function aPaper(items: number): Paper {
  return {
    institution: { above: "Ủy ban nhân dân Phường Văn Miếu - Quốc Tử Giám", name: "Bộ phận Một cửa" },
    form: "Mẫu số 01, Phụ lục I, Thông tư 03/2025/TT-VPCP",
    issued: { place: "Phường Văn Miếu - Quốc Tử Giám", at: "2026-01-05T09:00:00+07:00" },
    title: { vi: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", en: "Receipt and appointment" },
    code: "H13.155-260105-0001",
    qrCodes: [
      {
        address: "https://motcua.example.vn/track/H13.155-260105-0001",
        caption: { vi: "Tra cứu hồ sơ", en: "Track the dossier" },
      },
      {
        address: "https://motcua.example.vn/procedures/3.000722",
        caption: { vi: "Xem thủ tục", en: "The procedure" },
      },
    ],
    blocks: [
      {
        kind: "fields",
        rows: [
          { label: { vi: "Họ tên", en: "Full name" }, value: "NGUYỄN THỊ Ễ Ự ữ", isStrong: true },
          { label: { vi: "Địa chỉ", en: "Address" }, value: null },
          // a decomposed text, as a phone may send it
          { label: { vi: "Tên" }, value: "Lê Thị Thử Nghiệm".normalize("NFD") },
        ],
      },
      { kind: "paragraph", text: { vi: LETTERS } },
      {
        kind: "list",
        heading: { vi: "Thành phần hồ sơ" },
        items: Array.from({ length: items }, (_, place) => `Giấy tờ thứ ${place + 1} của hồ sơ`),
      },
      {
        kind: "table",
        columns: [
          { title: { vi: "Phần việc", en: "Part" }, share: 0.6 },
          { title: { vi: "Hẹn trả", en: "Due" }, share: 0.4 },
        ],
        rows: [["Đăng ký thường trú", "06/01/2026"]],
      },
    ],
    signatures: [
      {
        role: { vi: "NGƯỜI NỘP HỒ SƠ", en: "Applicant" },
        instruction: { vi: "(Ký và ghi rõ họ tên)" },
        name: "Lê Thị Thử Nghiệm",
      },
    ],
    notes: [{ vi: "Ghi chú", en: "Note" }],
  };
}
