import { Field, InputType } from "type-graphql";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { DossierState, Outcome } from "../saga/state.ts";
import { DossierStateEnum, OutcomeEnum } from "./enums.ts";

@InputType({ description: "Which dossiers are asked for; what is left out does not narrow (bộ lọc hồ sơ)." })
export class DossierFilter {
  @Field(() => String, { nullable: true, description: "Province code (mã tỉnh)." })
  province?: string | null;
  @Field(() => String, { nullable: true, description: "Commune code of the office (nơi tiếp nhận)." })
  office?: string | null;
  @Field(() => String, { nullable: true, description: "Procedure code of the combination (mã thủ tục liên thông)." })
  bundle?: string | null;
  @Field(() => [DossierStateEnum], { nullable: true, description: "Any of these states (trạng thái)." })
  states?: DossierState[] | null;
  @Field(() => [OutcomeEnum], { nullable: true, description: "Any of these outcomes (kết quả)." })
  outcomes?: Outcome[] | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Due before this instant (hạn trả trước)." })
  dueBefore?: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Due at or after this instant (hạn trả từ)." })
  dueAfter?: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Received before this instant (tiếp nhận trước)." })
  receivedBefore?: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Received at or after this instant (tiếp nhận từ)." })
  receivedAfter?: Date | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "True: only late and not completed ones; false: all others (quá hạn).",
  })
  overdue?: boolean | null;
}
