import { Field, ID, InputType, Int } from "type-graphql";
import { type DeclarantRelation, DeclarantRelationEnum, SexEnum } from "../../_shared/registers/code-list-enums.ts";
import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";
import { CivilParentInput, ParentRoleEnum } from "../birth-acts/input.ts";
import type { ParentRole } from "../birth-acts/tables.ts";
import { RegistrationKindEnum } from "../persons/registration-kind-types.ts";
import type { RegistrationKind } from "../persons/registration-kinds.ts";

type WithoutNoticeKind = "WITNESS" | "UNDERTAKING" | "FOUNDLING_RECORD" | "FOREIGN_CERTIFICATE";
const WITHOUT_NOTICE: Described<WithoutNoticeKind> = {
  WITNESS: "Statement of a witness (văn bản của người làm chứng).",
  UNDERTAKING: "Undertaking of the declarant (giấy cam đoan về việc sinh).",
  FOUNDLING_RECORD: "Record of the finding of a child (biên bản về việc trẻ bị bỏ rơi), Decree 123/2015, art. 14.",
  FOREIGN_CERTIFICATE: "Foreign certificate of the birth (giấy tờ do cơ quan nước ngoài cấp), art. 36.",
};
const WithoutNoticeEnum = describedEnum<WithoutNoticeKind>(
  "CivilBirthEvidenceKind",
  "Evidence of a birth in place of the notice (giấy tờ thay giấy chứng sinh), Law on Civil Status 60/2014, art. 16.",
  WITHOUT_NOTICE,
);

@InputType({ description: "Evidence in place of a birth notice (giấy tờ thay giấy chứng sinh)." })
export class CivilBirthEvidenceInput {
  @Field(() => WithoutNoticeEnum, { description: "Kind (loại)." })
  kind!: WithoutNoticeKind;
  @Field(() => String, { description: "Number, issuer or words (nội dung)." })
  text!: string;
}

@InputType({ description: "Place of a birth: a commune of Viet Nam or a country abroad (nơi sinh)." })
export class CivilBirthPlaceInput {
  @Field(() => String, { nullable: true, description: "Name of the care facility (cơ sở khám chữa bệnh)." })
  facilityName?: string | null;
  @Field(() => String, { nullable: true, description: "Code of the commune; left out abroad (mã xã, phường)." })
  commune?: string | null;
  @Field(() => String, { nullable: true, description: "Country of a birth abroad, ISO 3166-1 (nước sinh)." })
  country?: string | null;
}

@InputType({ description: "Place among the children of a multiple birth (sinh đôi, sinh ba)." })
export class CivilMultipleBirthInput {
  @Field(() => Int, { description: "Order, from 1 (thứ tự)." })
  order!: number;
  @Field(() => Int, { description: "Number of children (số trẻ)." })
  of!: number;
}

@InputType({ description: "Child of a birth (người được khai sinh), Law on Civil Status 60/2014, art. 14." })
export class CivilChildInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => SexEnum, { description: "Sex (giới tính)." })
  sex!: "MALE" | "FEMALE";
  @Field(() => String, { description: "Date of birth, yyyy-MM-dd (ngày, tháng, năm sinh)." })
  dateOfBirth!: string;
  @Field(() => CivilBirthPlaceInput, { description: "Place of birth (nơi sinh)." })
  placeOfBirth!: CivilBirthPlaceInput;
  @Field(() => String, { description: "Ethnic group (dân tộc)." })
  ethnicity!: string;
  @Field(() => String, { description: "Nationality, three letters of ISO 3166-1 (quốc tịch)." })
  nationality!: string;
  @Field(() => String, { nullable: true, description: "Code of the home town's commune (quê quán)." })
  homeCommune?: string | null;
  @Field(() => String, { nullable: true, description: "Code of the birth notice (số giấy chứng sinh)." })
  birthNotice?: string | null;
  @Field(() => CivilBirthEvidenceInput, { nullable: true, description: "Evidence in its place (giấy tờ thay thế)." })
  withoutNotice?: CivilBirthEvidenceInput | null;
  @Field(() => CivilMultipleBirthInput, { nullable: true, description: "Multiple birth (sinh đôi trở lên)." })
  multipleBirth?: CivilMultipleBirthInput | null;
}

@InputType({ description: "Declarant of a birth (người đi đăng ký khai sinh), Law on Civil Status 60/2014, art. 15." })
export class CivilBirthDeclarantInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal number, if there is one (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => DeclarantRelationEnum, { description: "Relation to the child (quan hệ với trẻ)." })
  relation!: DeclarantRelation;
}

@InputType({ description: "Recognition of a parent together with the birth (đăng ký kết hợp nhận cha, mẹ, con)." })
export class BirthRecognitionInput {
  @Field(() => ParentRoleEnum, { description: "Which parent (cha hoặc mẹ)." })
  role!: ParentRole;
  @Field(() => String, { description: "Expertise, or an undertaking with witnesses (chứng cứ)." })
  evidence!: string;
}

@InputType({ description: "Citizen whom the population register has already (công dân đã có số định danh)." })
export class KnownCitizenInput {
  @Field(() => ID, { description: "Id of the citizen in the graph (mã công dân)." })
  id!: string;
  @Field(() => String, { description: "Personal number (số định danh cá nhân)." })
  personalId!: string;
}

@InputType({ description: "Registration of a birth (đăng ký khai sinh)." })
export class CivilBirthInput {
  @Field(() => RegistrationKindEnum, { description: "How it comes into the register (hình thức đăng ký)." })
  kind!: RegistrationKind;
  @Field(() => CivilChildInput, { description: "The child (người được khai sinh)." })
  child!: CivilChildInput;
  @Field(() => CivilParentInput, { nullable: true, description: "The mother, if she is known (người mẹ)." })
  mother?: CivilParentInput | null;
  @Field(() => CivilParentInput, { nullable: true, description: "The father, if he is established (người cha)." })
  father?: CivilParentInput | null;
  @Field(() => CivilBirthDeclarantInput, { description: "Person who declares (người đi khai sinh)." })
  declarant!: CivilBirthDeclarantInput;
  @Field(() => BirthRecognitionInput, {
    nullable: true,
    description: "Parent who is recognised by the same act, with a number of its own (nhận cha, mẹ, con).",
  })
  recognition?: BirthRecognitionInput | null;
  @Field(() => String, {
    nullable: true,
    description: "Number and office of the former registration, if it is repeated or noted (việc đăng ký trước đây).",
  })
  formerRegistration?: string | null;
  @Field(() => KnownCitizenInput, {
    nullable: true,
    description: "The child as a citizen, if there is a personal number already, such as an adult's (công dân).",
  })
  citizen?: KnownCitizenInput | null;
  @Field(() => [ID], {
    nullable: true,
    description:
      "Ids of births that may be the same child and that the registrar has compared (khai sinh đã đối chiếu).",
  })
  compared?: string[] | null;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}
