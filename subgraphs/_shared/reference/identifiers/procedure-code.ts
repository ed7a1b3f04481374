import { type Brand, type Fault, type Parsed, parseByPattern } from "./parsed.ts";

/** Code of a procedure (mã thủ tục hành chính), such as `1.001193`. */
export type ProcedureCode = Brand<string, "ProcedureCode">;

const procedureMalformed: Fault = {
  code: "PROCEDURE_CODE_MALFORMED",
  message: "Mã thủ tục phải gồm 1 chữ số, dấu chấm và 6 chữ số, ví dụ 1.001193",
  messageEn: "A procedure code is a digit, a full stop and 6 digits, such as 1.001193",
};

/** Fault: PROCEDURE_CODE_MALFORMED. */
export function parseProcedureCode(raw: string): Parsed<ProcedureCode> {
  return parseByPattern(raw, /^\d\.\d{6}$/, procedureMalformed);
}
