import { Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { commonFacts } from "../acceptance/common-facts.ts";
import { dueWithoutApology } from "../dossiers/due-explanation.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { paperName } from "../single-procedures/required-papers.ts";
import { handedOver } from "./handed-over.ts";
import { issuedPapersOf } from "./issued-papers.ts";
import { letterOf } from "./letter.ts";
import { Apology, DossierLetter, HandedOver, IssuedPaper, SubmittedPaper } from "./types.ts";

@Resolver(() => Dossier)
export class IssuedPapersResolver {
  @Directive("@listSize(assumedSize: 8)")
  @FieldResolver(() => [IssuedPaper], {
    description: "Papers that exist for the dossier in its present state (các giấy tờ được cấp).",
  })
  issuedPapers(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): Promise<IssuedPaper[]> {
    return issuedPapersOf(dossier, ctx);
  }

  @Directive("@listSize(assumedSize: 5)")
  @FieldResolver(() => [SubmittedPaper], {
    description: "Papers that were submitted with the dossier (thành phần hồ sơ đã nộp).",
  })
  async submittedPapers(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext): Promise<SubmittedPaper[]> {
    const { papers } = commonFacts(await ctx.loaders.requestByDossier.load(id));
    return (papers ?? []).map(({ code, kind }) => ({ code, name: paperName(code), kind: kind ?? null }));
  }

  @FieldResolver(() => Apology, {
    nullable: true,
    description: "Apology for a delay; null if none was needed (thư xin lỗi).",
  })
  async apology(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): Promise<Apology | null> {
    const at = dossier.marks.APOLOGISED;
    return at ? { at, promisedFor: await dueWithoutApology(dossier, ctx) } : null;
  }

  @RequiresScopes("citizen:read")
  @FieldResolver(() => HandedOver, {
    nullable: true,
    description: "Handover of the results; null before it (việc trả kết quả).",
  })
  async handedOver(
    @Root() { id, code, applicantPersonalId }: DossierRow,
    @Ctx() ctx: OneStopContext,
  ): Promise<HandedOver | null> {
    ctx.access.read(applicantPersonalId ?? code, code);
    return handedOver(ctx.db, id);
  }

  @RequiresScopes("citizen:read")
  @FieldResolver(() => DossierLetter, {
    nullable: true,
    description: "Letter to the family, where the office sends one (thư chúc mừng, thư chia buồn).",
  })
  async letter(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): Promise<DossierLetter | null> {
    const { applicantPersonalId, code } = dossier;
    ctx.access.read(applicantPersonalId ?? code, code);
    return letterOf(dossier, ctx);
  }
}
