import { Field, ID, InputType, Int } from "type-graphql";
import { ClientJsonScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { HandoverMethod } from "../acceptance/application.ts";
import { AgencyCodeEnum, HandoverMethodEnum, PartStateEnum, type Risk, RiskEnum } from "../dossiers/enums.ts";
import type { StepState } from "../saga/state.ts";

@InputType({ description: "Filter of a work list; an absent field does not filter (bộ lọc việc)." })
export class WorkFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "Name of applicant or subject without regard to diacritics, phone or its last four digits, personal number of a party, code or its tail; 1 to 200 characters (từ khóa).",
  })
  search?: string | null;
  @Field(() => [PartStateEnum], {
    nullable: true,
    description: "Any of these states; open parts by default (trạng thái).",
  })
  states?: StepState[] | null;
  @Field(() => ID, { nullable: true, description: "Procedure code (mã thủ tục)." })
  procedure?: string | null;
  @Field(() => AgencyCodeEnum, { nullable: true, description: "Agency (cơ quan)." })
  agency?: AgencyCode | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Due before this instant (hạn trước)." })
  dueBefore?: Date | null;
  @Field(() => Boolean, { nullable: true, description: "True: only the caller's own parts (việc tôi đã nhận)." })
  claimedByMe?: boolean | null;
  @Field(() => ID, { nullable: true, description: "Officer who has claimed it: the token's `sub` (cán bộ đã nhận)." })
  officer?: string | null;
  @Field(() => RiskEnum, { nullable: true, description: "Risk of missing the due date (nguy cơ trễ hạn)." })
  risk?: Risk | null;
}

@InputType({ description: "Grant of a part (giải quyết)." })
export class GrantInput {
  @Field(() => ClientJsonScalar, { nullable: true, description: "Facts of the result (nội dung kết quả)." })
  facts?: unknown;
  @Field(() => [ID], {
    nullable: true,
    description:
      "Ids of the part's likenesses that the officer has compared; each of them is required (các trường hợp nghi trùng đã đối chiếu).",
  })
  compared?: string[] | null;
}

@InputType({ description: "Refusal of a part (từ chối)." })
export class RefuseInput {
  @Field(() => String, { description: "Reason in Vietnamese (lý do)." })
  reason!: string;
  @Field(() => String, { description: "Article that the refusal is based on (căn cứ pháp lý)." })
  legalBasis!: string;
}

@InputType({ description: "A requested paper (giấy tờ cần bổ sung)." })
export class SupplementItemInput {
  @Field(() => String, { description: "Code of the paper (mã giấy tờ)." })
  code!: string;
  @Field(() => String, { description: "Content of the request, in Vietnamese (nội dung)." })
  text!: string;
  @Field(() => String, {
    nullable: true,
    description:
      "Article that the request is based on; required of a paper outside the posted list of the procedure (căn cứ pháp lý).",
  })
  legalBasis?: string | null;
}

@InputType({ description: "Request for papers (yêu cầu bổ sung)." })
export class SupplementInput {
  @Field(() => [SupplementItemInput], { description: "The papers (danh mục giấy tờ)." })
  items!: SupplementItemInput[];
}

@InputType({ description: "Extension for verification (gia hạn để xác minh)." })
export class ExtendInput {
  @Field(() => String, { description: "Reason in Vietnamese (lý do)." })
  reason!: string;
  @Field(() => Int, { description: "Working days, 1 to 60 (số ngày làm việc)." })
  workingDays!: number;
}

@InputType({ description: "Decision of an officer: exactly one field is given (quyết định của cán bộ)." })
export class DecisionInput {
  @Field(() => GrantInput, { nullable: true, description: "Grant (giải quyết)." })
  grant?: GrantInput | null;
  @Field(() => RefuseInput, { nullable: true, description: "Refusal (từ chối)." })
  refuse?: RefuseInput | null;
  @Field(() => SupplementInput, { nullable: true, description: "Request for papers (yêu cầu bổ sung)." })
  supplement?: SupplementInput | null;
  @Field(() => ExtendInput, { nullable: true, description: "Extension (gia hạn)." })
  extend?: ExtendInput | null;
}

@InputType({ description: "Answer to one item of a supplement (nội dung bổ sung)." })
export class SupplementAnswerInput {
  @Field(() => String, { description: "Code of the item (mã giấy tờ)." })
  item!: string;
  @Field(() => String, { nullable: true, description: "Answer as text (nội dung)." })
  text!: string | null;
  @Field(() => String, { nullable: true, description: "Id of the attachment (tệp đính kèm)." })
  attachment!: string | null;
}

@InputType({ description: "Person who receives results (người nhận kết quả)." })
export class ReceivedByInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
}

@InputType({ description: "Handover of results (trả kết quả)." })
export class ReturnInput {
  @Field(() => HandoverMethodEnum, { description: "How they are handed over (hình thức trả)." })
  method!: HandoverMethod;
  @Field(() => ReceivedByInput, { nullable: true, description: "Person who receives them (người nhận)." })
  receivedBy?: ReceivedByInput | null;
  @Field(() => String, { nullable: true, description: "Code of the receipt (mã biên nhận)." })
  receiptCode?: string | null;
}
