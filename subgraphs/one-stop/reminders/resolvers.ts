import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { Citizen } from "../citizens/types.ts";
import type { OneStopContext } from "../loaders.ts";
import type { Delivery } from "../messages/loaders.ts";
import { MessageDelivery } from "../messages/types.ts";
import { mayReadReminders } from "../rights.ts";
import { ExpiryReminderFilter } from "./input.ts";
import { reminderPage, shownReminder } from "./reminder-list.ts";
import { ExpiryReminder, ExpiryReminderConnection } from "./types.ts";

@Resolver(() => ExpiryReminder)
export class ExpiryReminderResolver {
  @RequiresScopes("reminder:read")
  @Directive(PAGED)
  @Query(() => ExpiryReminderConnection, {
    nullable: true,
    description:
      "Papers and registrations of the own office, or of the citizen, whose renewal is due or was missed not long ago; with a state, also those that ended (giấy tờ sắp hết hạn).",
  })
  expiryReminders(
    @Arg("filter", () => ExpiryReminderFilter, { nullable: true, description: "Filter (bộ lọc)." })
    filter: ExpiryReminderFilter | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<ExpiryReminderConnection> {
    return reminderPage(ctx, filter ?? {}, first, after ?? null);
  }

  @FieldResolver(() => [MessageDelivery], { nullable: true })
  deliveries(@Root() { id }: ExpiryReminder, @Ctx() { loaders }: OneStopContext): Promise<Delivery[]> {
    return loaders.deliveriesByReminder.load(id);
  }
}

@Resolver(() => Citizen)
export class CitizenRemindersResolver {
  @RequiresScopes("reminder:read")
  @FieldResolver(() => [ExpiryReminder], {
    nullable: true,
    description:
      "Papers of the citizen, and those of which he or she is told for a child or a business, whose renewal is due (giấy tờ sắp hết hạn).",
  })
  async reminders(@Root() { personalId }: Citizen, @Ctx() ctx: OneStopContext): Promise<ExpiryReminder[] | null> {
    if (!personalId) return null;
    if (!mayReadReminders(ctx.caller, personalId)) throw notFound("reminders");
    const found = await ctx.loaders.remindersByPerson.load(personalId);
    for (const number of new Set([personalId, ...found.map(({ holder }) => holder)])) ctx.access.read(number);
    return found.map((row) => shownReminder(row, legalDayOf(ctx.now)));
  }
}
