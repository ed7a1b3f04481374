import { Field, ID, InputType } from "type-graphql";
import { type EndReason, HealthInsuranceEndReasonEnum } from "./end-reasons.ts";

const PERSONAL_ID = "Personal number of the participant (số định danh cá nhân).";
const GROUND = "Document or dossier on which it rests (căn cứ).";

@InputType({ description: "Employer who enrols participants (đơn vị tham gia bảo hiểm y tế)." })
export class EnrollingEmployerInput {
  @Field(() => String, { description: "Tax code, or code of a household business (mã số thuế)." })
  code!: string;
  @Field(() => String, { description: "Name (tên đơn vị)." })
  name!: string;
}

@InputType({ description: "A person who is enrolled (người tham gia)." })
export class ParticipantInput {
  @Field(() => String, { description: PERSONAL_ID })
  personalId!: string;
  @Field(() => String, { description: "Full name (họ và tên)." })
  fullName!: string;
  @Field(() => String, { description: "Date of birth: yyyy, yyyy-MM or yyyy-MM-dd (ngày sinh)." })
  dateOfBirth!: string;
  @Field(() => ID, {
    nullable: true,
    description: "Code of another facility of first care than that of the others (nơi đăng ký KCB ban đầu).",
  })
  facility?: string | null;
}

@InputType({
  description: "Enrolment of participants in one group: by an employer, or of one person (đăng ký tham gia, báo tăng).",
})
export class HealthInsuranceEnrolmentInput {
  @Field(() => EnrollingEmployerInput, { nullable: true, description: "The employer, if there is one (đơn vị)." })
  employer?: EnrollingEmployerInput | null;
  @Field(() => String, { description: "Code of the group of the insured, such as DN (mã đối tượng)." })
  objectCode!: string;
  @Field(() => ID, { description: "Code of the facility of first care (nơi đăng ký KCB ban đầu)." })
  facility!: string;
  @Field(() => String, { description: "First day of the term, yyyy-MM-dd (giá trị từ)." })
  validFrom!: string;
  @Field(() => String, {
    nullable: true,
    description: "Last day; null for as long as contributions are paid (giá trị đến).",
  })
  validTo?: string | null;
  @Field(() => [ParticipantInput], { description: "The participants, 500 at most (danh sách người tham gia)." })
  participants!: ParticipantInput[];
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "Further term of a card in the same group (gia hạn thẻ)." })
export class HealthInsuranceRenewalInput {
  @Field(() => String, { description: PERSONAL_ID })
  personalId!: string;
  @Field(() => String, {
    nullable: true,
    description:
      "First day; the day after the present term if it is not stated, or today if that has passed (từ ngày).",
  })
  validFrom?: string | null;
  @Field(() => String, { description: "Last day, yyyy-MM-dd (đến ngày)." })
  validTo!: string;
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({
  description:
    "Correction of the holder on a card, such as after one of the birth entry (điều chỉnh thông tin trên thẻ).",
})
export class HealthInsuranceHolderCorrectionInput {
  @Field(() => String, { description: PERSONAL_ID })
  personalId!: string;
  @Field(() => String, { nullable: true, description: "Correct full name; left out if it stays (họ và tên)." })
  fullName?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Correct date of birth: yyyy, yyyy-MM or yyyy-MM-dd; left out if it stays (ngày sinh).",
  })
  dateOfBirth?: string | null;
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "End of a term before its last day (báo giảm, khóa thẻ)." })
export class HealthInsuranceEndInput {
  @Field(() => String, { description: PERSONAL_ID })
  personalId!: string;
  @Field(() => String, { description: "Last day on which the card is valid, or day of death (ngày cuối)." })
  lastDay!: string;
  @Field(() => HealthInsuranceEndReasonEnum, { description: "Reason (lý do)." })
  reason!: EndReason;
  @Field(() => String, { description: GROUND })
  ground!: string;
}
