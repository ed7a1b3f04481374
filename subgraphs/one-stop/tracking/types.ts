import { Field, ID, ObjectType } from "type-graphql";
import { Agency } from "../../_shared/registers/agency-type.ts";
import { AlsoId } from "../../_shared/serving/id-field.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { DossierStateEnum, OutcomeEnum, PartStateEnum } from "../dossiers/enums.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import { Procedure } from "../procedures/types.ts";
import type { Holder } from "../time-ledger/holdings.ts";
import { HolderEnum } from "../time-ledger/types.ts";

@ObjectType({
  description: "In whose hands a tracked dossier lies now; officers are not named (nơi đang giữ hồ sơ).",
})
export class TrackedHolder {
  @Field(() => HolderEnum, { description: "Kind of holder (nơi giữ)." })
  holder!: Holder;
  @Field(() => Agency, { nullable: true, description: "The agency, if it is one (cơ quan)." })
  agency!: Agency | null;
  @Field(() => DateTimeScalar, { description: "Begin (từ)." })
  since!: Date;
}

@ObjectType({ description: "A step as shown on the tracking page (bước giải quyết)." })
export class TrackedStep {
  @Field(() => Agency, { description: "Agency that decides it (cơ quan giải quyết)." })
  agency!: Agency;
  @Field(() => String, { description: "Name: of the stage or of the procedure (tên việc)." })
  name!: string;
  @Field(() => Procedure, { nullable: true, description: "Procedure (thủ tục)." })
  procedure!: Procedure | null;
  @Field(() => PartStateEnum, { description: "State (trạng thái)." })
  state!: StepRow["state"];
  @Field(() => DateTimeScalar, { nullable: true, description: "Due date (hạn giải quyết)." })
  dueAt!: StepRow["dueAt"];
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the decision (thời điểm hoàn thành)." })
  completedAt!: StepRow["completedAt"];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "End of the term to hand in requested papers; null without a term (hạn bổ sung).",
  })
  supplementDueAt!: string | null;
}

@ObjectType({
  description: "A dossier as shown to a person who knows its code and the last digits of the phone (tra cứu hồ sơ).",
})
export class TrackedDossier {
  @AlsoId()
  @Field(() => ID, { description: "Code of the dossier (mã hồ sơ)." })
  code!: DossierRow["code"];
  @Field(() => DateTimeScalar, { description: "Time of the last change (cập nhật lúc)." })
  updatedAt!: DossierRow["updatedAt"];
  @Field(() => DossierStateEnum, { description: "State (trạng thái)." })
  state!: DossierRow["state"];
  @Field(() => OutcomeEnum, { nullable: true, description: "Null until completed (kết quả)." })
  outcome!: DossierRow["outcome"];
  @Field(() => DateTimeScalar, { description: "Time of receipt (thời điểm tiếp nhận)." })
  receivedAt!: DossierRow["receivedAt"];
  @Field(() => DateTimeScalar, { description: "The appointment (hẹn trả kết quả)." })
  dueAt!: DossierRow["dueAt"];
  @Field(() => Boolean, { description: "The appointment has passed (quá hạn)." })
  overdue!: boolean;
  @Field(() => [TrackedStep], { description: "The steps (các bước)." })
  steps!: TrackedStep[];
  @Field(() => [String], {
    description:
      "Actions that the citizen has to take now, and agencies that the dossier waits for, in Vietnamese; empty if there are none (việc cần làm).",
  })
  whatYouMustDo!: string[];
  @Field(() => [String], {
    description:
      "The same in English, in the same order; officers' own words stay Vietnamese (việc cần làm, tiếng Anh).",
  })
  whatYouMustDoEn!: string[];
}
