import { describedEnum } from "../dossiers/enums.ts";

export type Risk = "NONE" | "AT_RISK" | "LATE";

export const RiskEnum = describedEnum("Risk", "Risk that a part misses its due date (nguy cơ trễ hạn).", {
  NONE: "In time (đúng hạn).",
  AT_RISK: "Due within a day (sắp đến hạn).",
  LATE: "The due date has passed (quá hạn).",
});
