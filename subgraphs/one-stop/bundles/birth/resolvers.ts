import { Arg, Ctx, Directive, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../../../_shared/rights/directive.ts";
import { problemForClient } from "../../acceptance/problem-for-client.ts";
import { submitRequest } from "../../acceptance/submission.ts";
import type { OneStopContext } from "../../loaders.ts";
import { forTicket } from "../../queue/serve-tickets.ts";
import { checkBundle } from "../check-bundle.ts";
import { bundle } from "./bundle.ts";
import { BirthBundleInput } from "./input.ts";
import { BirthBundleCheck, BirthBundleSubmission } from "./types.ts";

@Resolver()
export class BirthBundleResolver {
  @RequiresScopes("bundle:submit")
  @Directive("@cost(weight: 30)") // every agency checks its part
  @Query(() => BirthBundleCheck, {
    nullable: true,
    description: "Checks with every agency whether it would accept the request; writes nothing (kiểm tra trước).",
  })
  checkBirthBundle(
    @Arg("input", () => BirthBundleInput, { description: "The request (nội dung đề nghị)." }) input: BirthBundleInput,
    @Ctx() ctx: OneStopContext,
  ): Promise<BirthBundleCheck> {
    return checkBundle(bundle, input, ctx);
  }

  @RequiresScopes("bundle:submit")
  @Directive("@cost(weight: 50)") // every agency checks and decides its part
  @Mutation(() => BirthBundleSubmission, {
    nullable: true,
    description:
      "Registers a birth, residence and health-insurance card with one request (liên thông 3 trong 1); Decree 63/2024/NĐ-CP. A response with a dossier means that the request is durable.",
  })
  async submitBirthBundle(
    @Arg("input", () => BirthBundleInput, { description: "The request (nội dung đề nghị)." }) input: BirthBundleInput,
    @Arg("idempotencyKey", () => String, {
      description:
        "1 to 200 printable ASCII characters, chosen by the client; the same key and body give the same dossier (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Arg("waitMs", () => Int, {
      nullable: true,
      description: "Milliseconds to wait for the agencies, at most 30,000 (thời gian chờ).",
    })
    waitMs: number | null,
    @Arg("ticket", () => ID, {
      nullable: true,
      description: "Id of the called ticket that it is for (mã phiếu số thứ tự).",
    })
    ticket: string | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<BirthBundleSubmission> {
    const submission = { idempotencyKey, waitMs: waitMs ?? 0, alongside: forTicket(ctx, ticket) };
    const { dossier, problems, warnings } = await submitRequest(bundle, input, submission, ctx);
    return { dossier, problems: problems.map(problemForClient), warnings: warnings.map(problemForClient) };
  }
}
