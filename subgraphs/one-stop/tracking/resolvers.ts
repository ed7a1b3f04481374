import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { officeName } from "../../_shared/reference/offices.ts";
import { agencyOf } from "../../_shared/registers/agency-type.ts";
import { commonFacts } from "../acceptance/common-facts.ts";
import { isOverdue } from "../dossiers/dossier-list.ts";
import { dossierDueLines } from "../dossiers/due-explanation.ts";
import { reportSilentAgencies } from "../dossiers/silent-agencies.ts";
import { Bundle, type DossierRow, DueRule, Office } from "../dossiers/types.ts";
import { isUnanswered, nameOfStep, waitingSentence } from "../dossiers/waiting.ts";
import type { OneStopContext } from "../loaders.ts";
import { procedureAt } from "../procedures/catalogue.ts";
import { dutiesOf } from "./duties.ts";
import { dossierByReceipt } from "./receipt.ts";
import { TrackedDossier, TrackedHolder } from "./types.ts";

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
    return track(await dossierByReceipt(ctx, code, phoneLast4), ctx);
  }
}

@Resolver(() => TrackedDossier)
export class TrackedDossierResolver {
  @FieldResolver(() => Bundle, { description: "The combined procedure, or the single one (thủ tục)." })
  bundle(@Root() dossier: DossierRow, @Ctx() { loaders }: OneStopContext): Bundle {
    const { procedureCode: code, procedureName, definitionId, definitionVersion } = dossier;
    const name = procedureName ?? loaders.desk().kinds.pinned(definitionId, definitionVersion).definition.name;
    return { code, name };
  }

  @FieldResolver(() => Office, { description: "Office that received it (nơi tiếp nhận)." })
  office(@Root() { office }: DossierRow): Office {
    return { code: office, name: officeName(office) };
  }

  @FieldResolver(() => TrackedHolder, {
    nullable: true,
    description:
      "In whose hands it lies now; null once every agency has decided, or it has ended (nơi đang giữ hồ sơ).",
  })
  heldBy(@Root() { holdings, receivedAt }: DossierRow): TrackedHolder | null {
    const { at, holder, agency } = holdings.at(-1) ?? DESK_FROM_RECEIPT;
    return holder && { holder, agency: agency && agencyOf(agency), since: at === null ? receivedAt : new Date(at) };
  }

  @FieldResolver(() => [DueRule], {
    description: "Rules and days that made the due date, in their order (căn cứ tính hạn).",
  })
  dueAtExplanation(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): Promise<DueRule[]> {
    return dossierDueLines(dossier, ctx);
  }
}

/** Holding of a dossier whose holdings are not recorded. */
const DESK_FROM_RECEIPT = { at: null, holder: "DESK", agency: null } as const;

async function track(dossier: DossierRow, ctx: OneStopContext): Promise<TrackedDossier> {
  const all = await ctx.loaders.stepsByDossier.load(dossier.id);
  reportSilentAgencies(ctx, all);
  const steps = all.filter((step) => step.part);
  const { kinds } = ctx.loaders.desk();
  const { definition } = kinds.pinned(dossier.definitionId, dossier.definitionVersion);
  const payment = dossier.state === "AWAITING_PAYMENT" ? await ctx.loaders.paymentByDossier.load(dossier.id) : null;
  const told = [
    ...dutiesOf(dossier, all, { payment, byPost: await isByPost(dossier, ctx) }),
    ...all.filter(isUnanswered).map((step) => waitingSentence(definition, step)),
  ];
  return {
    ...dossier,
    overdue: isOverdue(dossier, ctx.now),
    steps: steps.map((step) => ({
      ...step,
      agency: agencyOf(step.agency),
      name: nameOfStep(definition, step),
      procedure:
        procedureAt(step.procedure, dossier.receivedAt) ?? procedureAt(dossier.procedureCode, dossier.receivedAt),
      supplementDueAt: step.state === "SUPPLEMENT_NEEDED" ? (step.supplement?.dueAt ?? null) : null,
    })),
    whatYouMustDo: told.map(({ text }) => text),
    whatYouMustDoEn: told.map(({ textEn }) => textEn),
  };
}

/** True if the results of a completed dossier are sent by post; the request is read only where there are results. */
async function isByPost({ id, state, outcome }: DossierRow, { loaders }: OneStopContext): Promise<boolean> {
  if (state !== "COMPLETED" || outcome === "REFUSED") return false;
  return commonFacts(await loaders.requestByDossier.load(id)).handover.method === "POST";
}
