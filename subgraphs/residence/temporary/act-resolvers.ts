import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { ResidenceActResult } from "../acts/types.ts";
import type { ResidenceContext } from "../loaders.ts";
import { TemporaryEndInput, TemporaryRenewalInput, TemporaryResidenceInput } from "./input.ts";
import { registerTemporary } from "./register.ts";
import { endTemporaryResidence, renewTemporary } from "./renew-end.ts";

@Resolver()
export class TemporaryActResolver {
  @RequiresScopes("residence:register")
  @Mutation(() => ResidenceActResult, {
    nullable: true,
    description: "Registers the temporary residence of persons at one address, for 2 years at most (đăng ký tạm trú).",
  })
  async registerTemporaryResidence(
    @Arg("input", () => TemporaryResidenceInput, { description: "The registration (nội dung)." })
    input: TemporaryResidenceInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidenceActResult> {
    return answerOf(await registerTemporary(ctx, input, idempotencyKey));
  }

  @RequiresScopes("residence:register")
  @Mutation(() => ResidenceActResult, {
    nullable: true,
    description: "Renews a temporary residence in the last 15 days of its term (gia hạn tạm trú).",
  })
  async renewTemporaryResidence(
    @Arg("input", () => TemporaryRenewalInput, { description: "The renewal (nội dung)." })
    input: TemporaryRenewalInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidenceActResult> {
    return answerOf(await renewTemporary(ctx, input, idempotencyKey));
  }

  @RequiresScopes("residence:register")
  @Mutation(() => ResidenceActResult, {
    nullable: true,
    description: "Ends a temporary residence before its last day (xóa đăng ký tạm trú).",
  })
  async endTemporaryResidence(
    @Arg("input", () => TemporaryEndInput, { description: "The end (nội dung)." }) input: TemporaryEndInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<ResidenceActResult> {
    return answerOf(await endTemporaryResidence(ctx, input, idempotencyKey));
  }
}
