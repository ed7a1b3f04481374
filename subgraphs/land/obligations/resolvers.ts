import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { LandActResult } from "../acts/types.ts";
import type { LandContext } from "../loaders.ts";
import { LandObligationInput, LandSettlementInput } from "./input.ts";
import { enterObligation, settleObligation } from "./obligations.ts";

@Resolver()
export class LandObligationResolver {
  @RequiresScopes("land:assess")
  @Mutation(() => LandActResult, {
    nullable: true,
    description:
      "Enters a financial obligation that the tax office has notified; until it is settled, it stops acts and new certificates (ghi nghĩa vụ tài chính).",
  })
  async enterLandObligation(
    @Arg("input", () => LandObligationInput, { description: "The obligation (nội dung)." }) input: LandObligationInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: LandContext,
  ): Promise<LandActResult> {
    return answerOf(await enterObligation(ctx, input, idempotencyKey));
  }

  @RequiresScopes("land:assess")
  @Mutation(() => LandActResult, {
    nullable: true,
    description: "Ends a financial obligation: paid, exempted or withdrawn (hoàn thành nghĩa vụ tài chính).",
  })
  async settleLandObligation(
    @Arg("input", () => LandSettlementInput, { description: "The settlement (nội dung)." }) input: LandSettlementInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: LandContext,
  ): Promise<LandActResult> {
    return answerOf(await settleObligation(ctx, input, idempotencyKey));
  }
}
