import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";

/** Change of the facts of an entry, by its legal kind. */
export type CorrectionKind = "CORRECTION" | "CHANGE" | "SUPPLEMENT" | "ETHNICITY";

export const CORRECTION_KINDS: Described<CorrectionKind> = {
  CORRECTION: "Correction of an error of the registration (cải chính hộ tịch), art. 4 (12) and 28.",
  CHANGE: "Change of lawful facts, such as a name (thay đổi hộ tịch), art. 26 to 28.",
  SUPPLEMENT: "Supplement of missing facts (bổ sung hộ tịch), art. 29.",
  ETHNICITY: "New determination of the ethnic group (xác định lại dân tộc), art. 28.",
};

export const CorrectionKindEnum = describedEnum<CorrectionKind>(
  "CivilCorrectionKind",
  "Kind of a change of an entry (loại thay đổi, cải chính, bổ sung); Law on Civil Status 60/2014/QH13.",
  CORRECTION_KINDS,
);
