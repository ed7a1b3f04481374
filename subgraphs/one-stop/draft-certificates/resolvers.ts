import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { dossierAct, KEY } from "../casework/resolvers.ts";
import { DossierAct } from "../casework/types.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { confirmDraft, disputeDraft } from "./answer-draft.ts";
import { birthStep, toConfirm } from "./certificate.ts";
import { certificateFacts } from "./certificate-facts.ts";
import { DraftCertificate } from "./types.ts";

@Resolver(() => Dossier)
export class DraftCertificateResolver {
  @RequiresScopes("dossier:submit")
  @Mutation(() => DossierAct, {
    nullable: true,
    description:
      "Confirms the draft certificate of a dossier; the registration begins (xác nhận dự thảo giấy khai sinh).",
  })
  async confirmDraftCertificate(
    @Arg("dossier", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) dossier: string,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierAct> {
    return dossierAct(ctx, dossier, await confirmDraft(ctx, dossier, idempotencyKey));
  }

  @RequiresScopes("dossier:submit")
  @Mutation(() => DossierAct, {
    nullable: true,
    description:
      "States errors of the draft certificate of a dossier; an officer of civil status decides the registration (đề nghị sửa dự thảo giấy khai sinh).",
  })
  async disputeDraftCertificate(
    @Arg("dossier", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) dossier: string,
    @Arg("remark", () => String, { description: "The errors, 1 to 1,000 characters (nội dung cần sửa)." })
    remark: string,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierAct> {
    return dossierAct(ctx, dossier, await disputeDraft(ctx, dossier, remark, idempotencyKey));
  }

  @FieldResolver(() => DraftCertificate, {
    nullable: true,
    description:
      "Draft of the birth certificate that the applicant confirms; null where none is shown (dự thảo giấy khai sinh).",
  })
  async draftCertificate(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): Promise<DraftCertificate | null> {
    const { id, code, certificate, definitionId, definitionVersion, applicantPersonalId } = dossier;
    if (!certificate) return null;
    ctx.access.read(applicantPersonalId ?? code, code);
    const { kind, definition } = ctx.loaders.desk().kinds.pinned(definitionId, definitionVersion);
    const content = kind.contentFor(birthStep(definition)?.key ?? "", await ctx.loaders.requestByDossier.load(id), {});
    const [duty] = toConfirm(dossier);
    return { ...certificate, text: duty?.text ?? null, textEn: duty?.textEn ?? null, facts: certificateFacts(content) };
  }
}
