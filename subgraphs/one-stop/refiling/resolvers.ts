import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Resolver, Root } from "type-graphql";
import { ExistingDossier } from "../../_shared/registers/problem-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { Dossier, DossierPart, type DossierRow, type StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { visibleCode } from "../rights.ts";
import { submissionForClient } from "../single-procedures/resolvers.ts";
import { DossierSubmission } from "../single-procedures/types.ts";
import { RefileChanges } from "./input.ts";
import { refilePart } from "./refile-part.ts";

@Resolver()
export class RefilingResolver {
  @RequiresScopes("dossier:submit")
  @Directive("@cost(weight: 30)") // the agencies check the request anew
  @Mutation(() => DossierSubmission, {
    nullable: true,
    description:
      "Submits a part that has ended again, without the other parts, as a new dossier with the earlier facts (nộp lại phần việc).",
  })
  async refilePart(
    @Arg("part", () => ID, { description: "Id of the part that has ended (mã phần việc)." }) part: string,
    @Arg("changes", () => RefileChanges, {
      nullable: true,
      description: "Changes to the earlier request; none by default (nội dung thay đổi).",
    })
    changes: RefileChanges | null,
    @Arg("idempotencyKey", () => String, {
      description:
        "1 to 200 printable ASCII characters; the same key and body give the same dossier (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Arg("waitMs", () => Int, { nullable: true, description: "Milliseconds to wait, at most 30,000 (thời gian chờ)." })
    waitMs: number | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierSubmission> {
    const request = { part, changes: changes ?? {}, idempotencyKey, waitMs: waitMs ?? 0 };
    return submissionForClient(await refilePart(ctx, request), ctx);
  }
}

@Resolver(() => Dossier)
export class RefiledFromResolver {
  @FieldResolver(() => ExistingDossier, {
    nullable: true,
    description:
      "The dossier of which this one refiles a part; NOT_FOUND if it is not within the caller's reach (nộp lại từ hồ sơ).",
  })
  async refiledFrom(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext): Promise<ExistingDossier | null> {
    const code = await visibleCode(ctx.db, ctx.caller, await ctx.loaders.refiledFromByDossier.load(id));
    return code === null ? null : { code };
  }
}

@Resolver(() => DossierPart)
export class RefiledAsResolver {
  @FieldResolver(() => ExistingDossier, {
    nullable: true,
    description:
      "The dossier by which this part was refiled; NOT_FOUND if it is not within the caller's reach (đã nộp lại bằng hồ sơ).",
  })
  async refiledAs(@Root() { id }: StepRow, @Ctx() ctx: OneStopContext): Promise<ExistingDossier | null> {
    const code = await visibleCode(ctx.db, ctx.caller, await ctx.loaders.refiledAsByPart.load(id));
    return code === null ? null : { code };
  }
}
