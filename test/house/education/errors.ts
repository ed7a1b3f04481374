import type { PartProblem } from "../../../subgraphs/_shared/parts/procedure.ts";

/** The grade lies outside the twelve grades of general education. */
export function gradeUnknown(): PartProblem {
  return {
    code: "GRADE_UNKNOWN",
    message: "Lớp phải từ 1 đến 12; đề nghị kiểm tra lại",
    messageEn: "The grade lies between 1 and 12; check it",
    path: ["enrolment", "grade"],
    legalBasis: "Luật Giáo dục 43/2019/QH14, Điều 28",
  };
}
