import { Field, ID, InputType } from "type-graphql";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { DossierState, Outcome } from "../saga/state.ts";
import { AgencyCodeEnum, DossierStateEnum, OutcomeEnum, type Risk, RiskEnum } from "./enums.ts";

@InputType({ description: "Filter of a list of dossiers; an absent field does not filter (bộ lọc hồ sơ)." })
export class DossierFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "Name of applicant or subject without regard to diacritics, phone or its last four digits, personal number of a party, code or its tail; 1 to 200 characters (từ khóa).",
  })
  search?: string | null;
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
  @Field(() => RiskEnum, { nullable: true, description: "Risk of missing the due date (nguy cơ trễ hạn)." })
  risk?: Risk | null;
  @Field(() => AgencyCodeEnum, { nullable: true, description: "With a part at this agency (cơ quan giải quyết)." })
  agency?: AgencyCode | null;
  @Field(() => ID, {
    nullable: true,
    description: "Code of the dossier's procedure or combination, or of one of its parts (mã thủ tục).",
  })
  procedure?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "With a part that this officer has claimed or decided: the token's `sub` (cán bộ xử lý).",
  })
  officer?: string | null;
}
