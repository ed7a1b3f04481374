import { Arg, type ClassType, Ctx, Directive, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import type { SubmittableKind } from "../acceptance/application.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { submitRequest } from "../acceptance/submission.ts";
import type { OneStopContext } from "../loaders.ts";
import { forTicket } from "../queue/serve-tickets.ts";
import { checkBundle } from "./check-bundle.ts";
import { BundleCheck, BundleSubmission } from "./types.ts";

type Described<Input extends object, Request extends object> = {
  /** Name of the event as operations have it, such as `Death` for `submitDeathBundle`. */
  event: string;
  kind: SubmittableKind<Input, Request>;
  input: ClassType<Input>;
  /** Types of the results; default: those of every bundle. */
  results?: { check: ClassType<BundleCheck>; submission: ClassType<BundleSubmission> };
  /** Description of the submission: the parts and the law. */
  description: string;
};

/** Operations of a life-event bundle: a query that checks a request, and the mutation that submits it. */
export function bundleResolver<Input extends object, Request extends object>({
  event,
  kind,
  input: Input,
  results = { check: BundleCheck, submission: BundleSubmission },
  description,
}: Described<Input, Request>): ClassType {
  @Resolver()
  class BundleResolver {
    @RequiresScopes("bundle:submit")
    @Directive("@cost(weight: 30)") // every agency checks its part
    @Query(() => results.check, {
      name: `check${event}Bundle`,
      nullable: true,
      description: "Checks with every agency whether it would accept the request; writes nothing (kiểm tra trước).",
    })
    check(
      @Arg("input", () => Input, { description: "The request (nội dung đề nghị)." }) input: Input,
      @Ctx() ctx: OneStopContext,
    ): Promise<BundleCheck> {
      return checkBundle(kind, input, ctx);
    }

    @RequiresScopes("bundle:submit")
    @Directive("@cost(weight: 50)") // every agency checks and decides its part
    @Mutation(() => results.submission, {
      name: `submit${event}Bundle`,
      nullable: true,
      description: `${description} A response with a dossier means that the request is durable.`,
    })
    async submit(
      @Arg("input", () => Input, { description: "The request (nội dung đề nghị)." }) input: Input,
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
    ): Promise<BundleSubmission> {
      const submission = { idempotencyKey, waitMs: waitMs ?? 0, alongside: forTicket(ctx, ticket) };
      const { dossier, problems, warnings } = await submitRequest(kind, input, submission, ctx);
      return { dossier, problems: problems.map(problemForClient), warnings: warnings.map(problemForClient) };
    }
  }
  return BundleResolver;
}
