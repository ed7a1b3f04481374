import { Field, ID, InputType } from "type-graphql";
import { VndScalar } from "../../_shared/serving/scalars.ts";
import type { ObligationKind, SettlementOutcome } from "./tables.ts";
import { LandObligationKindEnum, LandSettlementOutcomeEnum } from "./types.ts";

@InputType({ description: "Financial obligation as the tax office has notified it (nghĩa vụ tài chính)." })
export class LandObligationInput {
  @Field(() => ID, { description: "Code of the parcel (mã thửa đất)." })
  parcel!: string;
  @Field(() => LandObligationKindEnum, { description: "Kind (loại)." })
  kind!: ObligationKind;
  @Field(() => String, { description: "Personal number of the debtor (số định danh của người nộp)." })
  debtor!: string;
  @Field(() => VndScalar, { description: "Amount in the notice (số tiền)." })
  amountVnd!: number;
  @Field(() => String, { description: "Last day of payment, yyyy-MM-dd (hạn nộp)." })
  dueOn!: string;
  @Field(() => String, { description: "Number of the tax office's notice (số thông báo thuế)." })
  ground!: string;
}

@InputType({ description: "End of a financial obligation (hoàn thành nghĩa vụ tài chính)." })
export class LandSettlementInput {
  @Field(() => ID, { description: "Id of the obligation (mã)." })
  obligation!: string;
  @Field(() => LandSettlementOutcomeEnum, { description: "How it ended (kết quả)." })
  outcome!: SettlementOutcome;
  @Field(() => String, { description: "Receipt or decision (chứng từ)." })
  ground!: string;
}
