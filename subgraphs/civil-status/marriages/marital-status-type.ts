import { describedEnum } from "../../_shared/serving/described-enum.ts";
import type { MaritalStatus } from "./marital-status.ts";

export const MaritalStatusEnum = describedEnum<MaritalStatus>(
  "MaritalStatus",
  "Marital status as far as the register knows (tình trạng hôn nhân).",
  {
    NEVER_MARRIED: "No marriage is registered (chưa đăng ký kết hôn với ai).",
    MARRIED: "Married (hiện đang có vợ hoặc chồng).",
    DIVORCED: "Divorced and not married again (đã ly hôn, chưa kết hôn lại).",
    WIDOWED: "The spouse has died, and not married again (vợ hoặc chồng đã chết, chưa kết hôn lại).",
  },
);
