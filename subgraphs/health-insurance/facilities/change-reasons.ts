import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";

/** Reason for another facility of first care. */
export type FacilityChangeReason = "REQUEST" | "MOVE";

const REASONS: Described<FacilityChangeReason> = {
  REQUEST: "The participant's wish, within the days for changes (theo nguyện vọng).",
  MOVE: "Change of residence (thay đổi nơi cư trú).",
};

export const FacilityChangeReasonEnum = describedEnum<FacilityChangeReason>(
  "FacilityChangeReason",
  "Reason for another facility of first care (lý do đổi), Law on Health Insurance 25/2008/QH12, art. 26.",
  REASONS,
);
