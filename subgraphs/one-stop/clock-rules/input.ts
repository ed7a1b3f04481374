import { Field, ID, InputType, Int } from "type-graphql";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { CalendarKind } from "../clock/calendar.ts";
import { AgencyCodeEnum } from "../dossiers/enums.ts";

export const CalendarKindEnum = describedEnum<CalendarKind>("CalendarKind", "Kind of a calendar day (loại ngày).", {
  statutory: "Public holiday (ngày lễ, tết).",
  substitute: "Day off for a holiday on a weekend (nghỉ bù).",
  swap_off: "Day off that a Saturday makes up for (nghỉ hoán đổi).",
  make_up_workday: "Working Saturday (ngày làm bù).",
});

@InputType({ description: "A day of the working calendar; without a kind its entry ends (ngày trong lịch làm việc)." })
export class CalendarDayInput {
  @Field(() => String, { description: "yyyy-MM-dd (ngày)." })
  date!: string;
  @Field(() => CalendarKindEnum, { nullable: true, description: "Null removes the entry (loại ngày)." })
  kind?: CalendarKind | null;
  @Field(() => String, { nullable: true, description: "Name in Vietnamese (tên ngày)." })
  name?: string | null;
  @Field(() => AgencyCodeEnum, { nullable: true, description: "Of this agency only (cơ quan)." })
  agency?: AgencyCode | null;
  @Field(() => ID, { nullable: true, description: "Of this province only (tỉnh)." })
  province?: string | null;
  @Field(() => ID, { nullable: true, description: "Of this commune's office only (xã)." })
  office?: string | null;
}

@InputType({
  description:
    "A service rule of weekdays, such as a no-appointment day or a Green Friday (ngày không hẹn, Thứ Sáu xanh).",
})
export class ServiceRuleInput {
  @Field(() => ID, { description: "Name of the rule; the same id replaces it (mã quy tắc)." })
  id!: string;
  @Field(() => String, { description: "Name in Vietnamese (tên)." })
  name!: string;
  @Field(() => String, { description: "Name in English (tên tiếng Anh)." })
  nameEn!: string;
  @Field(() => [Int], { description: "0 is Sunday, 6 is Saturday (thứ trong tuần)." })
  weekdays!: number[];
  @Field(() => String, { description: "First day in force, yyyy-MM-dd (từ ngày)." })
  validFrom!: string;
  @Field(() => String, { nullable: true, description: "Last day in force (đến ngày)." })
  validTo?: string | null;
  @Field(() => [String], { nullable: true, description: "Domains of the catalogue; all if left out (lĩnh vực)." })
  domains?: string[] | null;
  @Field(() => [ID], { nullable: true, description: "Procedures; all if left out (thủ tục)." })
  procedures?: string[] | null;
  @Field(() => [ID], { nullable: true, description: "Offices; all if left out (nơi tiếp nhận)." })
  offices?: string[] | null;
  @Field(() => Int, {
    nullable: true,
    description: "Percent of the term that remains; left out, results come on the same day (phần thời hạn còn lại).",
  })
  percent?: number | null;
}

@InputType({ description: "A rule for supplements (quy định về bổ sung hồ sơ)." })
export class SupplementRuleInput {
  @Field(() => ID, { description: "Name of the rule; the same id replaces it (mã quy tắc)." })
  id!: string;
  @Field(() => [String], { nullable: true, description: "Domains of the catalogue; all if left out (lĩnh vực)." })
  domains?: string[] | null;
  @Field(() => Int, { nullable: true, description: "Working days to answer; none if left out (số ngày làm việc)." })
  workingDays?: number | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "True: the term begins anew afterwards (tính lại từ đầu).",
  })
  restarts!: boolean;
  @Field(() => String, {
    nullable: true,
    description:
      "Legal basis of a refusal where nobody answers; if left out, the published one of each procedure (căn cứ pháp lý).",
  })
  legalBasis?: string | null;
  @Field(() => String, { description: "First day in force, yyyy-MM-dd (từ ngày)." })
  validFrom!: string;
  @Field(() => String, { nullable: true, description: "Last day in force (đến ngày)." })
  validTo?: string | null;
}

@InputType({ description: "Domains that keep the rule of 15:00 (quy tắc 15 giờ)." })
export class CutoffRulesInput {
  @Field(() => [String], { description: "Domains whose same-day procedures keep it (lĩnh vực trả trong ngày)." })
  sameDayDomains!: string[];
  @Field(() => [String], { description: "Domains that keep it whatever the term (lĩnh vực)." })
  domains!: string[];
}

@InputType({ description: "A change of the clock's rules: what is left out stays (thay đổi quy định về thời hạn)." })
export class ClockRulesInput {
  @Field(() => [CalendarDayInput], { defaultValue: [], description: "Days of the calendar (ngày)." })
  days!: CalendarDayInput[];
  @Field(() => [ServiceRuleInput], { defaultValue: [], description: "Service rules (quy tắc phục vụ)." })
  serviceRules!: ServiceRuleInput[];
  @Field(() => [SupplementRuleInput], { defaultValue: [], description: "Rules for supplements (quy định bổ sung)." })
  supplementRules!: SupplementRuleInput[];
  @Field(() => CutoffRulesInput, { nullable: true, description: "The rule of 15:00 (quy tắc 15 giờ)." })
  cutoffs?: CutoffRulesInput | null;
  @Field(() => [ID], { defaultValue: [], description: "Ids of service rules that end (quy tắc phục vụ chấm dứt)." })
  endedServiceRules!: string[];
  @Field(() => String, { description: "Reason or decision in Vietnamese (lý do, văn bản)." })
  reason!: string;
}
