import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Directive, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { ExistingDossier } from "../../_shared/registers/problem-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { forTicket } from "../queue/serve-tickets.ts";
import { visibleCode } from "../rights.ts";
import { submissionForClient } from "../single-procedures/resolvers.ts";
import { DossierSubmission } from "../single-procedures/types.ts";
import { createDraft, draftByCode, replaceDraft } from "./drafts.ts";
import { DraftInput } from "./input.ts";
import { checkDraft, submitDraft } from "./submit-draft.ts";
import { Draft, DraftAct, DraftCheck, type DraftRow } from "./types.ts";

const CODE = "Code of the draft, with or without the hyphen (mã bản nháp).";
const REVISION = "Revision that the client has read (lần sửa đổi đã đọc).";
/** Status of a draft in the national list TrangThaiHoSo: newly submitted (mới đăng ký). */
const NATIONAL_STATUS_OF_DRAFT = 1;

@Resolver(() => Draft)
export class DraftResolver {
  @RequiresScopes("dossier:draft")
  @Query(() => Draft, {
    nullable: true,
    description:
      "A draft by its code, for its owner, its declarant and every desk; twenty wrong codes lock the caller for an hour (bản nháp hồ sơ).",
  })
  draft(@Arg("code", () => ID, { description: CODE }) code: string, @Ctx() ctx: OneStopContext): Promise<Draft> {
    return draftByCode(ctx, code);
  }

  @RequiresScopes("dossier:draft")
  @Directive("@cost(weight: 30)") // every agency checks its part
  @Query(() => DraftCheck, {
    nullable: true,
    description: "Checks a draft as if it were submitted now; writes nothing (kiểm tra bản nháp).",
  })
  async checkDraft(
    @Arg("code", () => ID, { description: CODE }) code: string,
    @Ctx() ctx: OneStopContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<DraftCheck> {
    const { problems, warnings } = await checkDraft(ctx, code, schema);
    return {
      ready: problems.length === 0,
      problems: problems.map(problemForClient),
      warnings: warnings.map(problemForClient),
    };
  }

  @RequiresScopes("dossier:draft")
  @Mutation(() => DraftAct, {
    nullable: true,
    description:
      'Stores a draft under a new short code until it expires; the content may be incomplete: `mutation { createDraft(input: {kind: DOSSIER, content: {procedure: "1.000894", office: "31471"}}, idempotencyKey: "phone-0001") { draft { code expiresAt } problems { message } } }` (lưu bản nháp).',
  })
  async createDraft(
    @Arg("input", () => DraftInput, { description: "The draft (nội dung bản nháp)." }) input: DraftInput,
    @Arg("idempotencyKey", () => String, {
      description: "1 to 200 printable ASCII characters; the same key and body give the same draft (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<DraftAct> {
    const { draft, problems } = await createDraft(ctx, input, idempotencyKey);
    return { draft, problems: problems.map(problemForClient) };
  }

  @RequiresScopes("dossier:draft")
  @Mutation(() => DraftAct, {
    nullable: true,
    description: "Replaces a draft, if nobody has replaced it since the given revision (sửa bản nháp).",
  })
  async replaceDraft(
    @Arg("code", () => ID, { description: CODE }) code: string,
    @Arg("revision", () => Int, { description: REVISION }) revision: number,
    @Arg("input", () => DraftInput, { description: "The whole new draft (nội dung bản nháp)." }) input: DraftInput,
    @Ctx() ctx: OneStopContext,
  ): Promise<DraftAct> {
    const { draft, problems } = await replaceDraft(ctx, code, revision, input);
    return { draft, problems: problems.map(problemForClient) };
  }

  @RequiresScopes("dossier:submit")
  @Directive("@cost(weight: 50)") // every agency checks its part
  @Mutation(() => DossierSubmission, {
    nullable: true,
    description:
      "Submits a dossier with a draft's content; the draft then refers to the dossier and loses its content (nộp hồ sơ từ bản nháp).",
  })
  async submitDraft(
    @Arg("code", () => ID, { description: CODE }) code: string,
    @Arg("revision", () => Int, { description: REVISION }) revision: number,
    @Arg("idempotencyKey", () => String, {
      description:
        "1 to 200 printable ASCII characters; the same key and draft give the same dossier (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Arg("waitMs", () => Int, { nullable: true, description: "Milliseconds to wait, at most 30,000 (thời gian chờ)." })
    waitMs: number | null,
    @Arg("ticket", () => ID, {
      nullable: true,
      description: "Id of the called queue ticket for which it is submitted (mã phiếu số thứ tự).",
    })
    ticket: string | null,
    @Ctx() ctx: OneStopContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<DossierSubmission> {
    const alongside = forTicket(ctx, ticket);
    const submission = { code, revision, idempotencyKey, waitMs: waitMs ?? 0, alongside };
    return submissionForClient(await submitDraft(ctx, submission, schema), ctx);
  }

  @FieldResolver(() => Int, { description: "Status code of the national portal: 1 (mã trạng thái quốc gia)." })
  nationalStatus(): number {
    return NATIONAL_STATUS_OF_DRAFT;
  }

  @FieldResolver(() => ExistingDossier, { nullable: true })
  async dossier(@Root() { dossierId }: DraftRow, @Ctx() ctx: OneStopContext): Promise<ExistingDossier | null> {
    if (!dossierId) return null;
    const { code } = await ctx.loaders.dossierById.load(dossierId);
    await visibleCode(ctx.db, ctx.caller, code);
    return { code };
  }
}

@Resolver(() => Dossier)
export class DossierDraftResolver {
  @FieldResolver(() => ID, {
    nullable: true,
    description: "Code of the draft from which the dossier was submitted (mã bản nháp đã nộp).",
  })
  draft(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext): Promise<string | null> {
    return ctx.loaders.draftByDossier.load(id);
  }
}
