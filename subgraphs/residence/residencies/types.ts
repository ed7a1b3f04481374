import { Field, ID, ObjectType } from "type-graphql";
import { RelationToHeadEnum } from "../../_shared/registers/code-list-enums.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { DateScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { residencyVersions } from "../tables.ts";
import { Household } from "../types.ts";
import { StrikeOffReasonEnum } from "./strike-off-reasons.ts";

type VersionRow = typeof residencyVersions.$inferSelect;

@ObjectType({
  description: "A version of a permanent residence, with who entered it on what ground (thông tin thường trú).",
})
export class ResidencePeriod {
  @Field(() => ID, { description: "Id of the register entry and number of the version (định danh)." })
  id!: string;
  @Field(() => DateScalar, { description: "Day from which it holds (có hiệu lực từ ngày)." })
  validFrom!: VersionRow["validFrom"];
  @Field(() => DateScalar, { description: "Day of registration at this address (ngày đăng ký)." })
  registeredOn!: VersionRow["registeredOn"];
  @Field(() => RelationToHeadEnum, { description: "Relation to the head of the household (quan hệ với chủ hộ)." })
  relationToHead!: VersionRow["relationToHead"];
  @Field(() => Household, { nullable: true, description: "The household, as it is now (hộ gia đình)." })
  household!: Household;
  @Field(() => StrikeOffReasonEnum, {
    nullable: true,
    description: "Reason, if the version strikes the person off (lý do xóa đăng ký thường trú).",
  })
  strikeOff!: VersionRow["strikeOff"];
  @Field(() => DateTimeScalar, { description: "Time of its entry (thời điểm ghi)." })
  recordedAt!: VersionRow["recordedAt"];
  @Field(() => String, { description: "Who entered it: an officer's token subject, or a service (người ghi)." })
  recordedBy!: string;
  @Field(() => String, { nullable: true, description: "Dossier or document on which it rests (căn cứ)." })
  ground!: string | null;
}

@ObjectType({ description: "A page of permanent residences, the newest first (quá trình thường trú)." })
export class ResidencePeriodConnection {
  @Field(() => [ResidencePeriod], { description: "The versions (các lần đăng ký)." })
  nodes!: ResidencePeriod[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
