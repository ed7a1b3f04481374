import { Field, ID, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateTimeScalar, VndScalar } from "../../_shared/serving/scalars.ts";
import { PaymentStateEnum } from "../dossiers/enums.ts";
import { Dossier } from "../dossiers/types.ts";
import type { NoticeProblem } from "./notice.ts";
import type { PaymentMethod } from "./payment.ts";
import type { paymentNotices, paymentRefunds, payments } from "./tables.ts";

export type PaymentRow = typeof payments.$inferSelect;
export type RefundRow = typeof paymentRefunds.$inferSelect;
export type NoticeRow = typeof paymentNotices.$inferSelect;

const PaymentMethodEnum = describedEnum<PaymentMethod>("PaymentMethod", "Method of a payment (hình thức nộp).", {
  ELECTRONIC: "Through the payment provider (trực tuyến).",
  CASH: "Cash at the counter (tiền mặt tại quầy).",
});

export const DiscrepancyReasonEnum = describedEnum<NoticeProblem>(
  "PaymentDiscrepancyReason",
  "Reason for which a person has to review a notice of the payment provider (lý do cần xử lý).",
  {
    ORDER_UNKNOWN: "The desk has no order with this number (không có yêu cầu nộp với số này).",
    AMOUNT_DIFFERS: "The amount is not that of the order (số tiền không khớp).",
    NOT_OWED: "The fee was paid or waived before (đã nộp hoặc được miễn trước đó).",
    TRANSACTION_USED: "The transaction has paid another order (giao dịch đã dùng cho yêu cầu khác).",
    PAYMENT_UNKNOWN: "The desk has not recorded the payment that was reversed (đảo giao dịch chưa ghi nhận).",
    REVERSED: "The provider took the payment back (giao dịch bị đảo).",
    REFUND_REFUSED: "The provider refused to pay a refund out (cổng thanh toán từ chối hoàn trả).",
    REFUND_NOT_DUE: "A refund of a reversed payment was paid out (đã hoàn trả cho giao dịch bị đảo).",
  },
);

@ObjectType({ description: "Fee of one part within a payment order (khoản phí, lệ phí)." })
export class PaymentLine {
  @Field(() => String, { description: "Name as published (tên phí, lệ phí)." })
  name!: string;
  @Field(() => VndScalar, { description: "Amount (số tiền)." })
  amountVnd!: number;
}

@ObjectType({ description: "A refund (hoàn trả phí, lệ phí)." })
export class PaymentRefund {
  @Field(() => ID, { description: "Id of the refund (mã hoàn trả)." })
  id!: RefundRow["id"];
  @Field(() => VndScalar, { description: "Amount (số tiền)." })
  amountVnd!: RefundRow["amountVnd"];
  @Field(() => DateTimeScalar, { description: "Time at which it became due (thời điểm phát sinh)." })
  at!: RefundRow["at"];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Time of the payout; null while it is due (đã chi lúc).",
  })
  doneAt!: RefundRow["doneAt"];
  @Field(() => String, {
    nullable: true,
    description: "The provider's number of the refund, or the number of the payment slip (số chứng từ).",
  })
  receipt!: RefundRow["receipt"];
}

@ObjectType({ description: "Payment order for the fees of a dossier (yêu cầu nộp phí, lệ phí)." })
export class Payment {
  @Field(() => ID, { description: "Id, and number of the order at the provider (mã yêu cầu nộp)." })
  id!: PaymentRow["id"];
  @Field(() => PaymentStateEnum, { description: "State (trạng thái)." })
  state!: PaymentRow["state"];
  @Field(() => VndScalar, { description: "Amount of the order (số tiền phải nộp)." })
  amountVnd!: PaymentRow["amountVnd"];
  @Field(() => [PaymentLine], { description: "The fees (các khoản)." })
  lines!: PaymentLine[];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "Last day for a payment that the work waits for; null without one. The dossier ends with it only if no work has begun (hạn nộp).",
  })
  payBy!: PaymentRow["payBy"];
  @Field(() => PaymentMethodEnum, {
    nullable: true,
    description: "Method of the payment; null until paid (hình thức nộp).",
  })
  method!: PaymentRow["paymentMethod"];
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the payment (thời điểm nộp)." })
  paidAt!: PaymentRow["paidAt"];
  @Field(() => String, {
    nullable: true,
    description: "Number of the receipt for cash, or of the provider's transaction (số biên lai, mã giao dịch).",
  })
  receipt!: string | null;
  @Field(() => String, { nullable: true, description: "Legal basis of a waiver (căn cứ miễn)." })
  legalBasis!: PaymentRow["waiverBasis"];
  @Field(() => VndScalar, { description: "Sum of the refunds, due or paid out (tổng phải hoàn trả)." })
  refundVnd!: PaymentRow["refundVnd"];
  @Field(() => VndScalar, { description: "Sum of the refunds paid out (tổng đã hoàn trả)." })
  refundedVnd!: PaymentRow["refundedVnd"];
}

@ObjectType({ description: "A notice of the payment provider that a person has to review (giao dịch cần xử lý)." })
export class PaymentDiscrepancy {
  @Field(() => ID, { description: "Id (mã)." })
  id!: NoticeRow["id"];
  @Field(() => DiscrepancyReasonEnum, { description: "Reason (lý do)." })
  reason!: NoticeProblem;
  @Field(() => String, { description: "The reason in Vietnamese, with amount and transaction (nội dung)." })
  text!: string;
  @Field(() => String, { description: "The same in English (bản tiếng Anh)." })
  textEn!: string;
  @Field(() => String, { description: "The provider's number of the transaction or refund (mã giao dịch)." })
  transaction!: NoticeRow["transaction"];
  @Field(() => String, { description: "Number of the order as the provider gave it (mã yêu cầu nộp)." })
  orderNumber!: NoticeRow["orderNumber"];
  @Field(() => VndScalar, { description: "Amount (số tiền)." })
  amountVnd!: NoticeRow["amountVnd"];
  @Field(() => DateTimeScalar, { description: "Time of the notice (thời điểm)." })
  at!: NoticeRow["at"];
  @Field(() => Dossier, {
    nullable: true,
    description: "Dossier of the order; null for an unknown order, NOT_FOUND outside the caller's reach (hồ sơ).",
  })
  dossier?: Dossier | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Time of the settlement; null while it is open (xử lý lúc).",
  })
  settledAt!: NoticeRow["settledAt"];
  @Field(() => String, { nullable: true, description: "What was done about it (cách xử lý)." })
  settlement!: NoticeRow["settlement"];
}

@ObjectType({ description: "A page of payment discrepancies, the oldest first (danh sách giao dịch cần xử lý)." })
export class PaymentDiscrepancyConnection {
  @Field(() => [PaymentDiscrepancy], { description: "The discrepancies (các giao dịch)." })
  nodes!: PaymentDiscrepancy[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

@ObjectType({ description: "Result of settling a payment discrepancy (kết quả xử lý)." })
export class PaymentDiscrepancyAct {
  @Field(() => PaymentDiscrepancy, {
    nullable: true,
    description: "The settled discrepancy; null if there are problems (giao dịch).",
  })
  discrepancy!: PaymentDiscrepancy | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}
