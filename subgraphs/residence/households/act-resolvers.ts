import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { ResidenceActResult } from "../acts/types.ts";
import type { ResidenceContext } from "../loaders.ts";
import { changeHead } from "./change-head.ts";
import { HouseholdHeadChangeInput, HouseholdMergeInput, HouseholdSplitInput } from "./input.ts";
import { mergeHouseholds } from "./merge.ts";
import { splitHousehold } from "./split.ts";

@Resolver()
export class HouseholdActResolver {
  @RequiresScopes("residence:register")
  @Mutation(() => ResidenceActResult, {
    nullable: true,
    description: "Changes the head of a household, or the relations of its members (thay đổi chủ hộ).",
  })
  async changeHeadOfHousehold(
    @Arg("input", () => HouseholdHeadChangeInput, { description: "The change (nội dung)." })
    input: HouseholdHeadChangeInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidenceActResult> {
    return answerOf(await changeHead(ctx, input, idempotencyKey));
  }

  @RequiresScopes("residence:register")
  @Mutation(() => ResidenceActResult, {
    nullable: true,
    description: "Splits a household: some members make a new one at the same address (tách hộ).",
  })
  async splitHousehold(
    @Arg("input", () => HouseholdSplitInput, { description: "The split (nội dung)." }) input: HouseholdSplitInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidenceActResult> {
    return answerOf(await splitHousehold(ctx, input, idempotencyKey));
  }

  @RequiresScopes("residence:register")
  @Mutation(() => ResidenceActResult, {
    nullable: true,
    description: "Merges a household into another one of the same dwelling, whose head stays (nhập hộ).",
  })
  async mergeHouseholds(
    @Arg("input", () => HouseholdMergeInput, { description: "The merge (nội dung)." }) input: HouseholdMergeInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidenceActResult> {
    return answerOf(await mergeHouseholds(ctx, input, idempotencyKey));
  }
}
