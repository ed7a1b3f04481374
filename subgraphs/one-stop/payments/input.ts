import { Field, InputType } from "type-graphql";
import { VndScalar } from "../../_shared/serving/scalars.ts";

@InputType({ description: "Cash received at the counter (thu tiền mặt)." })
export class CashInput {
  @Field(() => VndScalar, { description: "Amount; a fixed fee must be paid exactly (số tiền)." })
  amountVnd!: number;
  @Field(() => String, { description: "Number of the receipt, at most 50 characters (số biên lai)." })
  receipt!: string;
}

@InputType({ description: "Waiver of the fee (miễn phí, lệ phí)." })
export class WaiverInput {
  @Field(() => String, {
    description: "Article on which the waiver is based, at most 500 characters (căn cứ pháp lý).",
  })
  legalBasis!: string;
}

@InputType({ description: "Refund paid out at the counter (hoàn trả tại quầy)." })
export class CounterRefundInput {
  @Field(() => String, { description: "Number of the payment slip, at most 50 characters (số phiếu chi)." })
  receipt!: string;
}

@InputType({
  description: "Act of a clerk on the fee of a dossier: exactly one field is given (ghi nhận thu, miễn, hoàn trả).",
})
export class PaymentRecordInput {
  @Field(() => CashInput, { nullable: true, description: "Cash (thu tiền mặt)." })
  cash?: CashInput | null;
  @Field(() => WaiverInput, { nullable: true, description: "Waiver (miễn)." })
  waiver?: WaiverInput | null;
  @Field(() => CounterRefundInput, {
    nullable: true,
    description: "Refund of cash, or one that the payment provider has refused (hoàn trả).",
  })
  refund?: CounterRefundInput | null;
}
