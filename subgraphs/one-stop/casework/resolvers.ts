import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { PAGED } from "../../_shared/registers/pages.ts";
import { ExistingDossier } from "../../_shared/registers/problem-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import type { Problem as FoundProblem } from "../acceptance/problems.ts";
import { dossierByCode } from "../dossiers/dossier-list.ts";
import { PartResult } from "../dossiers/result-types.ts";
import { DossierPart, PartRefused, type StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { visibleCode } from "../rights.ts";
import { answerSupplement, returnResults, withdraw } from "./citizen-acts.ts";
import { decidePart } from "./decisions.ts";
import { DecisionInput, ReturnInput, SupplementAnswerInput, WorkFilter } from "./input.ts";
import { likenessesOf, maySeeLikenesses, namingEntries, type PartLikeness } from "./part-likenesses.ts";
import { claim, release, workablePart } from "./parts.ts";
import { DossierAct, Likeness as LikenessType, Officer, PartAct, WithdrawalResult, WorkConnection } from "./types.ts";
import { riskOf, workList } from "./work-list.ts";

export const KEY = "1 to 200 printable ASCII characters; the same key and body act once (khóa chống trùng).";

async function partAct(ctx: OneStopContext, partId: string, problem: FoundProblem | null): Promise<PartAct> {
  const problems = problem ? [problemForClient(problem)] : [];
  return { part: await workablePart(ctx, partId), problems };
}

export async function dossierAct(ctx: OneStopContext, code: string, problem: FoundProblem | null): Promise<DossierAct> {
  if (problem) return { dossier: null, problems: [problemForClient(problem)] };
  return { dossier: await dossierByCode(ctx.db, ctx.caller, code), problems: [] };
}

@Resolver()
export class WorkResolver {
  @RequiresScopes("work:read")
  @Directive(PAGED)
  @Query(() => WorkConnection, {
    nullable: true,
    description: "Open parts that the caller may work on, the first due first (danh sách việc cần giải quyết).",
  })
  async workList(
    @Arg("filter", () => WorkFilter, { nullable: true, description: "Filter (bộ lọc)." }) filter: WorkFilter | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<WorkConnection> {
    const page = await workList(ctx, filter ?? {}, first, after ?? null);
    for (const { dossier } of page.nodes) ctx.access.read(dossier.applicantPersonalId ?? dossier.code);
    const nodes = page.nodes.map(({ part, dossier }) => {
      const claimedBy = officerOf(part.claimedBy, part.claimedName);
      return { id: part.id, part, dossier, risk: riskOf(part, ctx.now), claimedBy };
    });
    return { ...page, nodes };
  }

  @RequiresScopes("work:decide")
  @Mutation(() => PartAct, {
    nullable: true,
    description:
      "Claims a part. If two officers claim it at once, one succeeds and the other gets ALREADY_CLAIMED (nhận việc).",
  })
  async claimPart(
    @Arg("part", () => ID, { description: "Id of the part (mã phần việc)." }) part: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<PartAct> {
    return partAct(ctx, part, await claim(ctx, part));
  }

  @RequiresScopes("work:decide")
  @Mutation(() => PartAct, { nullable: true, description: "Releases a claimed part (trả lại việc)." })
  async releasePart(
    @Arg("part", () => ID, { description: "Id of the part (mã phần việc)." }) part: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<PartAct> {
    return partAct(ctx, part, await release(ctx, part));
  }

  @RequiresScopes("work:decide")
  @Mutation(() => PartAct, {
    nullable: true,
    description: "Decides an open part: grant, refusal, request for papers or extension; made once (giải quyết).",
  })
  async decidePart(
    @Arg("part", () => ID, { description: "Id of the part (mã phần việc)." }) part: string,
    @Arg("decision", () => DecisionInput, { description: "The decision (quyết định)." }) decision: DecisionInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<PartAct> {
    return partAct(ctx, part, await decidePart(ctx, part, namingEntries(decision), idempotencyKey));
  }

  @RequiresScopes("dossier:submit")
  @Mutation(() => DossierAct, {
    nullable: true,
    description: "Answers the open supplements of a dossier; the clocks of its parts go on (bổ sung hồ sơ).",
  })
  async answerSupplement(
    @Arg("dossier", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) dossier: string,
    @Arg("answers", () => [SupplementAnswerInput], { description: "One answer for each item (nội dung bổ sung)." })
    answers: SupplementAnswerInput[],
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierAct> {
    return dossierAct(ctx, dossier, await answerSupplement(ctx, dossier, answers, idempotencyKey));
  }

  @RequiresScopes("dossier:submit")
  @Mutation(() => WithdrawalResult, {
    nullable: true,
    description: "Withdraws a dossier: open parts are cancelled, granted ones are legal facts and stay (rút hồ sơ).",
  })
  async withdrawDossier(
    @Arg("dossier", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) code: string,
    @Arg("reason", () => String, { description: "Reason in Vietnamese (lý do)." }) reason: string,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<WithdrawalResult> {
    const { problem, cancelled, kept } = await withdraw(ctx, code, reason, idempotencyKey);
    return { ...(await dossierAct(ctx, code, problem)), cancelled, kept };
  }

  @RequiresScopes("dossier:return")
  @Mutation(() => DossierAct, {
    nullable: true,
    description: "Records the handover of a completed dossier's results (trả kết quả).",
  })
  async returnResults(
    @Arg("dossier", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) code: string,
    @Arg("input", () => ReturnInput, { description: "Recipient and method (nội dung trả)." }) input: ReturnInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierAct> {
    return dossierAct(ctx, code, await returnResults(ctx, code, input, idempotencyKey));
  }
}

function officerOf(id: string | null, name: string | null): Officer | null {
  return id === null ? null : { id, name: name ?? id };
}

@Resolver(() => DossierPart)
export class DossierPartWorkResolver {
  @FieldResolver(() => Officer, { nullable: true, description: "Officer who works on it (cán bộ đã nhận)." })
  claimedBy(@Root() { claimedBy, claimedName }: StepRow): Officer | null {
    return officerOf(claimedBy, claimedName);
  }

  @FieldResolver(() => Officer, { nullable: true, description: "Officer who decided it (cán bộ giải quyết)." })
  decidedBy(@Root() { decidedBy, decidedName }: StepRow): Officer | null {
    return officerOf(decidedBy, decidedName);
  }
}

@Resolver(() => DossierPart)
export class DossierPartLikenessResolver {
  @Directive("@listSize(assumedSize: 2)")
  @FieldResolver(() => [LikenessType], {
    nullable: true,
    description:
      "Entries of the register that may be the same, each beside this part; NOT_FOUND for those who do not decide the part (các trường hợp nghi trùng).",
  })
  likenesses(@Root() step: StepRow, @Ctx() ctx: OneStopContext): PartLikeness[] {
    if (!maySeeLikenesses(ctx.caller, step)) throw notFound("likenesses");
    const found = likenessesOf(step);
    for (const { entryId, dossier } of found) ctx.access.read(dossier ?? entryId);
    return found;
  }
}

@Resolver(() => LikenessType)
export class LikenessResolver {
  @FieldResolver(() => PartResult, { nullable: true, description: "The entry itself (mục đăng ký)." })
  entry(@Root() { type, entryId }: PartLikeness): object {
    return { __typename: type, id: entryId };
  }

  @FieldResolver(() => ExistingDossier, {
    nullable: true,
    description: "Its dossier; NOT_FOUND if it is not within the caller's reach (hồ sơ của mục đăng ký).",
  })
  async dossier(@Root() { dossier }: PartLikeness, @Ctx() ctx: OneStopContext): Promise<ExistingDossier | null> {
    const code = await visibleCode(ctx.db, ctx.caller, dossier);
    return code === null ? null : { code };
  }
}

@Resolver(() => PartRefused)
export class PartRefusedWorkResolver {
  @FieldResolver(() => String, { description: "Reason in Vietnamese; the same as message (lý do)." })
  reason(@Root() { message }: NonNullable<StepRow["refusal"]>): string {
    return message;
  }
}

@Resolver(() => WorkConnection)
export class WorkConnectionResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: "Number of all entries; null above 10,000: see `totalCountAtLeast` (tổng số).",
  })
  async totalCount(@Root() { total }: Pick<WorkConnection, "total">): Promise<number | null> {
    return (await total()).totalCount;
  }

  @FieldResolver(() => Int, {
    description: "Number of all entries up to 10,000; 10,000 where there are more (tổng số tối thiểu).",
  })
  async totalCountAtLeast(@Root() { total }: Pick<WorkConnection, "total">): Promise<number> {
    return (await total()).totalCountAtLeast;
  }
}
