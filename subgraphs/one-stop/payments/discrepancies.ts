import { and, asc, eq, gt, isNotNull, isNull, or } from "drizzle-orm";
import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { cursorInstant, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { idempotencyConflict, ownProblem, type Problem } from "../acceptance/problems.ts";
import { officerName } from "../casework/parts.ts";
import type { OneStopContext } from "../loaders.ts";
import { administeredDossiers } from "../rights.ts";
import { dossiers } from "../tables.ts";
import type { NoticeProblem } from "./notice.ts";
import { dong } from "./payment.ts";
import { discrepancySettled, settlementMissing } from "./problems.ts";
import { paymentNotices, payments } from "./tables.ts";
import type { NoticeRow } from "./types.ts";

const noticeCursor = z.tuple([cursorInstant, z.uuid()]);
const LONGEST_SETTLEMENT = 1_000;

/** A notice that a person has to review, with the code of its dossier. */
export type Discrepancy = NoticeRow & { problem: NoticeProblem; code: string | null; applicant: string | null };

/** Person for the access log; a notice of a person that the desk does not know is named by its own id. */
const personOf = ({ applicant, code, id }: Discrepancy): string => applicant ?? code ?? id;

/** A page of the open discrepancies within the caller's reach, the oldest first. */
export async function openDiscrepancies(ctx: OneStopContext, first: number, after: string | null) {
  const size = pageSize(first);
  const [at, id] = after ? decodeCursor(after, noticeCursor) : [];
  const from =
    at === undefined || id === undefined
      ? undefined
      : or(gt(paymentNotices.at, new Date(at)), and(eq(paymentNotices.at, new Date(at)), gt(paymentNotices.id, id)));
  const rows = await selection(ctx)
    .where(
      and(isNotNull(paymentNotices.problem), isNull(paymentNotices.settledAt), administeredDossiers(ctx.caller), from),
    )
    .orderBy(asc(paymentNotices.at), asc(paymentNotices.id))
    .limit(size + 1);
  const page = pageOf(rows.flatMap(discrepancyOf), size, (row) => [row.at.getTime(), row.id]);
  for (const each of page.nodes) ctx.access.read(personOf(each), each.code);
  return page;
}

/** Closes a discrepancy with a note. If two persons do so at once, one succeeds and the other learns who did. @throws NOT_FOUND */
export async function settleDiscrepancy(
  ctx: OneStopContext,
  id: string,
  settlement: string,
  idempotencyKey: string,
): Promise<{ discrepancy: Discrepancy | null; problems: Problem[] }> {
  demandIdempotencyKey(idempotencyKey);
  const found = z.uuid().safeParse(id).success ? await discrepancy(ctx, id) : null;
  if (!found) throw notFound("payment discrepancy");
  const text = settlement.trim();
  if (text.length === 0 || text.length > LONGEST_SETTLEMENT)
    return { discrepancy: null, problems: [ownProblem(["settlement"], settlementMissing())] };
  const settledKey = `${idempotencyKey} ${bodyHash({ id, text })}`;
  const { subject } = ctx.caller;
  const name = officerName(ctx.caller);
  await ctx.db.transaction(async (tx) => {
    const written = await tx
      .update(paymentNotices)
      .set({ settledAt: ctx.now, settledBy: subject, settledName: name, settlement: text, settledKey })
      .where(and(eq(paymentNotices.id, id), isNull(paymentNotices.settledAt)))
      .returning({ id: paymentNotices.id });
    const caller = { ...ctx.caller, ...(found.code !== null && { purpose: found.code }) };
    if (written.length > 0) await recordChange(tx, caller, [personOf(found)], ["PaymentDiscrepancy"]);
  });
  const now = await discrepancy(ctx, id);
  if (now?.settledBy === subject && now.settledKey === settledKey) return { discrepancy: now, problems: [] };
  const isSameKey = now?.settledBy === subject && now.settledKey?.startsWith(`${idempotencyKey} `) === true;
  const fault = isSameKey ? idempotencyConflict() : discrepancySettled(now?.settledName ?? "");
  return { discrepancy: null, problems: [ownProblem([isSameKey ? "idempotencyKey" : "id"], fault)] };
}

async function discrepancy(ctx: OneStopContext, id: string): Promise<Discrepancy | null> {
  const rows = await selection(ctx).where(
    and(eq(paymentNotices.id, id), isNotNull(paymentNotices.problem), administeredDossiers(ctx.caller)),
  );
  return rows.flatMap(discrepancyOf)[0] ?? null;
}

function selection({ db }: OneStopContext) {
  return db
    .select({ notice: paymentNotices, code: dossiers.code, applicant: dossiers.applicantPersonalId })
    .from(paymentNotices)
    .leftJoin(payments, eq(payments.id, paymentNotices.paymentId))
    .leftJoin(dossiers, eq(dossiers.id, payments.dossierId));
}

type Selected = { notice: NoticeRow } & Pick<Discrepancy, "code" | "applicant">;

function discrepancyOf({ notice, ...dossier }: Selected): Discrepancy[] {
  return notice.problem === null ? [] : [{ ...notice, problem: notice.problem, ...dossier }];
}

/** Reason of a discrepancy with its amount, in Vietnamese and English. */
export function textsOf({ problem, amountVnd, transaction, orderNumber }: Discrepancy): {
  text: string;
  textEn: string;
} {
  const [vi, en] = TEXTS[problem];
  return {
    text: `${vi}: ${dong(amountVnd)}, mã giao dịch ${transaction}, yêu cầu nộp ${orderNumber}`,
    textEn: `${en}: ${amountVnd} dong, transaction ${transaction}, order ${orderNumber}`,
  };
}

const TEXTS: Record<NoticeProblem, readonly [vi: string, en: string]> = {
  ORDER_UNKNOWN: [
    "Đã nhận tiền cho yêu cầu nộp không có trên hệ thống",
    "Money was received for an order that the desk does not have",
  ],
  AMOUNT_DIFFERS: ["Số tiền không khớp với yêu cầu nộp", "The amount differs from the order"],
  NOT_OWED: [
    "Đã nhận tiền cho khoản không còn phải nộp; đề nghị hoàn trả",
    "Money was received for a fee that was no longer owed; pay it back",
  ],
  TRANSACTION_USED: ["Giao dịch đã được dùng cho yêu cầu nộp khác", "The transaction has paid another order"],
  PAYMENT_UNKNOWN: [
    "Có thông báo đảo một giao dịch chưa được ghi nhận",
    "A payment was reversed that the desk has not recorded",
  ],
  REVERSED: ["Giao dịch nộp phí, lệ phí bị đảo; đề nghị thu lại", "The payment was reversed; collect the fee again"],
  REFUND_REFUSED: [
    "Cổng thanh toán từ chối hoàn trả; đề nghị chi trả tại quầy",
    "The provider refuses the refund; pay it at the counter",
  ],
  REFUND_NOT_DUE: [
    "Đã hoàn trả cho giao dịch nộp đã bị đảo; đề nghị thu hồi",
    "A refund was paid out although the payment had been reversed; claim it back",
  ],
};
