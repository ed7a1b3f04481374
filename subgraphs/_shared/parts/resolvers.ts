import { Arg, Ctx, Directive, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../rights/directive.ts";
import type { Context } from "../serving/context.ts";
import { JsonScalar } from "../serving/scalars.ts";
import { citizensNamed } from "./citizens.ts";
import { cancelPart, checkPart, deliverPart, partStatus } from "./delivery.ts";
import { instructPart } from "./instruction.ts";
import type { PartInstruction, StoredAnswer } from "./procedure.ts";
import { partsReceivedAfter } from "./received.ts";
import { PartAnswer, PartCheck, PartInput, ReceivedPart } from "./types.ts";

/** Operations that the saga calls at every agency that decides procedures. Hidden from the public graph. */
@Resolver()
export class PartsResolver {
  @Directive("@shareable")
  @Directive("@inaccessible")
  @RequiresScopes("part:check")
  @Query(() => PartCheck, {
    nullable: true,
    description: "Checks a part before its delivery; writes nothing (kiểm tra trước).",
  })
  async checkPart(
    @Arg("part", () => PartInput, { description: "The part; its id is not used yet (phần việc)." }) part: PartInput,
    @Ctx() ctx: Context,
  ): Promise<PartCheck> {
    const checked = await checkPart(ctx, part);
    for (const citizen of citizensNamed(part.content)) ctx.access.read(citizen);
    return checked;
  }

  @Directive("@shareable")
  @Directive("@inaccessible")
  @RequiresScopes("part:status")
  @Query(() => PartAnswer, {
    nullable: true,
    description: "State of a part; null if it never arrived (tra cứu).",
  })
  partStatus(
    @Arg("partId", () => ID, { description: "Id of the part (mã phần việc)." }) partId: string,
    @Ctx() ctx: Context,
  ): Promise<StoredAnswer | null> {
    return partStatus(ctx.db, partId);
  }

  @Directive("@shareable")
  @Directive("@inaccessible")
  @RequiresScopes("part:status")
  @Query(() => [ReceivedPart], {
    nullable: true,
    description: "All parts that reached the agency, by id, for the reconciliation after a restore (đối soát).",
  })
  receivedParts(
    @Arg("after", () => ID, { nullable: true, description: "The last id of the page before (mã phần việc)." })
    after: string | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 1000 (số lượng)." }) first: number,
    @Ctx() ctx: Context,
  ): Promise<ReceivedPart[]> {
    return partsReceivedAfter(ctx.db, after ?? null, first);
  }

  @Directive("@shareable")
  @Directive("@inaccessible")
  @RequiresScopes("part:deliver")
  @Mutation(() => PartAnswer, {
    nullable: true,
    description: "Decides a part, once for each part id (giao phần việc).",
  })
  deliverPart(
    @Arg("part", () => PartInput, { description: "The part (phần việc)." }) part: PartInput,
    @Ctx() ctx: Context,
  ): Promise<StoredAnswer> {
    return deliverPart(ctx, part);
  }

  @Directive("@shareable")
  @Directive("@inaccessible")
  @RequiresScopes("part:deliver")
  @Mutation(() => PartAnswer, {
    nullable: true,
    description:
      "Applies an officer's decision, or the answer to a supplement, to a part that the agency has; a decided part stays as it is. Null if the part never arrived (quyết định phần việc).",
  })
  instructPart(
    @Arg("partId", () => ID, { description: "Id of the part (mã phần việc)." }) partId: string,
    @Arg("instruction", () => JsonScalar, {
      description: "`by`, and one of grant, refuse, supplement, answers (nội dung).",
    })
    instruction: PartInstruction,
    @Ctx() ctx: Context,
  ): Promise<StoredAnswer | null> {
    return instructPart(ctx, partId, instruction);
  }

  @Directive("@shareable")
  @Directive("@inaccessible")
  @RequiresScopes("part:cancel")
  @Mutation(() => PartAnswer, {
    nullable: true,
    description: "Cancels a part that is not decided, or leaves a tombstone (hủy phần việc).",
  })
  cancelPart(
    @Arg("partId", () => ID, { description: "Id of the part (mã phần việc)." }) partId: string,
    @Ctx() ctx: Context,
  ): Promise<StoredAnswer> {
    return cancelPart(ctx.db, partId, ctx.now);
  }
}
