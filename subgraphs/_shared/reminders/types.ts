import { Directive, Field, ID, ObjectType } from "type-graphql";
import type { LegalDay } from "../reference/days.ts";
import { DateScalar, JsonScalar, PersonalIdScalar } from "../serving/scalars.ts";
import type { DueEntry, TermState } from "./source.ts";
import { ReminderStateEnum } from "./state-type.ts";

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "An entry whose renewal is due, as the desk tells it (giấy tờ sắp hết hạn)." })
export class FoundReminder {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  entry!: string;
  @Field(() => DateScalar, { description: "Last day of its term (ngày hết hạn)." })
  expiresOn!: LegalDay;
  @Field(() => DateScalar, { description: "Last day to request its renewal in time (hạn đề nghị gia hạn)." })
  requestBy!: DueEntry["requestBy"];
  @Field(() => DateScalar, { description: "Day on which the agency found it (ngày phát hiện)." })
  foundOn!: LegalDay;
  @Field(() => PersonalIdScalar, { description: "Person whom it concerns (người được cấp)." })
  holder!: DueEntry["holder"];
  @Field(() => [PersonalIdScalar], { description: "Persons who are told, the first one reached (người được nhắc)." })
  people!: DueEntry["people"];
  @Field(() => ID, { nullable: true, description: "Code of its commune (mã đơn vị hành chính)." })
  commune!: DueEntry["commune"];
  @Field(() => JsonScalar, { description: "Facts with which a renewal begins (thông tin để gia hạn)." })
  facts!: DueEntry["facts"];
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "The end of a reminder (nhắc không còn cần)." })
export class EndedReminder {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  entry!: string;
  @Field(() => DateScalar, { description: "Last day of the term of which it reminded (ngày hết hạn)." })
  expiresOn!: LegalDay;
  @Field(() => ReminderStateEnum, { description: "Why it ended (lý do)." })
  state!: Exclude<TermState, "DUE">;
  @Field(() => DateScalar, { description: "Day on which the agency found the end (ngày phát hiện)." })
  foundOn!: LegalDay;
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "A page of due entries (danh sách giấy tờ sắp hết hạn)." })
export class FoundReminders {
  @Field(() => [FoundReminder], { description: "The entries, in the order of their finding (các giấy tờ)." })
  reminders!: FoundReminder[];
  @Field(() => [EndedReminder], {
    description: "Reminders that ended, of this page or an earlier one (các nhắc đã hết).",
  })
  ended!: EndedReminder[];
  @Field(() => String, { nullable: true, description: "Cursor of the next page; null before the first (con trỏ)." })
  end!: string | null;
  @Field(() => Boolean, { description: "More may follow at once (còn tiếp)." })
  hasMore!: boolean;
}
