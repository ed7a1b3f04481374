import { Field, ID, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { Agency } from "../agencies/types.ts";
import { DossierStateEnum, OutcomeEnum, PartStateEnum } from "../dossiers/enums.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import { Procedure } from "../procedures/types.ts";

@ObjectType({ description: "One step as the citizen may know it (bước giải quyết)." })
export class TrackedStep {
  @Field(() => Agency, { description: "Who decides (cơ quan giải quyết)." })
  agency!: Agency;
  @Field(() => Procedure, { nullable: true, description: "What is decided (thủ tục)." })
  procedure!: Procedure | null;
  @Field(() => PartStateEnum, { description: "State (trạng thái)." })
  state!: StepRow["state"];
  @Field(() => DateTimeScalar, { nullable: true, description: "Until when (hạn giải quyết)." })
  dueAt!: StepRow["dueAt"];
  @Field(() => DateTimeScalar, { nullable: true, description: "When it was decided (thời điểm hoàn thành)." })
  completedAt!: StepRow["completedAt"];
}

@ObjectType({
  description: "What a citizen may know with the receipt's code and the phone's last digits (tra cứu hồ sơ).",
})
export class TrackedDossier {
  @Field(() => ID, { description: "Code of the dossier (mã hồ sơ)." })
  code!: DossierRow["code"];
  @Field(() => DossierStateEnum, { description: "State (trạng thái)." })
  state!: DossierRow["state"];
  @Field(() => OutcomeEnum, { nullable: true, description: "Null until completed (kết quả)." })
  outcome!: DossierRow["outcome"];
  @Field(() => DateTimeScalar, { description: "When it was received (thời điểm tiếp nhận)." })
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
}
