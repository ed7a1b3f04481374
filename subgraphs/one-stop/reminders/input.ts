import { Field, InputType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { type ReminderState, ReminderStateEnum } from "../../_shared/reminders/state-type.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { ExpiringPaperEnum } from "./types.ts";

@InputType({ description: "Filter of reminders; all conditions hold together (bộ lọc giấy tờ sắp hết hạn)." })
export class ExpiryReminderFilter {
  @Field(() => ExpiringPaperEnum, { nullable: true, description: "What expires (loại giấy tờ)." })
  paper?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "It expires by this day (hết hạn đến ngày)." })
  expiresBy?: LegalDay | null;
  @Field(() => ReminderStateEnum, {
    nullable: true,
    description: "State; without it, those that are due and those that expired not long ago (trạng thái).",
  })
  state?: ReminderState | null;
}
