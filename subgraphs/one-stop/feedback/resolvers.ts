import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { PAGED } from "../../_shared/registers/pages.ts";
import { ExistingDossier } from "../../_shared/registers/problem-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { KEY } from "../casework/resolvers.ts";
import { Officer } from "../casework/types.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { dossierByReceipt } from "../tracking/receipt.ts";
import { TrackedDossier } from "../tracking/types.ts";
import { answerFeedback } from "./answer-feedback.ts";
import { ratingAverages } from "./averages.ts";
import { isOverdue, listFeedback } from "./feedback-list.ts";
import { giveFeedbackOfDeclarant, giveOwnFeedback, ownFeedback } from "./give-feedback.ts";
import { recordHotlineFeedback } from "./hotline.ts";
import { FeedbackFilter, FeedbackInput, HotlineFeedbackInput } from "./input.ts";
import type { FeedbackResult } from "./stored-feedback.ts";
import {
  Feedback,
  FeedbackAct,
  FeedbackConnection,
  type FeedbackRow,
  GivenFeedback,
  GivenFeedbackAct,
  RatingAverage,
} from "./types.ts";

const DOSSIER = "Code of the dossier (mã hồ sơ).";
const CONTENT = "Rating, complaint or both (nội dung).";

const actOf = ({ feedback, problems }: FeedbackResult) => ({ feedback, problems: problems.map(problemForClient) });

@Resolver()
export class GivenFeedbackResolver {
  @Directive("@cost(weight: 10)") // each attempt is written to the database
  @Mutation(() => GivenFeedbackAct, {
    nullable: true,
    description:
      "Gives the declarant's one feedback on a dossier, public, by what `trackDossier` demands; the same content again changes nothing (gửi đánh giá, phản ánh theo giấy tiếp nhận).",
  })
  async giveFeedbackByReceipt(
    @Arg("code", () => ID, { description: "Code on the receipt (mã hồ sơ)." }) code: string,
    @Arg("phoneLast4", () => String, { description: "Last four digits of the phone (bốn số cuối điện thoại)." })
    phoneLast4: string,
    @Arg("feedback", () => FeedbackInput, { description: CONTENT }) feedback: FeedbackInput,
    @Ctx() ctx: OneStopContext,
  ): Promise<GivenFeedbackAct> {
    const dossier = await dossierByReceipt(ctx, code, phoneLast4);
    return actOf(await giveFeedbackOfDeclarant(ctx, dossier, feedback));
  }

  @RequiresScopes("feedback:give")
  @Mutation(() => GivenFeedbackAct, {
    nullable: true,
    description:
      "Gives the caller's one feedback on a dossier of his or her own; the same content again changes nothing (gửi đánh giá, phản ánh).",
  })
  async giveFeedback(
    @Arg("dossier", () => ID, { description: DOSSIER }) code: string,
    @Arg("feedback", () => FeedbackInput, { description: CONTENT }) feedback: FeedbackInput,
    @Ctx() ctx: OneStopContext,
  ): Promise<GivenFeedbackAct> {
    return actOf(await giveOwnFeedback(ctx, code, feedback));
  }
}

@Resolver(() => TrackedDossier)
export class TrackedFeedbackResolver {
  @FieldResolver(() => GivenFeedback, {
    nullable: true,
    description: "Feedback that the declarant has given, with the office's answer (đánh giá, phản ánh đã gửi).",
  })
  feedback(@Root() { id }: DossierRow, @Ctx() { loaders }: OneStopContext): Promise<FeedbackRow | null> {
    return loaders.declarantFeedback.load(id);
  }
}

@Resolver(() => Dossier)
export class DossierFeedbackResolver {
  @RequiresScopes("feedback:give")
  @FieldResolver(() => GivenFeedback, {
    nullable: true,
    description: "Feedback that the caller has given on it (đánh giá, phản ánh đã gửi).",
  })
  myFeedback(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): Promise<FeedbackRow | null> {
    return ownFeedback(ctx, dossier);
  }
}

@Resolver(() => Feedback)
export class FeedbackResolver {
  @RequiresScopes("feedback:handle")
  @Directive(PAGED)
  @Query(() => FeedbackConnection, {
    nullable: true,
    description: "Feedback on the caller's office, the newest first (danh sách đánh giá, phản ánh).",
  })
  feedback(
    @Arg("filter", () => FeedbackFilter, { nullable: true, description: "Filter (bộ lọc)." })
    filter: FeedbackFilter | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<FeedbackConnection> {
    return listFeedback(ctx, filter ?? {}, first, after ?? null);
  }

  @RequiresScopes("feedback:measure")
  @Directive("@listSize(assumedSize: 200)")
  @Query(() => [RatingAverage], {
    nullable: true,
    description: "Average ratings on the caller's office by officer and field (mức độ hài lòng bình quân).",
  })
  ratingAverages(
    @Arg("since", () => DateTimeScalar, { description: "Begin (từ)." }) since: Date,
    @Arg("until", () => DateTimeScalar, { description: "End, excluded (đến trước)." }) until: Date,
    @Ctx() ctx: OneStopContext,
  ): Promise<RatingAverage[]> {
    return ratingAverages(ctx, since, until);
  }

  @RequiresScopes("feedback:handle")
  @Mutation(() => FeedbackAct, {
    nullable: true,
    description: "Notes what a caller has said on the phone, about a dossier or none (ghi nhận ý kiến đường dây nóng).",
  })
  async recordHotlineFeedback(
    @Arg("input", () => HotlineFeedbackInput, { description: "The call (nội dung)." }) input: HotlineFeedbackInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<FeedbackAct> {
    return actOf(await recordHotlineFeedback(ctx, input, idempotencyKey));
  }

  @RequiresScopes("feedback:handle")
  @Mutation(() => FeedbackAct, {
    nullable: true,
    description: "Answers a complaint for the office; its giver reads the answer (trả lời phản ánh, kiến nghị).",
  })
  async answerFeedback(
    @Arg("id", () => ID, { description: "Id of the feedback (mã)." }) id: string,
    @Arg("answer", () => String, { description: "Answer, 1 to 2,000 characters (nội dung trả lời)." }) answer: string,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<FeedbackAct> {
    return actOf(await answerFeedback(ctx, id, answer, idempotencyKey));
  }

  @FieldResolver(() => ExistingDossier, { nullable: true })
  async dossier(
    @Root() { dossierId }: FeedbackRow,
    @Ctx() { loaders }: OneStopContext,
  ): Promise<ExistingDossier | null> {
    return dossierId === null ? null : { code: (await loaders.dossierById.load(dossierId)).code };
  }

  @FieldResolver(() => Boolean)
  overdue(@Root() row: FeedbackRow, @Ctx() { now }: OneStopContext): boolean {
    return isOverdue(row, now);
  }

  @FieldResolver(() => Officer, { nullable: true })
  answeredBy(@Root() { answererId, answeredName }: FeedbackRow): Officer | null {
    return answererId === null ? null : { id: answererId, name: answeredName ?? answererId };
  }

  @FieldResolver(() => [Officer], { nullable: true })
  officers(@Root() { id }: FeedbackRow, @Ctx() { loaders }: OneStopContext): Promise<Officer[]> {
    return loaders.officersByFeedback.load(id);
  }
}

@Resolver(() => FeedbackConnection)
export class FeedbackConnectionResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: "Number of all entries; null above 10,000: see `totalCountAtLeast` (tổng số).",
  })
  async totalCount(@Root() { total }: FeedbackConnection): Promise<number | null> {
    return (await total()).totalCount;
  }

  @FieldResolver(() => Int, { description: "The same up to 10,000, and 10,000 above (tổng số, tối thiểu)." })
  async totalCountAtLeast(@Root() { total }: FeedbackConnection): Promise<number> {
    return (await total()).totalCountAtLeast;
  }
}
