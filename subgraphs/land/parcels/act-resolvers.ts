import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { LandActResult } from "../acts/types.ts";
import type { LandContext } from "../loaders.ts";
import { LandMergeInput, LandRegistrationInput, LandSplitInput } from "./input.ts";
import { registerLand } from "./register-land.ts";
import { mergeParcels, splitParcel } from "./split-merge.ts";

@Resolver()
export class LandParcelActResolver {
  @RequiresScopes("land:register")
  @Mutation(() => LandActResult, {
    nullable: true,
    description: "Registers a parcel for the first time, with its certificate and holders (đăng ký lần đầu).",
  })
  async registerLand(
    @Arg("input", () => LandRegistrationInput, { description: "Parcel and holders (nội dung)." })
    input: LandRegistrationInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: LandContext,
  ): Promise<LandActResult> {
    return answerOf(await registerLand(ctx, input, idempotencyKey));
  }

  @RequiresScopes("land:register")
  @Mutation(() => LandActResult, {
    nullable: true,
    description: "Splits a parcel; the new ones have its area together, its use and its holders (tách thửa).",
  })
  async splitLandParcel(
    @Arg("input", () => LandSplitInput, { description: "The split (nội dung)." }) input: LandSplitInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: LandContext,
  ): Promise<LandActResult> {
    return answerOf(await splitParcel(ctx, input, idempotencyKey));
  }

  @RequiresScopes("land:register")
  @Mutation(() => LandActResult, {
    nullable: true,
    description: "Merges parcels with the same commune, use, holders and shares (hợp thửa).",
  })
  async mergeLandParcels(
    @Arg("input", () => LandMergeInput, { description: "The merge (nội dung)." }) input: LandMergeInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: LandContext,
  ): Promise<LandActResult> {
    return answerOf(await mergeParcels(ctx, input, idempotencyKey));
  }
}
