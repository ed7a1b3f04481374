import { fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of acts on temporary residences, each with its remedy. */

export const termTooLong = () =>
  fault(
    "TERM_TOO_LONG",
    "Thời hạn tạm trú tối đa là 02 năm (Luật Cư trú, Điều 27); đề nghị chọn ngày sớm hơn và gia hạn sau",
    "A temporary residence lasts 2 years at most (Law on Residence, art. 27); choose an earlier day and renew it later",
  );
export const termOver = () =>
  fault(
    "TERM_OVER",
    "Ngày kết thúc phải sau ngày bắt đầu của thời hạn tạm trú",
    "The last day lies before the term begins; choose a later day",
  );
export const temporaryAtHome = () =>
  fault(
    "TEMPORARY_AT_HOME",
    "Người này đã đăng ký thường trú trong xã này nên không đăng ký tạm trú (Luật Cư trú, Điều 27)",
    "The person has the permanent residence in this commune, so no temporary one is registered there (Law on Residence, art. 27)",
  );
export const temporaryAlready = () =>
  fault(
    "TEMPORARY_ALREADY",
    "Người này đang có đăng ký tạm trú trong xã này; đề nghị gia hạn hoặc xóa đăng ký đó trước",
    "The person has a temporary residence in this commune; renew it, or end it first",
  );
export const temporaryUnknown = () =>
  fault(
    "TEMPORARY_UNKNOWN",
    "Không có đăng ký tạm trú với mã này",
    "No temporary residence has this id; look it up at the person",
  );
export const temporaryNotThere = () =>
  fault(
    "TEMPORARY_NOT_THERE",
    "Người này không có đăng ký tạm trú đang có hiệu lực trong xã này; đề nghị kiểm tra lại địa chỉ, hoặc đăng ký tạm trú mới",
    "The person has no temporary residence in force in this commune; check the address, or register a new one",
  );
export const temporaryEnded = () =>
  fault(
    "TEMPORARY_ENDED",
    "Đăng ký tạm trú này đã hết hạn hoặc đã được xóa; đề nghị đăng ký mới",
    "The temporary residence has ended; register a new one",
  );
export const renewalTooEarly = (from: string) =>
  fault(
    "RENEWAL_TOO_EARLY",
    `Chỉ gia hạn trong 15 ngày cuối của thời hạn tạm trú (Luật Cư trú, Điều 28), từ ngày ${from}`,
    `A renewal is made in the last 15 days of the term (Law on Residence, art. 28), from ${from}`,
  );
