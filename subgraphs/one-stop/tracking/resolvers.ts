import { eq } from "drizzle-orm";
import { Arg, Ctx, Directive, ID, Query, Resolver } from "type-graphql";
import { parseDossierCode } from "../../_shared/reference/identifiers/dossier-code.ts";
import { badUserInput, notFound, rateLimited } from "../../_shared/serving/errors.ts";
import { agencyOf } from "../agencies/types.ts";
import { isOverdue } from "../dossiers/list.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import { isUnanswered, waitingText } from "../dossiers/waiting.ts";
import type { OneStopContext } from "../loaders.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import { dossiers } from "../tables.ts";
import { forgive, takeAttempt } from "./attempts.ts";
import { TrackedDossier } from "./types.ts";

@Resolver()
export class TrackingResolver {
  @Directive("@cost(weight: 10)") // each guess is written down
  @Query(() => TrackedDossier, {
    nullable: true,
    description:
      "Public: a dossier by code and the last four digits of the phone; five wrong attempts lock the code for an hour (tra cứu).",
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
  const { sql } = ctx.database;
  const locked = await takeAttempt(sql, code);
  if (locked > 0) {
    throw rateLimited(
      "Too many wrong attempts at this code; try again later (Nhập sai quá nhiều lần, hãy thử lại sau)",
      locked,
    );
  }
  const [dossier] = await ctx.db.select().from(dossiers).where(eq(dossiers.code, code));
  if (!dossier || dossier.phoneLast4 !== phoneLast4) throw notFound("dossier");
  await forgive(sql, code);
  ctx.access.read(dossier.applicantPersonalId ?? code, code);
  const all = await ctx.loaders.stepsByDossier.load(dossier.id);
  const steps = all.filter((step) => step.part);
  const definition = await ctx.loaders.definitionByDossier.load(dossier.id);
  const waits = all.filter(isUnanswered).map((step) => waitingText(definition, step));
  return {
    ...dossier,
    overdue: isOverdue(dossier, ctx.now),
    steps: steps.map((step) => ({ ...step, agency: agencyOf(step.agency), procedure: procedureOf(step.procedure) })),
    whatYouMustDo: [...duties(dossier, steps), ...waits],
  };
}

/** Actions that only the citizen can take now. */
function duties({ state, outcome }: DossierRow, steps: StepRow[]): string[] {
  const papers = steps.flatMap((step) => (step.state === "SUPPLEMENT_NEEDED" ? (step.supplement?.items ?? []) : []));
  const collect = state === "COMPLETED" && outcome !== "REFUSED" ? ["Đến Bộ phận Một cửa nhận kết quả"] : [];
  const refused = steps.filter((step) => step.state === "REFUSED" && step.refusal);
  return [
    ...papers.map((item) => `Bổ sung: ${item.description}`),
    ...refused.map((step) => `${agencyOf(step.agency).name} từ chối: ${step.refusal?.message ?? ""}`),
    ...collect,
  ];
}
