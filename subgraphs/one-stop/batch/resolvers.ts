import { Arg, Ctx, Directive, ID, Int, Mutation, Resolver } from "type-graphql";
import { commune } from "../../_shared/reference/communes.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { officeNotYours, officeUnknown, ownProblem, type Problem } from "../acceptance/problems.ts";
import { reserveCodes, voidCode } from "../acceptance/reserved-codes.ts";
import type { OneStopContext } from "../loaders.ts";
import { BatchItemInput } from "./input.ts";
import { countImpossible, voidReasonMissing } from "./problems.ts";
import { submitBatch } from "./submit-batch.ts";
import { BatchSubmission, CodeReservation, VoidedCode } from "./types.ts";

const MOST_CODES = 500;
const LONGEST_REASON = 500;

@Resolver()
export class BatchResolver {
  @RequiresScopes("dossier:batch")
  @Mutation(() => CodeReservation, {
    nullable: true,
    description:
      "Reserves codes that a desk may give to dossiers while its line is down; each ends as used or void (giữ trước mã hồ sơ).",
  })
  async reserveDossierCodes(
    @Arg("office", () => String, { description: "Commune code of the office (nơi tiếp nhận)." }) office: string,
    @Arg("count", () => Int, { description: "Number of codes, 1 to 500 (số lượng)." }) count: number,
    @Arg("idempotencyKey", () => String, {
      description: "1 to 200 printable ASCII characters; the same key and body give the same codes (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<CodeReservation> {
    const problem = reservationProblem(office, count, ctx);
    if (problem) return { codes: [], validUntil: null, problems: [problemForClient(problem)] };
    const request = { caller: ctx.caller, office, count, idempotencyKey, now: ctx.now };
    const { problems, ...reserved } = await reserveCodes(ctx.database, ctx.loaders.desk().configuration, request);
    return { ...reserved, problems: problems.map(problemForClient) };
  }

  @RequiresScopes("dossier:batch")
  @Mutation(() => VoidedCode, {
    nullable: true,
    description:
      "Makes a reserved code of the own office void, for example after a receipt was spoilt; the reason stays on record (hủy mã hồ sơ).",
  })
  async voidDossierCode(
    @Arg("code", () => ID, { description: "The reserved code (mã hồ sơ đã giữ trước)." }) code: string,
    @Arg("reason", () => String, { description: "Reason in Vietnamese, 1 to 500 characters (lý do hủy)." })
    reason: string,
    @Arg("idempotencyKey", () => String, {
      description: "1 to 200 printable ASCII characters; the same key and body change nothing (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Ctx() { caller, database, now }: OneStopContext,
  ): Promise<VoidedCode> {
    const isReason = reason.trim() !== "" && reason.length <= LONGEST_REASON;
    const problem = isReason
      ? await voidCode(database.sql, { caller, code, reason, idempotencyKey, now })
      : ownProblem(["reason"], voidReasonMissing());
    return problem ? { code: null, problems: [problemForClient(problem)] } : { code, problems: [] };
  }

  @RequiresScopes("dossier:batch")
  @Directive("@cost(weight: 50)") // every agency checks its part
  @Mutation(() => BatchSubmission, {
    nullable: true,
    description:
      "Submits what a desk received while its line was down, with a result for each item; an item that fails does not touch the others (nộp theo lô).",
  })
  async submitBatch(
    @Arg("items", () => [BatchItemInput], { description: "The items, 1 to 50 (các hồ sơ)." }) items: BatchItemInput[],
    @Ctx() ctx: OneStopContext,
  ): Promise<BatchSubmission> {
    const results = await submitBatch(items, ctx);
    return {
      results: results.map(({ dossier, problems, warnings }, place) => ({
        ...{ idempotencyKey: items[place]?.idempotencyKey ?? "", dossier },
        problems: problems.map(problemForClient),
        warnings: warnings.map(problemForClient),
      })),
    };
  }
}

function reservationProblem(office: string, count: number, { caller }: OneStopContext): Problem | null {
  if (!commune(office)) return ownProblem(["office"], officeUnknown());
  if (caller.office !== office) return ownProblem(["office"], officeNotYours());
  return count >= 1 && count <= MOST_CODES ? null : ownProblem(["count"], countImpossible(MOST_CODES));
}
