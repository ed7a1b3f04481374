import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";

/** Reason for the end of a term before its last day. */
export type EndReason = "CONTRIBUTIONS_ENDED" | "DEATH";

const REASONS: Described<EndReason> = {
  CONTRIBUTIONS_ENDED: "No further contributions, such as after the end of an employment (ngừng đóng).",
  DEATH: "Death of the participant, which closes the card (chết).",
};

export const HealthInsuranceEndReasonEnum = describedEnum<EndReason>(
  "HealthInsuranceEndReason",
  "Reason for the end of a term (lý do báo giảm), Law on Health Insurance 25/2008/QH12, art. 16.",
  REASONS,
);
