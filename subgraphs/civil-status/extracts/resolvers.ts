import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { CivilStatusAct, CivilStatusActResult } from "../acts/types.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { issueExtract } from "./issue-extract.ts";
import { CivilStatusExtract, ExtractInput } from "./types.ts";

@Resolver(() => CivilStatusAct)
export class CivilStatusExtractResolver {
  @FieldResolver(() => CivilStatusExtract, { nullable: true, description: "The extract that it issued (trích lục)." })
  extract(@Root() { id }: CivilStatusAct, @Ctx() ctx: CivilStatusContext): Promise<CivilStatusExtract | null> {
    return ctx.loaders.extractByAct.load(id);
  }

  @RequiresScopes("civil-status:certify")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Issues an extract of an entry as it is in force (cấp bản sao trích lục hộ tịch).",
  })
  async issueCivilExtract(
    @Arg("input", () => ExtractInput, { description: "The extract (nội dung)." }) input: ExtractInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await issueExtract(ctx, input, idempotencyKey));
  }
}
