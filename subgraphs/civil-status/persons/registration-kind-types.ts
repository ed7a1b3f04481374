import { describedEnum } from "../../_shared/serving/described-enum.ts";
import type { RegistrationKind } from "./registration-kinds.ts";

export const RegistrationKindEnum = describedEnum<RegistrationKind>(
  "CivilRegistrationKind",
  "How an event comes into the register (hình thức đăng ký).",
  {
    REGISTERED: "Registered for the first time, in time or late (đăng ký mới, đăng ký quá hạn).",
    REREGISTERED:
      "Registered again, because books and papers of before 2016 are lost (đăng ký lại), Decree 123/2015, art. 24.",
    NOTED: "Noted after its registration abroad (ghi vào sổ việc hộ tịch), Law on Civil Status 60/2014, art. 48 to 50.",
  },
);
