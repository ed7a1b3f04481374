import { parseLegalDay } from "../days.ts";
import { accepted, type Brand, type Fault, type Parsed, refused } from "./parsed.ts";

/**
 * Dossier code (mã hồ sơ): agency code, day of receipt, daily sequence, such as `H01.15.17-250224-0001`; TT 03/2025/TT-VPCP.
 * The older agency form `000.00.01.H01`, eight-digit dates and longer sequences of ministries are read too.
 */
export type DossierCode = Brand<string, "DossierCode">;

const pattern = /^(?:000\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.[0-9A-Z]{1,4}){0,4})-(\d{6}(?:\d{2})?)-\d{4,7}$/;

const malformed: Fault = {
  code: "DOSSIER_CODE_MALFORMED",
  message: "Mã hồ sơ phải có dạng mã cơ quan, ngày tiếp nhận và số thứ tự, ví dụ H01.15.17-250224-0001",
  messageEn: "A dossier code is agency code, day of receipt and sequence, such as H01.15.17-250224-0001",
};

const wrongDay: Fault = {
  code: "DOSSIER_CODE_DATE",
  message: "Ngày tiếp nhận trong mã hồ sơ không có trong lịch; đề nghị kiểm tra lại phần giữa hai dấu gạch nối",
  messageEn: "The day of receipt in the dossier code does not exist; check the part between the hyphens",
};

/** Reads a dossier code; the whole string is the key. Faults: DOSSIER_CODE_MALFORMED, DOSSIER_CODE_DATE (no such day). */
export function parseDossierCode(raw: string): Parsed<DossierCode> {
  const [, digits] = pattern.exec(raw) ?? [];
  if (digits === undefined) return refused(malformed);
  const full = digits.length === 6 ? `20${digits}` : digits;
  const day = parseLegalDay(`${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6)}`);
  return day.ok ? accepted(raw as DossierCode) : refused(wrongDay);
}
