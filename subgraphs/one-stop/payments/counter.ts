import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { notFound } from "../../_shared/serving/errors.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import { applyAct, type Consequences, RevisionChanged } from "../casework/acts.ts";
import { officerName } from "../casework/parts.ts";
import { dossierByCode } from "../dossiers/dossier-list.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import type { LiveDossier } from "../saga/dossier.ts";
import { nameOf, partWithCalculatedFee } from "./fees.ts";
import type { CashInput, PaymentRecordInput } from "./input.ts";
import { dong, isOwed, orderOf, type SagaPayment } from "./payment.ts";
import * as problems from "./problems.ts";

const LONGEST_RECEIPT = 50;
const LONGEST_BASIS = 500;
/** Well above every fee that the catalogue's laws allow: a larger amount is a slip of the keyboard. */
const MOST_CALCULATED_FEE_VND = 100_000_000;

/**
 * Records a clerk's act on the fee of a dossier: cash, a waiver, or a refund that was paid out. One key acts once.
 * @throws NOT_FOUND
 */
export async function recordPayment(
  ctx: OneStopContext,
  code: string,
  input: PaymentRecordInput,
  idempotencyKey: string,
): Promise<Problem | null> {
  const row = await dossierByCode(ctx.db, ctx.caller, code);
  if (!row) throw notFound("dossier");
  const { cash, waiver, refund } = input;
  if ([cash, waiver, refund].filter((each) => each != null).length !== 1)
    return ownProblem(["input"], problems.recordMalformed());
  const receipt = cash ?? refund;
  if (receipt && !isText(receipt.receipt, LONGEST_RECEIPT))
    return ownProblem(["input", cash ? "cash" : "refund", "receipt"], problems.receiptMissing());
  if (waiver && !isText(waiver.legalBasis, LONGEST_BASIS))
    return ownProblem(["input", "waiver", "legalBasis"], problems.legalBasisMissing());
  const act = { kind: "PAYMENT", idempotencyKey, body: { code, input }, dossierId: row.id, stepId: null } as const;
  return applyAct(ctx, act, (dossier) => {
    if (cash) return cashPaid(ctx, row, dossier, cash);
    if (waiver) return waived(ctx, dossier, waiver.legalBasis.trim());
    return refunded(ctx, dossier, refund?.receipt.trim() ?? "");
  });
}

function isText(text: string, longest: number): boolean {
  const { length } = text.trim();
  return length > 0 && length <= longest;
}

/** A fixed fee is paid exactly. A fee that the clerk calculates becomes an order of the amount received. */
function cashPaid(
  ctx: OneStopContext,
  { channel }: DossierRow,
  { id, definition, payment }: LiveDossier,
  { amountVnd, receipt }: CashInput,
): Consequences {
  const path = ["input", "cash", "amountVnd"];
  if (payment && !isOwed(payment.state)) return { problem: ownProblem(["dossier"], problems.nothingToPay()) };
  if (amountVnd <= 0) return { problem: ownProblem(path, problems.amountImpossible(MOST_CALCULATED_FEE_VND)) };
  const calculated = partWithCalculatedFee(definition, channel);
  if (!payment && !calculated) return { problem: ownProblem(["dossier"], problems.nothingToPay()) };
  const isOtherAmount = payment !== null && payment.amountVnd !== amountVnd;
  if (isOtherAmount && (!calculated || payment.state !== "PENDING"))
    return { problem: ownProblem(path, problems.feeAmountDiffers(payment.amountVnd)) };
  if (amountVnd > MOST_CALCULATED_FEE_VND && payment?.amountVnd !== amountVnd)
    return { problem: ownProblem(path, problems.amountImpossible(MOST_CALCULATED_FEE_VND)) };
  const line = calculated && { step: calculated.key, name: nameOf(calculated), amountVnd };
  const order = (!payment || isOtherAmount) && line ? orderOf([line]) : undefined;
  const note = `Đã thu tiền mặt ${dong(amountVnd)}, biên lai ${receipt.trim()}`;
  return {
    events: [{ kind: "PAID", note }],
    ...(order && { order }),
    async before(sql) {
      if (order) await writeOrder(sql, id, order);
      await sql`
        update payments set payment_method = 'CASH', paid_at = ${ctx.now}, receipt = ${receipt.trim()}, transaction = null,
               recorded_by = ${ctx.caller.subject}, recorded_name = ${officerName(ctx.caller)} where dossier_id = ${id}`;
    },
  };
}

async function writeOrder(sql: postgres.Sql, dossierId: string, { amountVnd, lines }: SagaPayment): Promise<void> {
  await sql`
    insert into payments (id, dossier_id, state, amount_vnd, lines)
    values (${uuidv7()}, ${dossierId}, 'PENDING', ${amountVnd}, ${sql.json(lines as never)})
    on conflict (dossier_id) do update set amount_vnd = excluded.amount_vnd, lines = excluded.lines`;
}

function waived({ caller }: OneStopContext, { id, payment }: LiveDossier, legalBasis: string): Consequences {
  if (!payment || !isOwed(payment.state)) return { problem: ownProblem(["dossier"], problems.nothingToPay()) };
  return {
    events: [{ kind: "PAYMENT_WAIVED", note: `Miễn phí, lệ phí ${dong(payment.amountVnd)}: ${legalBasis}` }],
    before: (sql) => sql`
      update payments set waiver_basis = ${legalBasis}, recorded_by = ${caller.subject}, recorded_name = ${officerName(caller)}
       where dossier_id = ${id}`,
  };
}

/** Records a refund that was paid out at the counter: of cash, or after the provider refused it. */
async function refunded(ctx: OneStopContext, dossier: LiveDossier, receipt: string): Promise<Consequences> {
  const { id, payment } = dossier;
  if (payment?.state !== "REFUND_DUE") return { problem: ownProblem(["dossier"], problems.nothingToRefund()) };
  const [open] = await ctx.database.sql<{ electronic: boolean }[]>`
    select bool_or(r.next_attempt_at is not null) as electronic
      from payment_refunds r join payments p on p.id = r.payment_id where p.dossier_id = ${id} and r.done_at is null`;
  if (open?.electronic) return { problem: ownProblem(["dossier"], problems.refundUnderWay()) };
  const amountVnd = payment.refundVnd - payment.refundedVnd;
  const note = `Đã hoàn trả tiền mặt ${dong(amountVnd)}, phiếu chi ${receipt}`;
  return {
    events: [{ kind: "REFUNDED", amountVnd, note }],
    async before(sql) {
      const done = await sql<{ amountVnd: number }[]>`
        update payment_refunds r set done_at = ${ctx.now}, receipt = ${receipt} from payments p
         where p.dossier_id = ${id} and r.payment_id = p.id and r.done_at is null and r.next_attempt_at is null
        returning r.amount_vnd::float8 as "amountVnd"`;
      if (done.reduce((sum, each) => sum + each.amountVnd, 0) !== amountVnd) throw new RevisionChanged();
    },
  };
}
