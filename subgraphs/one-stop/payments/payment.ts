/**
 * States of a payment order. PENDING: to be paid; PAID; WAIVED: an officer exempted the applicant; REFUND_DUE: a refund is not paid
 * out yet; REFUNDED: all refunds are paid out; REVERSED: the provider took the payment back; EXPIRED: no payment is expected.
 */
export const PAYMENT_STATES = ["PENDING", "PAID", "WAIVED", "REFUND_DUE", "REFUNDED", "REVERSED", "EXPIRED"] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export const PAYMENT_METHODS = ["ELECTRONIC", "CASH"] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** Fee of a part within an order. `step` is the part's key; `amountVnd` is in dong. */
export type FeeLine = { readonly step: string; readonly name: string; readonly amountVnd: number };

/** Payment order of one dossier, as `decide` sees it. Amounts are in dong. */
export type SagaPayment = {
  readonly state: PaymentState;
  readonly amountVnd: number;
  readonly lines: readonly FeeLine[];
  /** Sum of the refunds ordered so far, paid out or not. */
  readonly refundVnd: number;
  /** Sum of the refunds paid out. */
  readonly refundedVnd: number;
  /** Number of the provider's transaction, or of the receipt for cash; null until it is stored. */
  readonly receipt?: string | null;
};

/** Amounts that an agency states to be paid, and the last day (yyyy-MM-dd) by its notice. */
export type Owed = { readonly lines: readonly FeeLine[]; readonly dueOn: string | null };

/** Pending order for the given fees. */
export function orderOf(lines: readonly FeeLine[]): SagaPayment {
  const amountVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0);
  return { state: "PENDING", amountVnd, lines, refundVnd: 0, refundedVnd: 0 };
}

/** True if the desk has received money for the order. */
export function isHeld(state: PaymentState): boolean {
  return state === "PAID" || state === "REFUND_DUE" || state === "REFUNDED";
}

/** True if the fee is to be paid. */
export function isOwed(state: PaymentState): boolean {
  return state === "PENDING" || state === "REVERSED";
}

/** Amount in Vietnamese notation, such as 10.000 đồng. */
export function dong(amountVnd: number): string {
  return `${new Intl.NumberFormat("vi-VN").format(amountVnd)} đồng`;
}
