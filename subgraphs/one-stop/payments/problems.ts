import { fault } from "../../_shared/reference/identifiers/parsed.ts";
import { dong } from "./payment.ts";

export const recordMalformed = () =>
  fault(
    "PAYMENT_RECORD_MALFORMED",
    "Đề nghị chọn đúng một nội dung: thu tiền mặt; miễn phí, lệ phí; hoặc hoàn trả",
    "Give exactly one of cash, waiver and refund",
  );
export const receiptMissing = () =>
  fault(
    "RECEIPT_MISSING",
    "Đề nghị ghi số biên lai hoặc số phiếu chi, từ 1 đến 50 ký tự",
    "Give the number of the receipt or payment slip, 1 to 50 characters",
  );
export const legalBasisMissing = () =>
  fault(
    "LEGAL_BASIS_MISSING",
    "Đề nghị ghi căn cứ pháp lý của việc miễn phí, lệ phí, từ 1 đến 500 ký tự",
    "State the legal basis of the waiver, 1 to 500 characters",
  );
export const nothingToPay = () =>
  fault(
    "NOTHING_TO_PAY",
    "Hồ sơ không còn phí, lệ phí phải nộp",
    "The dossier has no fee to pay: it is free, paid or waived, or the order has expired",
  );
export const feeAmountDiffers = (amountVnd: number) =>
  fault(
    "FEE_AMOUNT_DIFFERS",
    `Số tiền thu phải đúng với mức đã công bố là ${dong(amountVnd)}`,
    `The amount must be the published fee of ${amountVnd} dong`,
  );
export const amountImpossible = (most: number) =>
  fault(
    "AMOUNT_IMPOSSIBLE",
    `Số tiền phải lớn hơn 0 và không quá ${dong(most)}; đề nghị kiểm tra lại số tiền trên biên lai`,
    `The amount must be more than 0 and at most ${most} dong; compare it with the receipt`,
  );
export const nothingToRefund = () =>
  fault("NOTHING_TO_REFUND", "Hồ sơ không có khoản phải hoàn trả", "No refund of the dossier is due");
export const refundUnderWay = () =>
  fault(
    "REFUND_UNDER_WAY",
    "Khoản hoàn trả đang được thực hiện qua cổng thanh toán; đề nghị không chi trả tại quầy",
    "The payment provider is paying this refund out; do not pay it at the counter",
  );
export const feeNotPaid = (amountVnd: number) =>
  fault(
    "FEE_NOT_PAID",
    `Chưa nộp phí, lệ phí ${dong(amountVnd)} của hồ sơ; đề nghị thu trước khi trả kết quả`,
    `The fee of ${amountVnd} dong is not paid; record it before the handover`,
  );
export const discrepancySettled = (by: string) =>
  fault("DISCREPANCY_SETTLED", `Giao dịch này đã được ${by} xử lý`, `${by} has already settled this discrepancy`);
export const settlementMissing = () =>
  fault(
    "SETTLEMENT_MISSING",
    "Đề nghị ghi cách xử lý, từ 1 đến 1.000 ký tự",
    "State how the discrepancy was settled, 1 to 1,000 characters",
  );
