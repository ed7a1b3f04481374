import { Arg, Ctx, Directive, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import type { OneStopContext } from "../loaders.ts";
import { changedRules, changeRules, changesOfRules } from "./changes.ts";
import { ClockRulesInput } from "./input.ts";
import { ChangedClockRule, ClockRulesChange, ClockRulesChangeConnection, ClockRulesResult } from "./types.ts";

@Resolver(() => ClockRulesChange)
export class ClockRulesResolver {
  @RequiresScopes("clock:manage")
  @Mutation(() => ClockRulesResult, {
    nullable: true,
    description:
      "Changes the working calendar, service rules and rules of terms; running dossiers are dated again (thay đổi lịch làm việc và quy định thời hạn).",
  })
  async changeClockRules(
    @Arg("input", () => ClockRulesInput, { description: "The change (nội dung thay đổi)." }) input: ClockRulesInput,
    @Arg("idempotencyKey", () => String, {
      description: "1 to 200 printable ASCII characters; the same key and body act once (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<ClockRulesResult> {
    const { change, problems } = await changeRules(ctx, input, idempotencyKey);
    return { change, problems: problems.map(problemForClient) };
  }

  @RequiresScopes("clock:manage")
  @Directive(PAGED)
  @Query(() => ClockRulesChangeConnection, {
    nullable: true,
    description: "Changes of the clock's rules: who changed what, and why (nhật ký thay đổi).",
  })
  clockRulesChanges(
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<ClockRulesChangeConnection> {
    return changesOfRules(ctx, first, after ?? null);
  }

  @Directive("@listSize(assumedSize: 20)")
  @FieldResolver(() => [ChangedClockRule], { description: "The rules before and after (nội dung thay đổi)." })
  rules(@Root() { id }: ClockRulesChange, @Ctx() ctx: OneStopContext): Promise<ChangedClockRule[]> {
    return changedRules(ctx, id);
  }
}
