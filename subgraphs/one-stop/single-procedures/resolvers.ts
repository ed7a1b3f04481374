import { Arg, Ctx, Directive, Int, Mutation, Resolver } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { fault, ownProblem } from "../acceptance/problems.ts";
import { submitRequest } from "../acceptance/submission.ts";
import { problemForClient } from "../acceptance/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { DossierInput } from "./input.ts";
import { singleProcedure } from "./kind.ts";
import { DossierSubmission } from "./types.ts";

const procedureUnknown = () =>
  fault(
    "PROCEDURE_UNKNOWN",
    "Không có thủ tục hành chính với mã này trong danh mục",
    "The catalogue has no procedure with this code",
  );

@Resolver()
export class SingleProcedureResolver {
  @RequiresScopes("dossier:submit")
  @Directive("@cost(weight: 20)")
  @Mutation(() => DossierSubmission, {
    nullable: true,
    description:
      "Submits a dossier for one procedure of the catalogue (nộp hồ sơ); Decree 118/2025/NĐ-CP. A response with a dossier means that the request is durable.",
  })
  async submitDossier(
    @Arg("input", () => DossierInput, { description: "The request (nội dung đề nghị)." }) input: DossierInput,
    @Arg("idempotencyKey", () => String, {
      description:
        "1 to 200 printable ASCII characters; the same key and body give the same dossier (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Arg("waitMs", () => Int, { nullable: true, description: "Milliseconds to wait, at most 30,000 (thời gian chờ)." })
    waitMs: number | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierSubmission> {
    const kind = singleProcedure(input.procedure);
    if (!kind) return { dossier: null, problems: [problemForClient(ownProblem(["procedure"], procedureUnknown()))] };
    const submission = { idempotencyKey, waitMs: waitMs ?? 0 };
    const { dossier, problems } = await submitRequest(kind, input, submission, ctx);
    return { dossier, problems: problems.map(problemForClient) };
  }
}
