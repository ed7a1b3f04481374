import { Field, ID, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { ClientJsonScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { ChangeRow } from "./changes.ts";

@ObjectType({ description: "A rule before and after a change (nội dung thay đổi)." })
export class ChangedClockRule {
  @Field(() => String, { description: "Kind and key of the rule (mã quy tắc)." })
  key!: string;
  @Field(() => ClientJsonScalar, { nullable: true, description: "Null: there was none (trước khi thay đổi)." })
  before!: unknown;
  @Field(() => ClientJsonScalar, { nullable: true, description: "Null: it ended (sau khi thay đổi)." })
  after!: unknown;
}

@ObjectType({ description: "A change of the clock's rules by an administrator (thay đổi quy định về thời hạn)." })
export class ClockRulesChange {
  @Field(() => ID, { description: "Id of the change (mã thay đổi)." })
  id!: ChangeRow["id"];
  @Field(() => DateTimeScalar, { description: "Business time of the change (thời điểm)." })
  at!: ChangeRow["at"];
  @Field(() => String, { description: "Subject of the administrator's token (người thay đổi)." })
  changedBy!: ChangeRow["changedBy"];
  @Field(() => String, { description: "Reason or decision (lý do, văn bản)." })
  reason!: ChangeRow["reason"];
}

@ObjectType({ description: "A page of changes, the newest first (danh sách thay đổi)." })
export class ClockRulesChangeConnection {
  @Field(() => [ClockRulesChange], { description: "The changes (các thay đổi)." })
  nodes!: ClockRulesChange[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

@ObjectType({ description: "Result of a change of rules (kết quả thay đổi)." })
export class ClockRulesResult {
  @Field(() => ClockRulesChange, { nullable: true, description: "The change; null if there are problems (thay đổi)." })
  change!: ClockRulesChange | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}
