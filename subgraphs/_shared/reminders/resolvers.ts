import { Arg, Ctx, Directive, Int, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../rights/directive.ts";
import type { Context } from "../serving/context.ts";
import { foundReminders } from "./found-reminders.ts";
import { FoundReminders } from "./types.ts";

/** The desk's query for entries whose renewal became due. Hidden from the public graph. */
@Resolver()
export class FoundRemindersResolver {
  @Directive("@shareable")
  @Directive("@inaccessible")
  @RequiresScopes("reminder:collect")
  @Query(() => FoundReminders, {
    nullable: true,
    description: "Entries whose renewal became due after a cursor, once for each term (giấy tờ sắp hết hạn).",
  })
  async foundReminders(
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 1000 (số lượng)." }) first: number,
    @Ctx() ctx: Context,
  ): Promise<FoundReminders | null> {
    if (!ctx.expirySource) return null;
    const page = await foundReminders(ctx.db, ctx.expirySource, after ?? null, first);
    for (const { holder } of page.reminders) ctx.access.read(holder);
    return page;
  }
}
