import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { LandActResult } from "../acts/types.ts";
import type { LandContext } from "../loaders.ts";
import { encumberLand, releaseEncumbrance } from "./encumbrances.ts";
import { LandEncumbranceInput, LandReleaseInput } from "./input.ts";

@Resolver()
export class LandEncumbranceResolver {
  @RequiresScopes("land:register")
  @Mutation(() => LandActResult, {
    nullable: true,
    description:
      "Registers a mortgage, dispute or block; until its release it stops changes of holders, splits and merges (đăng ký thế chấp, tranh chấp, ngăn chặn).",
  })
  async encumberLand(
    @Arg("input", () => LandEncumbranceInput, { description: "The encumbrance (nội dung)." })
    input: LandEncumbranceInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: LandContext,
  ): Promise<LandActResult> {
    return answerOf(await encumberLand(ctx, input, idempotencyKey));
  }

  @RequiresScopes("land:register")
  @Mutation(() => LandActResult, {
    nullable: true,
    description: "Ends a mortgage, dispute or block (xóa đăng ký thế chấp, giải tỏa ngăn chặn).",
  })
  async releaseLandEncumbrance(
    @Arg("input", () => LandReleaseInput, { description: "The release (nội dung)." }) input: LandReleaseInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: LandContext,
  ): Promise<LandActResult> {
    return answerOf(await releaseEncumbrance(ctx, input, idempotencyKey));
  }
}
