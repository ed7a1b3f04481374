import { type Brand, type Fault, type Parsed, parseByPattern } from "./parsed.ts";

/** Code of a procedure (mã thủ tục hành chính), such as `1.001193`. */
export type ProcedureCode = Brand<string, "ProcedureCode">;

/** Code of one case of a procedure (mã trường hợp), such as `1.001193.02`. */
export type ProcedureCaseCode = Brand<string, "ProcedureCaseCode">;

/** A province's or ministry's own version of a procedure, such as `1.014137.H38` or `3.000181.000.00.00.H22`. */
export type LocalProcedureCode = Brand<string, "LocalProcedureCode">;

/** Code of a kind of result (mã kết quả), such as `KQ.G15.000031`. */
export type ResultCode = Brand<string, "ResultCode">;

const procedureMalformed: Fault = {
  code: "PROCEDURE_CODE_MALFORMED",
  message: "Mã thủ tục phải gồm 1 chữ số, dấu chấm và 6 chữ số, ví dụ 1.001193",
  messageEn: "A procedure code is a digit, a full stop and 6 digits, such as 1.001193",
};

const caseMalformed: Fault = {
  code: "PROCEDURE_CASE_CODE_MALFORMED",
  message: "Mã trường hợp phải là mã thủ tục, dấu chấm và 2 chữ số, ví dụ 1.001193.02",
  messageEn: "The code of a case is the procedure code, a full stop and 2 digits, such as 1.001193.02",
};

const localMalformed: Fault = {
  code: "LOCAL_PROCEDURE_CODE_MALFORMED",
  message: "Mã thủ tục địa phương phải là mã thủ tục và mã cơ quan, ví dụ 1.014137.H38",
  messageEn: "A local procedure code is the procedure code and the agency's, such as 1.014137.H38",
};

const resultMalformed: Fault = {
  code: "RESULT_CODE_MALFORMED",
  message: "Mã kết quả phải có dạng KQ, mã cơ quan và 6 chữ số, ví dụ KQ.G15.000031",
  messageEn: "A result code is KQ, the agency code and 6 digits, such as KQ.G15.000031",
};

/** Fault: PROCEDURE_CODE_MALFORMED. */
export function parseProcedureCode(raw: string): Parsed<ProcedureCode> {
  return parseByPattern(raw, /^\d\.\d{6}$/, procedureMalformed);
}

/** Fault: PROCEDURE_CASE_CODE_MALFORMED. */
export function parseProcedureCaseCode(raw: string): Parsed<ProcedureCaseCode> {
  return parseByPattern(raw, /^\d\.\d{6}\.\d{2}$/, caseMalformed);
}

/** Fault: LOCAL_PROCEDURE_CODE_MALFORMED. */
export function parseLocalProcedureCode(raw: string): Parsed<LocalProcedureCode> {
  return parseByPattern(raw, /^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2})?\.[GH]\d{2}$/, localMalformed);
}

/** Fault: RESULT_CODE_MALFORMED. */
export function parseResultCode(raw: string): Parsed<ResultCode> {
  return parseByPattern(raw, /^KQ\.[GH]\d{2}\.\d{6}$/, resultMalformed);
}

/** The national procedure of which this is a case or a local version. */
export function procedureOf(code: ProcedureCaseCode | LocalProcedureCode): ProcedureCode {
  return code.slice(0, 8) as ProcedureCode;
}
