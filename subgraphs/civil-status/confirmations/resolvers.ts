import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { CivilStatusActResult } from "../acts/types.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { confirmMaritalStatus } from "./confirm-status.ts";
import { MaritalConfirmationInput } from "./input.ts";

@Resolver()
export class MaritalConfirmationResolver {
  @RequiresScopes("civil-status:certify")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Confirms the marital status of a person for six months (cấp giấy xác nhận tình trạng hôn nhân).",
  })
  async confirmMaritalStatus(
    @Arg("input", () => MaritalConfirmationInput, { description: "The confirmation (nội dung)." })
    input: MaritalConfirmationInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await confirmMaritalStatus(ctx, input, idempotencyKey));
  }
}
