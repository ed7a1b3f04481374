import { Field, ID, ObjectType } from "type-graphql";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateScalar, VndScalar } from "../../_shared/serving/scalars.ts";
import type { ActRow } from "../acts/tables.ts";
import type { ObligationKind, obligations, SettlementOutcome } from "./tables.ts";

type ObligationRow = typeof obligations.$inferSelect;

export const LandObligationKindEnum = describedEnum<ObligationKind>(
  "LandObligationKind",
  "Kind of a financial obligation from land (loại nghĩa vụ tài chính); Decree 103/2024/NĐ-CP.",
  {
    PERSONAL_INCOME_TAX: "Tax on the income from a transfer (thuế thu nhập cá nhân).",
    REGISTRATION_FEE: "Registration fee (lệ phí trước bạ).",
    LAND_USE_FEE: "Land-use fee (tiền sử dụng đất).",
    LAND_RENT: "Land rent (tiền thuê đất).",
  },
);

export const LandSettlementOutcomeEnum = describedEnum<SettlementOutcome>(
  "LandSettlementOutcome",
  "How an obligation ended (kết quả thực hiện nghĩa vụ).",
  {
    PAID: "Paid in full (đã nộp đủ).",
    EXEMPTED: "Exempted by the tax office (được miễn).",
    WITHDRAWN: "The tax office has withdrawn its notice (thu hồi thông báo).",
  },
);

@ObjectType({ description: "Financial obligation as the tax office has notified it (nghĩa vụ tài chính về đất đai)." })
export class LandObligation {
  @Field(() => ID, { description: "Id: the same as that of the act that entered it (mã)." })
  id!: ObligationRow["id"];
  @Field(() => LandObligationKindEnum, { nullable: true, description: "Kind (loại)." })
  kind!: ObligationRow["kind"];
  @Field(() => VndScalar, { nullable: true, description: "Amount in the notice (số tiền)." })
  amountVnd!: ObligationRow["amount"];
  @Field(() => DateScalar, { nullable: true, description: "Last day of payment (hạn nộp)." })
  dueOn!: ObligationRow["dueOn"];
  @Field(() => String, { nullable: true, description: "Notice of the tax office (thông báo của cơ quan thuế)." })
  notice!: ActRow["ground"];
  @Field(() => LandSettlementOutcomeEnum, { nullable: true, description: "How it ended; null while open (kết quả)." })
  outcome!: SettlementOutcome | null;
  @Field(() => DateScalar, { nullable: true, description: "Day on which it ended (ngày hoàn thành)." })
  settledOn!: ActRow["effectiveOn"] | null;
  @Field(() => String, { nullable: true, description: "Receipt or decision that ended it (chứng từ)." })
  settlement!: ActRow["ground"] | null;
}
