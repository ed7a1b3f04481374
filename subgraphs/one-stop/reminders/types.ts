import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Agency } from "../../_shared/registers/agency-type.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { type ReminderState, ReminderStateEnum } from "../../_shared/reminders/state-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { ClientJsonScalar, DateScalar } from "../../_shared/serving/scalars.ts";
import { subgraphs } from "../../agency-registry.ts";
import { Citizen } from "../citizens/types.ts";
import { MessageDelivery } from "../messages/types.ts";
import type { RenewalFacts } from "./renewals.ts";
import type { ReminderRow } from "./tables.ts";

/** Kinds of entries with a term: one of each agency that reminds. */
export const ExpiringPaperEnum = describedEnum<string>(
  "ExpiringPaper",
  "Paper or registration with a term (giấy tờ, đăng ký có thời hạn).",
  Object.fromEntries(
    subgraphs.flatMap((each) =>
      "expiry" in each ? [[each.expiry.kind, `${each.expiry.en} (${each.expiry.vi}).`]] : [],
    ),
  ),
);

@ObjectType({ description: "What a renewal begins with (hồ sơ gia hạn được điền sẵn)." })
export class Renewal {
  @Directive("@listSize(assumedSize: 3)")
  @Field(() => [ID], {
    description: "Procedures of the catalogue, one of which renews it; several where facts decide (mã thủ tục).",
  })
  procedures!: RenewalFacts["procedures"];
  @Field(() => ClientJsonScalar, {
    description: "Answers to the form that the agency knows, for `form` of `submitDossier` (nội dung điền sẵn).",
  })
  form!: RenewalFacts["form"];
}

@ObjectType({ description: "Reminder of a paper or registration whose renewal is due (nhắc giấy tờ sắp hết hạn)." })
export class ExpiryReminder {
  @Field(() => ID, { description: "Id (mã)." })
  id!: ReminderRow["id"];
  @Field(() => ExpiringPaperEnum, { description: "What expires (loại giấy tờ)." })
  paper!: string;
  @Field(() => Agency, { description: "Agency that keeps it (cơ quan quản lý)." })
  keptBy!: Agency;
  @Field(() => Citizen, { nullable: true, description: "Person whom it concerns (người được cấp)." })
  citizen?: Citizen | null;
  @Field(() => DateScalar, { description: "Last day of its term (ngày hết hạn)." })
  expiresOn!: ReminderRow["expiresOn"];
  @Field(() => DateScalar, { description: "Last day to request the renewal in time (hạn đề nghị gia hạn)." })
  renewBy!: ReminderRow["renewBy"];
  @Field(() => DateScalar, { description: "Day on which its agency found it (ngày phát hiện)." })
  foundOn!: ReminderRow["foundOn"];
  @Field(() => ReminderStateEnum, { nullable: true, description: "State, and why it ended (trạng thái)." })
  state?: ReminderState | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: "Day on which its agency found that it is renewed, superseded or closed (ngày hết cần nhắc).",
  })
  endedOn?: ReminderRow["endedOn"];
  @Field(() => Renewal, {
    nullable: true,
    description: "Prefilled renewal; null where the catalogue has no procedure for it or the reminder ended (gia hạn).",
  })
  renewal?: Renewal | null;
  @Directive("@listSize(assumedSize: 2)")
  @Field(() => [MessageDelivery], {
    nullable: true,
    description:
      "Deliveries of its message; empty where the desk knows neither phone nor e-mail of anybody concerned (các lượt gửi).",
  })
  deliveries?: MessageDelivery[] | null;
}

@ObjectType({ description: "A page of reminders, the first to expire first (danh sách giấy tờ sắp hết hạn)." })
export class ExpiryReminderConnection {
  @Field(() => [ExpiryReminder], { description: "The reminders (các giấy tờ)." })
  nodes!: ExpiryReminder[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
