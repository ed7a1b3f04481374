import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { DossierAct, Officer } from "../casework/types.ts";
import { dossierByCode } from "../dossiers/dossier-list.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { recordPayment } from "./counter.ts";
import { type Discrepancy, openDiscrepancies, settleDiscrepancy, textsOf } from "./discrepancies.ts";
import { PaymentRecordInput } from "./input.ts";
import { isOwed } from "./payment.ts";
import {
  Payment,
  PaymentDiscrepancy,
  PaymentDiscrepancyAct,
  PaymentDiscrepancyConnection,
  PaymentRefund,
  type PaymentRow,
  type RefundRow,
} from "./types.ts";

const KEY = "1 to 200 printable ASCII characters; the same key and body act once (khóa chống trùng).";

@Resolver(() => Dossier)
export class DossierPaymentResolver {
  @FieldResolver(() => Payment, {
    nullable: true,
    description: "Payment order for the fees; null if the dossier has none (nộp phí, lệ phí).",
  })
  async payment(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext) {
    const row = await ctx.loaders.paymentByDossier.load(id);
    if (!row) return null;
    const { paymentMethod: method, waiverBasis: legalBasis, transaction } = row;
    return { ...row, method, legalBasis, lines: [...row.lines], receipt: row.receipt ?? transaction };
  }
}

@Resolver(() => Payment)
export class PaymentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Address of the provider's page for the payment; null unless the order is PENDING there (địa chỉ nộp).",
  })
  payUrl(@Root() { state, payUrl }: PaymentRow): string | null {
    return isOwed(state) && state !== "REVERSED" ? payUrl : null;
  }

  @FieldResolver(() => Officer, {
    nullable: true,
    description: "Clerk who received the cash or recorded the waiver (cán bộ ghi nhận).",
  })
  recordedBy(@Root() { recordedBy, recordedName }: PaymentRow): Officer | null {
    return recordedBy === null ? null : { id: recordedBy, name: recordedName ?? recordedBy };
  }

  @Directive("@listSize(assumedSize: 2)")
  @FieldResolver(() => [PaymentRefund], { description: "The refunds, the oldest first (các khoản hoàn trả)." })
  refunds(@Root() { id }: PaymentRow, @Ctx() ctx: OneStopContext): Promise<RefundRow[]> {
    return ctx.loaders.refundsByPayment.load(id);
  }
}

@Resolver()
export class PaymentActsResolver {
  @RequiresScopes("payment:record")
  @Mutation(() => DossierAct, {
    nullable: true,
    description: "Records cash, a waiver or a refund of a dossier's fee at the counter (ghi nhận thu phí, lệ phí).",
  })
  async recordPayment(
    @Arg("dossier", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) code: string,
    @Arg("input", () => PaymentRecordInput, { description: "The act (nội dung)." }) input: PaymentRecordInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierAct> {
    const problem = await recordPayment(ctx, code, input, idempotencyKey);
    if (problem) return { dossier: null, problems: [problemForClient(problem)] };
    return { dossier: await dossierByCode(ctx.db, ctx.caller, code), problems: [] };
  }

  @RequiresScopes("payment:review")
  @Directive(PAGED)
  @Query(() => PaymentDiscrepancyConnection, {
    nullable: true,
    description: "Notices of the payment provider that a person has to review, the oldest first (giao dịch cần xử lý).",
  })
  paymentDiscrepancies(
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ) {
    return openDiscrepancies(ctx, first, after ?? null);
  }

  @RequiresScopes("payment:review")
  @Mutation(() => PaymentDiscrepancyAct, {
    nullable: true,
    description: "Closes a payment discrepancy with a note of what was done (xử lý giao dịch).",
  })
  async settlePaymentDiscrepancy(
    @Arg("id", () => ID, { description: "Id of the discrepancy (mã)." }) id: string,
    @Arg("settlement", () => String, { description: "What was done, at most 1,000 characters (cách xử lý)." })
    settlement: string,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ) {
    const { discrepancy, problems } = await settleDiscrepancy(ctx, id, settlement, idempotencyKey);
    return { discrepancy, problems: problems.map(problemForClient) };
  }
}

@Resolver(() => PaymentDiscrepancy)
export class PaymentDiscrepancyResolver {
  @FieldResolver()
  reason(@Root() { problem }: Discrepancy): Discrepancy["problem"] {
    return problem;
  }

  @FieldResolver()
  text(@Root() discrepancy: Discrepancy): string {
    return textsOf(discrepancy).text;
  }

  @FieldResolver()
  textEn(@Root() discrepancy: Discrepancy): string {
    return textsOf(discrepancy).textEn;
  }

  @FieldResolver(() => Dossier, { nullable: true })
  async dossier(@Root() { code }: Discrepancy, @Ctx() ctx: OneStopContext): Promise<Dossier | null> {
    if (code === null) return null;
    const found = await dossierByCode(ctx.db, ctx.caller, code);
    if (!found) throw notFound("dossier");
    return found;
  }
}
