import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from "type-graphql";
import { Problem } from "../../../subgraphs/_shared/registers/problem-type.ts";
import { RequiresScopes } from "../../../subgraphs/_shared/rights/directive.ts";
import { problemForClient } from "../../../subgraphs/one-stop/acceptance/problem-for-client.ts";
import { submitRequest } from "../../../subgraphs/one-stop/acceptance/submission.ts";
import type { OneStopContext } from "../../../subgraphs/one-stop/loaders.ts";
import { bundle } from "./bundle.ts";

@ObjectType({ description: "Result of a submission (kết quả nộp hồ sơ)." })
class NameDaySubmission {
  @Field(() => ID, { nullable: true, description: "Code of the dossier (mã hồ sơ)." })
  code!: string | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@Resolver()
export class NameDayResolver {
  @RequiresScopes("bundle:submit")
  @Mutation(() => NameDaySubmission, { nullable: true, description: "Names a child (đặt tên)." })
  async submitNameDay(
    @Arg("input", () => String, { description: "The request as JSON (nội dung đề nghị)." }) input: string,
    @Arg("idempotencyKey", () => String, { description: "Key of the submission (khóa chống trùng)." })
    idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<NameDaySubmission> {
    const submission = { idempotencyKey, waitMs: 10_000 };
    const { dossier, problems } = await submitRequest(bundle, JSON.parse(input), submission, ctx);
    return { code: dossier?.code ?? null, problems: problems.map(problemForClient) };
  }
}
