import { eq } from "drizzle-orm";
import { Arg, Ctx, Directive, ID, Query, Resolver } from "type-graphql";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { parseDossierCode } from "../../_shared/reference/identifiers/dossier-code.ts";
import { badUserInput, notFound, rateLimited } from "../../_shared/serving/errors.ts";
import { agencyOf } from "../agencies/types.ts";
import { isOverdue } from "../dossiers/dossier-list.ts";
import { reportSilentAgencies } from "../dossiers/silent-agencies.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import { isUnanswered, waitingText } from "../dossiers/waiting.ts";
import { toConfirm } from "../draft-certificates/certificate.ts";
import type { OneStopContext } from "../loaders.ts";
import { dong } from "../payments/payment.ts";
import type { PaymentRow } from "../payments/types.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import { dossiers } from "../tables.ts";
import { countAttempt } from "./attempts.ts";
import { TrackedDossier } from "./types.ts";

@Resolver()
export class TrackingResolver {
  @Directive("@cost(weight: 10)") // each attempt is written to the database
  @Query(() => TrackedDossier, {
    nullable: true,
    description:
      "A dossier by its code and the last four digits of the phone, public; five wrong attempts lock the code for an hour (tra cứu).",
  })
  async trackDossier(
    @Arg("code", () => ID, { description: "Code on the receipt (mã hồ sơ)." }) code: string,
    @Arg("phoneLast4", () => String, { description: "Last four digits of the phone (bốn số cuối điện thoại)." })
    phoneLast4: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<TrackedDossier> {
    if (!/^\d{4}$/.test(phoneLast4)) throw badUserInput("phoneLast4 is exactly four digits", "phoneLast4");
    if (!parseDossierCode(code).ok) throw notFound("dossier");
    return track(code, phoneLast4, ctx);
  }
}

async function track(code: string, phoneLast4: string, ctx: OneStopContext): Promise<TrackedDossier> {
  const [dossier] = await ctx.db.select().from(dossiers).where(eq(dossiers.code, code));
  const isRight = dossier?.phoneLast4 === phoneLast4;
  const locked = await countAttempt(ctx.database.sql, code, isRight);
  if (locked > 0) {
    throw rateLimited(
      "Too many wrong attempts at this code; try again later (Nhập sai quá nhiều lần, đề nghị thử lại sau)",
      locked,
    );
  }
  if (!dossier || !isRight) throw notFound("dossier");
  ctx.access.read(dossier.applicantPersonalId ?? code, code);
  const all = await ctx.loaders.stepsByDossier.load(dossier.id);
  reportSilentAgencies(ctx, all);
  const steps = all.filter((step) => step.part);
  const { kinds } = ctx.loaders.desk();
  const { definition } = kinds.pinned(dossier.definitionId, dossier.definitionVersion);
  const waits = all.filter(isUnanswered).map((step) => waitingText(definition, step));
  const payment = dossier.state === "AWAITING_PAYMENT" ? await ctx.loaders.paymentByDossier.load(dossier.id) : null;
  return {
    ...dossier,
    overdue: isOverdue(dossier, ctx.now),
    steps: steps.map((step) => ({ ...step, agency: agencyOf(step.agency), procedure: procedureOf(step.procedure) })),
    whatYouMustDo: [
      ...toPay(payment),
      ...toConfirm(dossier).map(({ text }) => text),
      ...duties(steps),
      ...(await toCollect(dossier, ctx)),
      ...waits,
    ],
  };
}

/** The awaited fee, with the place and the end of the term to pay it. */
function toPay(payment: PaymentRow | null): string[] {
  if (!payment) return [];
  const by = payment.payBy ? ` trước hết ngày ${legalDayOf(payment.payBy).split("-").reverse().join("/")}` : "";
  const place = payment.payUrl ? `tại ${payment.payUrl} hoặc tại Bộ phận Một cửa` : "tại Bộ phận Một cửa";
  return [`Nộp phí, lệ phí ${dong(payment.amountVnd)} ${place}${by}; hồ sơ được giải quyết sau khi nộp`];
}

/** Actions that only the citizen can take now. */
function duties(steps: StepRow[]): string[] {
  const papers = steps.flatMap((step) => (step.state === "SUPPLEMENT_NEEDED" ? (step.supplement?.items ?? []) : []));
  const refused = steps.filter((step) => step.state === "REFUSED" && step.refusal);
  return [
    ...papers.map((item) => `Bổ sung: ${item.description}`),
    ...refused.map((step) => `${agencyOf(step.agency).name} từ chối: ${step.refusal?.message ?? ""}`),
  ];
}

async function toCollect({ id, state, outcome }: DossierRow, { loaders }: OneStopContext): Promise<string[]> {
  if (state !== "COMPLETED" || outcome === "REFUSED") return [];
  const { handover } = await loaders.choicesByDossier.load(id);
  return handover.method === "POST" ? [] : ["Đến Bộ phận Một cửa nhận kết quả"];
}
