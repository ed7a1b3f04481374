import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { ResidenceActResult } from "../acts/types.ts";
import type { ResidenceContext } from "../loaders.ts";
import { ResidenceRegistrationInput, ResidenceStrikeOffInput } from "./input.ts";
import { registerResidence } from "./register.ts";
import { strikeOff } from "./strike-off.ts";

@Resolver()
export class ResidencyActResolver {
  @RequiresScopes("residence:register")
  @Mutation(() => ResidenceActResult, {
    nullable: true,
    description:
      "Registers the permanent residence of persons who join a household or make one; their former residence ends the same day (đăng ký thường trú).",
  })
  async registerPermanentResidence(
    @Arg("input", () => ResidenceRegistrationInput, { description: "The registration (nội dung)." })
    input: ResidenceRegistrationInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidenceActResult> {
    return answerOf(await registerResidence(ctx, input, idempotencyKey));
  }

  @RequiresScopes("residence:register")
  @Mutation(() => ResidenceActResult, {
    nullable: true,
    description:
      "Strikes a permanent residence off; a household whose head leaves gets a new one, and ends with its last member (xóa đăng ký thường trú).",
  })
  async strikeOffPermanentResidence(
    @Arg("input", () => ResidenceStrikeOffInput, { description: "The strike-off (nội dung)." })
    input: ResidenceStrikeOffInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidenceActResult> {
    return answerOf(await strikeOff(ctx, input, idempotencyKey));
  }
}
