/** Kinds of notices: money arrived; the provider reversed a payment; the provider refused a refund, or has paid it out. */
export const NOTICE_KINDS = ["PAID", "REVERSED", "REFUSED_REFUND", "PAID_REFUND"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Sources of a notice: sent by the provider, or learned from its answer to the desk. */
export const NOTICE_SOURCES = ["CALLBACK", "QUERY"] as const;
export type NoticeSource = (typeof NOTICE_SOURCES)[number];

/** Reasons for which a person has to review a notice. */
export const NOTICE_PROBLEMS = [
  "ORDER_UNKNOWN",
  "AMOUNT_DIFFERS",
  "NOT_OWED",
  "TRANSACTION_USED",
  "PAYMENT_UNKNOWN",
  "REVERSED",
  "REFUND_REFUSED",
  "REFUND_NOT_DUE",
] as const;
export type NoticeProblem = (typeof NOTICE_PROBLEMS)[number];

/** A notice of the provider. */
export type Notice = {
  kind: NoticeKind;
  /** The provider's number of the transaction that paid, or of the one that is reversed; at most 100 characters. */
  transaction: string;
  /** Number of the order, as the desk gave it. */
  order: string;
  amountVnd: number;
};
