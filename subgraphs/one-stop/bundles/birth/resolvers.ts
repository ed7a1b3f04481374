import { Arg, Ctx, Directive, Int, Mutation, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../../../_shared/rights/directive.ts";
import { checkBundle, submitBundle } from "../../acceptance/submission.ts";
import { agencyOf } from "../../dossiers/resolvers.ts";
import type { OneStopContext } from "../../loaders.ts";
import { procedureOf } from "../../procedures/catalogue.ts";
import { BirthBundleInput } from "./input.ts";
import type { Problem as FoundProblem } from "./problems.ts";
import { BirthBundleCheck, BirthBundleSubmission, type Problem } from "./types.ts";

@Resolver()
export class BundleResolver {
  @RequiresScopes("bundle:submit")
  @Directive("@cost(weight: 30)") // every agency is asked
  @Query(() => BirthBundleCheck, {
    nullable: true,
    description: "Asks every agency whether the request would go through; writes nothing (kiểm tra trước).",
  })
  async checkBirthBundle(
    @Arg("input", () => BirthBundleInput, { description: "The request (nội dung đề nghị)." }) input: BirthBundleInput,
    @Ctx() ctx: OneStopContext,
  ): Promise<BirthBundleCheck> {
    const { ready, problems, procedures } = await checkBundle(input, ctx);
    return {
      ready,
      problems: problems.map(shown),
      procedures: procedures.map(({ agency, feeVnd, dueAt, procedure }) => {
        return { agency: agencyOf(agency), feeVnd, dueAt, procedure: procedureOf(procedure) };
      }),
    };
  }

  @RequiresScopes("bundle:submit")
  @Directive("@cost(weight: 50)") // every agency is asked, and works for it
  @Mutation(() => BirthBundleSubmission, {
    nullable: true,
    description:
      "Registers a birth, residence and health-insurance card with one request (liên thông 3 trong 1); Decree 63/2024/NĐ-CP. An answer with a dossier means that the request is durable.",
  })
  async submitBirthBundle(
    @Arg("input", () => BirthBundleInput, { description: "The request (nội dung đề nghị)." }) input: BirthBundleInput,
    @Arg("idempotencyKey", () => String, {
      description:
        "1 to 200 characters of the client's own; the same key and body is the same dossier (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Arg("waitMs", () => Int, {
      nullable: true,
      description: "How long to wait for the agencies, at most 30,000 ms (thời gian chờ).",
    })
    waitMs: number | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<BirthBundleSubmission> {
    const { dossier, problems } = await submitBundle(input, idempotencyKey, waitMs ?? 0, ctx);
    return { dossier, problems: problems.map(shown) };
  }
}

function shown({ agency, existingDossier, ...problem }: FoundProblem): Problem {
  return {
    ...problem,
    agency: agency ? agencyOf(agency) : null,
    existingDossier: existingDossier ? { code: existingDossier } : null,
  };
}
