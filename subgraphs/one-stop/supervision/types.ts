import { Field, ID, Int, ObjectType } from "type-graphql";
import { Agency } from "../../_shared/registers/agency-type.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { Officer } from "../casework/types.ts";
import { type Risk, RiskEnum } from "../dossiers/enums.ts";
import { Dossier, DossierPart } from "../dossiers/types.ts";
import type { Total } from "../paging/counting.ts";
import type { Holder } from "../time-ledger/holdings.ts";
import { HolderEnum } from "../time-ledger/types.ts";

export type WorkloadGrouping = "OFFICER" | "STEP" | "AGENCY" | "OFFICE";
export const WorkloadGroupingEnum = describedEnum<WorkloadGrouping>(
  "WorkloadGrouping",
  "By what the work is counted (cách thống kê khối lượng công việc).",
  {
    OFFICER: "By the officer who has claimed a part (theo cán bộ).",
    STEP: "By procedure and step (theo bước giải quyết).",
    AGENCY: "By agency (theo cơ quan).",
    OFFICE: "By the office that works on a part (theo nơi giải quyết).",
  },
);

@ObjectType({ description: "Open parts of one group, and how long decided ones took (khối lượng công việc)." })
export class Workload {
  @Field(() => ID, { description: "Id of the row, for client caches (định danh)." })
  id!: string;
  @Field(() => String, {
    description:
      "Officer's id, code of procedure and step, of an agency or of an office; UNCLAIMED for parts that nobody has claimed (mã).",
  })
  key!: string;
  @Field(() => String, { description: "Name in Vietnamese (tên)." })
  name!: string;
  @Field(() => Int, { description: "Open parts (số việc đang giải quyết)." })
  open!: number;
  @Field(() => Int, { description: "Those that are due today and not late (đến hạn trong ngày)." })
  dueToday!: number;
  @Field(() => Int, { description: "Those after their due date (trễ hạn)." })
  late!: number;
  @Field(() => Int, { description: "Those in the last day before it (sắp đến hạn)." })
  atRisk!: number;
  @Field(() => Int, { description: "Parts decided in the last 30 days (số việc đã giải quyết trong 30 ngày)." })
  decided!: number;
  @Field(() => Int, {
    nullable: true,
    description:
      "Median working minutes from the beginning of a part's term to its decision, without suspensions, of the parts decided in the last 30 days; null without any (số phút làm việc trung vị).",
  })
  medianWorkingMinutes!: number | null;
}

@ObjectType({ description: "In whose hands a dossier is now (nơi đang giữ hồ sơ)." })
export class CurrentHolder {
  @Field(() => HolderEnum, { description: "Kind of holder (nơi giữ)." })
  holder!: Holder;
  @Field(() => Agency, { nullable: true, description: "The agency, if it is one (cơ quan)." })
  agency!: Agency | null;
  @Field(() => Officer, { nullable: true, description: "The officer, if it is one (cán bộ)." })
  officer!: Officer | null;
}

@ObjectType({ description: "A dossier that is late or at risk now (hồ sơ trễ hạn, sắp đến hạn)." })
export class LateDossierItem {
  @Field(() => ID, { description: "Id of the dossier (định danh hồ sơ)." })
  id!: string;
  @Field(() => Dossier, { description: "The dossier (hồ sơ)." })
  dossier!: Dossier;
  @Field(() => DossierPart, {
    nullable: true,
    description: "Open part on which the dossier depends; null if none is open (phần việc).",
  })
  part!: DossierPart | null;
  @Field(() => RiskEnum, { description: "LATE or AT_RISK (nguy cơ trễ hạn)." })
  risk!: Risk;
  @Field(() => CurrentHolder, { description: "In whose hands it is (nơi đang giữ)." })
  heldBy!: CurrentHolder;
  @Field(() => DateTimeScalar, { description: "Time since which it is in these hands (giữ từ)." })
  since!: Date;
  @Field(() => String, { description: "Reason as a sentence in Vietnamese (lý do)." })
  reason!: string;
  @Field(() => String, { description: "The same in English (lý do, tiếng Anh)." })
  reasonEn!: string;
  @Field(() => Boolean, {
    description: "True if the caller may give the part to another officer by `reassignPart` (có thể phân công lại).",
  })
  reassignable!: boolean;
}

@ObjectType({
  description: "A page of dossiers that are late or at risk, the first due first (danh sách hồ sơ trễ hạn).",
})
export class LateDossierConnection {
  total!: () => Promise<Total>;
  @Field(() => [LateDossierItem], { description: "The dossiers (các hồ sơ)." })
  nodes!: LateDossierItem[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
