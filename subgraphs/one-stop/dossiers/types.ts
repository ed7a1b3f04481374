import { Field, ID, Int, ObjectType } from "type-graphql";
import { Agency } from "../../_shared/registers/agency-type.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { AlsoId } from "../../_shared/serving/id-field.ts";
import { DateScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { DueStep } from "../clock/due-steps.ts";
import type { TermUnit } from "../clock/terms.ts";
import { Node } from "../nodes/types.ts";
import type { Total } from "../paging/counting.ts";
import type { HistoryRow } from "../saga/stored-history.ts";
import type { dossiers, steps } from "../tables.ts";
import {
  ChannelEnum,
  DeliveryStateEnum,
  DossierStateEnum,
  DueRuleKindEnum,
  HistoryStateEnum,
  OutcomeEnum,
  PartStateEnum,
  TermUnitEnum,
} from "./enums.ts";

export type DossierRow = typeof dossiers.$inferSelect;
export type StepRow = typeof steps.$inferSelect;

@ObjectType({ description: "A one-stop desk of a commune (Bộ phận Một cửa); Decree 118/2025/NĐ-CP." })
export class Office {
  @AlsoId()
  @Field(() => ID, { description: "Commune code (mã đơn vị hành chính cấp xã)." })
  code!: string;
  @Field(() => String, { description: "Name in Vietnamese (tên nơi tiếp nhận)." })
  name!: string;
}

@ObjectType({ description: "The combined procedure of a dossier (thủ tục liên thông)." })
export class Bundle {
  @AlsoId()
  @Field(() => ID, { description: "Procedure code of the combination (mã thủ tục hành chính)." })
  code!: string;
  @Field(() => String, { description: "Name in Vietnamese (tên thủ tục)." })
  name!: string;
}

@ObjectType({ description: "Delivery of a part to its agency (tình trạng chuyển hồ sơ)." })
export class Delivery {
  @Field(() => DeliveryStateEnum, { description: "State of the delivery (trạng thái)." })
  state!: StepRow["delivery"];
  @Field(() => Int, { description: "Number of deliveries so far (số lần gửi)." })
  attempts!: StepRow["attempts"];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Time of the next delivery or status query (lần gửi tiếp theo).",
  })
  nextAttemptAt!: StepRow["nextAttemptAt"];
}

@ObjectType({ description: "Refusal of a part by its agency (từ chối)." })
export class PartRefused {
  @Field(() => String, { description: "Stable code (mã lý do)." })
  code!: string;
  @Field(() => String, { description: "Reason in Vietnamese (lý do)." })
  message!: string;
  @Field(() => String, { description: "Reason in English (lý do, tiếng Anh)." })
  messageEn!: string;
  @Field(() => String, { description: "Legal basis: the article (căn cứ pháp lý)." })
  legalBasis!: string;
}

@ObjectType({ description: "A requested paper (giấy tờ cần bổ sung)." })
export class SupplementRequestItem {
  @Field(() => String, { description: "Code of the paper (mã giấy tờ)." })
  code!: string;
  @Field(() => String, { description: "Content of the request (nội dung)." })
  description!: string;
}

@ObjectType({
  description:
    "An agency's request for papers (phiếu yêu cầu bổ sung); seven working days in interlinked groups, Decree 63/2024/NĐ-CP.",
})
export class SupplementRequest {
  @Field(() => DateTimeScalar, { description: "Time of the request (thời điểm yêu cầu)." })
  requestedAt!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: "End of the term; null without a term (hạn bổ sung)." })
  dueAt!: string | null;
  @Field(() => [SupplementRequestItem], { description: "The papers (danh mục giấy tờ)." })
  items!: SupplementRequestItem[];
}

@ObjectType({ description: "The open step that a part waits for (việc đang chờ)." })
export class Waiting {
  @Field(() => Agency, { description: "The agency whose decision is awaited (cơ quan đang chờ)." })
  agency!: Agency;
  @Field(() => String, { description: "Name of the step in Vietnamese (việc đang chờ)." })
  step!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the first delivery (chờ từ)." })
  since!: Date | null;
  @Field(() => Int, { description: "Number of deliveries so far (số lần gửi)." })
  attempts!: number;
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the next attempt (lần gửi tiếp theo)." })
  nextAttemptAt!: Date | null;
  @Field(() => Boolean, {
    description: "True if the agency has not responded to the last call (cơ quan chưa trả lời).",
  })
  unanswered!: boolean;
  @Field(() => String, { description: "The same as a sentence in Vietnamese (nội dung)." })
  text!: string;
  @Field(() => String, { description: "The same as a sentence in English (nội dung, tiếng Anh)." })
  textEn!: string;
}

@ObjectType({ description: "A rule that determines a due date (căn cứ tính hạn)." })
export class DueRule {
  @Field(() => DueRuleKindEnum, { description: "Kind of the rule (quy tắc)." })
  rule!: DueStep["rule"];
  @Field(() => DateScalar, { nullable: true, description: "Day that it is about (ngày)." })
  day!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Instant that it is about (thời điểm)." })
  at!: Date | null;
  @Field(() => Int, { nullable: true, description: "Length of a term; minutes where hours count (số lượng)." })
  quantity!: number | null;
  @Field(() => TermUnitEnum, { nullable: true, description: "Unit of the quantity (đơn vị)." })
  unit!: TermUnit | null;
  @Field(() => String, { description: "Explanation in Vietnamese (giải thích)." })
  text!: string;
  @Field(() => String, { description: "The same in English (bản tiếng Anh)." })
  textEn!: string;
}

@ObjectType({ description: "Person whom a dossier is about (người được giải quyết)." })
export class DossierSubject {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
}

@ObjectType({ description: "One procedure of a dossier at one agency (phần việc của hồ sơ)." })
export class DossierPart {
  @Field(() => ID, { description: "Id of the part (mã phần việc)." })
  id!: StepRow["id"];
  @Field(() => PartStateEnum, { description: "State of the part (trạng thái)." })
  state!: StepRow["state"];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Due date; planned while the part waits for others (hạn giải quyết).",
  })
  dueAt!: StepRow["dueAt"];
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the agency's decision (thời điểm hoàn thành)." })
  completedAt!: StepRow["completedAt"];
  @Field(() => PartRefused, {
    nullable: true,
    description: "Reason of a refusal; null if it was not refused (lý do từ chối).",
  })
  refusal!: StepRow["refusal"];
  @Field(() => SupplementRequest, {
    nullable: true,
    description: "Request for papers, if there is one (yêu cầu bổ sung).",
  })
  supplement!: StepRow["supplement"];
}

@ObjectType({ description: "Entry in the history of a dossier (một bước trong lịch sử xử lý)." })
export class HistoryEntry {
  @Field(() => ID, { description: "Id of the entry (mã bước xử lý)." })
  id!: HistoryRow["id"];
  @Field(() => DateTimeScalar, { description: "Business time of the entry (thời điểm)." })
  at!: HistoryRow["at"];
  @Field(() => HistoryStateEnum, { description: "State that was reached (trạng thái)." })
  state!: HistoryRow["state"];
  @Field(() => String, { description: "Agency code, or the role of the person who acted (người thực hiện)." })
  actor!: HistoryRow["actor"];
  @Field(() => String, { nullable: true, description: "Note in Vietnamese (ghi chú)." })
  note!: HistoryRow["note"];
  @Field(() => DossierPart, {
    nullable: true,
    description: "The part concerned; null for the whole dossier (phần việc).",
  })
  part?: DossierPart | null;
}

@ObjectType({ description: "A page of a dossier's history, oldest first (lịch sử xử lý)." })
export class HistoryConnection {
  @Field(() => [HistoryEntry], { description: "The entries (các bước)." })
  nodes!: HistoryEntry[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

@ObjectType({
  description: "A dossier (hồ sơ) at a one-stop desk; Decree 118/2025/NĐ-CP, Circular 03/2025/TT-VPCP.",
  implements: Node,
})
export class Dossier {
  @Field(() => ID, { description: "Id of the dossier, for client caches (định danh hồ sơ)." })
  id!: DossierRow["id"];
  @Field(() => ID, { description: "Code: agency, day of receipt, number (mã hồ sơ)." })
  code!: DossierRow["code"];
  @Field(() => DateTimeScalar, { description: "Time of the last change (cập nhật lúc)." })
  updatedAt!: DossierRow["updatedAt"];
  @Field(() => Int, { description: "Grows with every change (lần sửa đổi)." })
  revision!: DossierRow["revision"];
  @Field(() => DossierStateEnum, { description: "State (trạng thái)." })
  state!: DossierRow["state"];
  @Field(() => OutcomeEnum, { nullable: true, description: "Null until completed (kết quả)." })
  outcome!: DossierRow["outcome"];
  @Field(() => ChannelEnum, { description: "Channel of the submission (hình thức tiếp nhận)." })
  channel!: DossierRow["channel"];
  @Field(() => DateTimeScalar, { description: "Time of receipt (thời điểm tiếp nhận)." })
  receivedAt!: DossierRow["receivedAt"];
  @Field(() => DateTimeScalar, {
    description: "The appointment: 23:59:59 of the due day; the hour itself for a term in hours (hẹn trả kết quả).",
  })
  dueAt!: DossierRow["dueAt"];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Time of the last agency's decision (thời điểm hoàn thành).",
  })
  completedAt!: DossierRow["completedAt"];
}

@ObjectType({ description: "A page of dossiers (danh sách hồ sơ)." })
export class DossierConnection {
  total!: () => Promise<Total>;
  @Field(() => [Dossier], { description: "The dossiers (các hồ sơ)." })
  nodes!: Dossier[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
