import { fault } from "../reference/identifiers/parsed.ts";
import type { FoundProblem } from "../registers/problem-type.ts";

export const recordMalformed = (why: string): FoundProblem => ({
  ...fault(
    "RECORD_MALFORMED",
    `Dòng không đọc được: ${why}; đề nghị sửa lại dòng này trong tệp`,
    `The line cannot be read: ${why}; correct it in the file`,
  ),
  path: [],
});
export const cellsDiffer = (column: string, first: number, other: number): FoundProblem => ({
  ...fault(
    "CELLS_DIFFER",
    `Dòng ${other} thuộc cùng bản ghi với dòng ${first} nhưng có giá trị khác ở cột "${column}"; đề nghị ghi giống nhau, hoặc để trống ô ở dòng ${other}`,
    `Line ${other} is of the same record as line ${first} and has another value in the column "${column}"; write the same, or leave the cell of line ${other} empty`,
  ),
  path: [column],
});
export const recordKindUnknown = (known: string) =>
  fault(
    "RECORD_KIND_UNKNOWN",
    `Trường "record" phải là một trong: ${known}`,
    `The field "record" must be one of: ${known}`,
  );
export const fieldMalformed = (why: string) =>
  fault(
    "FIELD_MALFORMED",
    `Giá trị không đúng dạng (${why}); đề nghị xem lại mẫu tệp bằng lệnh export`,
    `The value has not the required form (${why}); an export shows the form`,
  );
export const recordTwice = (line: number) =>
  fault(
    "RECORD_TWICE",
    `Trùng khóa với bản ghi ở dòng ${line} nhưng nội dung khác; đề nghị chỉ giữ một bản ghi`,
    `The record of line ${line} has the same key and other contents; keep one of them`,
  );
export const registerDiffers = (fields: string) =>
  fault(
    "REGISTER_DIFFERS",
    `Sổ đã có mục này với nội dung khác ở: ${fields}; đề nghị sửa bằng nghiệp vụ thay đổi, không nhập lại`,
    `The register has this entry with other contents in: ${fields}; change it by an act, not by an import`,
  );
export const registerRefuses = (rule: string) =>
  fault(
    "REGISTER_REFUSES",
    `Sổ không chấp nhận bản ghi theo ràng buộc "${rule}"; đề nghị kiểm tra bản ghi với các mục đã có`,
    `The register refuses the record by its constraint "${rule}"; compare it with the entries that the register has`,
  );
