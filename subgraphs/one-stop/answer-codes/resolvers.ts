import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { SupplementAnswerInput } from "../casework/input.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { dossierByReceipt } from "../tracking/receipt.ts";
import { TrackedDossier } from "../tracking/types.ts";
import { answerByCode, isAnsweredByCode, supplementByCode } from "./answer-by-code.ts";
import { SupplementByCode, SupplementByCodeAct } from "./types.ts";

const CODE = "Code on the receipt (mã hồ sơ).";
const DIGITS = "Last four digits of the phone (bốn số cuối điện thoại).";
const ANSWER_CODE = "Six digits of the newest message that asks for papers (mã trả lời).";

@Resolver(() => TrackedDossier)
export class AnswerCodeResolver {
  @Directive("@cost(weight: 10)") // each attempt is written to the database
  @Query(() => SupplementByCode, {
    nullable: true,
    description:
      "Papers that a dossier waits for, public, by what `trackDossier` demands and an answer code; ten wrong codes make the codes of the dossier void (xem yêu cầu bổ sung theo mã trả lời).",
  })
  async supplementByCode(
    @Arg("code", () => ID, { description: CODE }) code: string,
    @Arg("phoneLast4", () => String, { description: DIGITS }) phoneLast4: string,
    @Arg("answerCode", () => String, { description: ANSWER_CODE }) answerCode: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<SupplementByCode> {
    const { open, problem } = await supplementByCode(ctx, await dossierByReceipt(ctx, code, phoneLast4), answerCode);
    if (problem) return { items: [], dueAt: null, problems: [problemForClient(problem)] };
    return { items: open.items, dueAt: open.dueAt, problems: [] };
  }

  @Directive("@cost(weight: 10)")
  @Mutation(() => SupplementByCodeAct, {
    nullable: true,
    description:
      "Answers the open supplements of a dossier like `answerSupplement`, public, with an answer code; the same answers again change nothing (bổ sung hồ sơ theo mã trả lời).",
  })
  async answerSupplementByCode(
    @Arg("code", () => ID, { description: CODE }) code: string,
    @Arg("phoneLast4", () => String, { description: DIGITS }) phoneLast4: string,
    @Arg("answerCode", () => String, { description: ANSWER_CODE }) answerCode: string,
    @Arg("answers", () => [SupplementAnswerInput], { description: "An answer for each item (các nội dung bổ sung)." })
    answers: SupplementAnswerInput[],
    @Ctx() ctx: OneStopContext,
  ): Promise<SupplementByCodeAct> {
    const problem = await answerByCode(ctx, await dossierByReceipt(ctx, code, phoneLast4), answerCode, answers);
    return { problems: problem ? [problemForClient(problem)] : [] };
  }

  @FieldResolver(() => Boolean, {
    description:
      "A message has told the declarant a code with which the papers are sent (bổ sung được bằng mã trả lời).",
  })
  answeredByCode(@Root() dossier: DossierRow, @Ctx() ctx: OneStopContext): Promise<boolean> {
    return isAnsweredByCode(ctx, dossier);
  }
}
