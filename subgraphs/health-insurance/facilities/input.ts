import { Field, ID, InputType } from "type-graphql";
import { type FacilityChangeReason, FacilityChangeReasonEnum } from "./change-reasons.ts";

@InputType({
  description: "Change of the facility of first care (đổi nơi đăng ký khám chữa bệnh ban đầu).",
})
export class CareFacilityChangeInput {
  @Field(() => String, { description: "Personal number of the insured person (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => ID, { description: "Code of the new facility (mã cơ sở khám chữa bệnh)." })
  facility!: string;
  @Field(() => FacilityChangeReasonEnum, { description: "Reason (lý do)." })
  reason!: FacilityChangeReason;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}
