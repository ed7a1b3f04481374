import { Field, ID, InputType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { SexEnum } from "../../_shared/registers/code-list-enums.ts";
import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { type CorrectionKind, CorrectionKindEnum } from "../corrections/correction-kinds.ts";
import type { ParentRole } from "./tables.ts";

@InputType({ description: "A parent as recorded at the birth (cha, mẹ)." })
export class CivilParentInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { description: "Date of birth: yyyy, yyyy-MM or yyyy-MM-dd (ngày, tháng, năm sinh)." })
  dateOfBirth!: string;
  @Field(() => String, { nullable: true, description: "Personal number, if there is one (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => String, { description: "Ethnic group (dân tộc)." })
  ethnicity!: string;
  @Field(() => String, { description: "Nationality, three letters of ISO 3166-1 (quốc tịch)." })
  nationality!: string;
}

@InputType({ description: "New facts of a birth; what is left out stays (nội dung thay đổi)." })
export class BirthChangesInput {
  @Field(() => String, { nullable: true, description: "Full name of the child (họ, chữ đệm, tên)." })
  fullName?: string | null;
  @Field(() => SexEnum, { nullable: true, description: "Sex (giới tính)." })
  sex?: "MALE" | "FEMALE" | null;
  @Field(() => String, { nullable: true, description: "Date of birth (ngày, tháng, năm sinh)." })
  dateOfBirth?: string | null;
  @Field(() => String, { nullable: true, description: "Ethnic group (dân tộc)." })
  ethnicity?: string | null;
  @Field(() => String, { nullable: true, description: "Code of the commune of birth (nơi sinh)." })
  birthCommune?: string | null;
  @Field(() => String, { nullable: true, description: "Code of the home town's commune (quê quán)." })
  homeCommune?: string | null;
  @Field(() => CivilParentInput, { nullable: true, description: "Facts of the recorded mother (người mẹ)." })
  mother?: CivilParentInput | null;
  @Field(() => CivilParentInput, { nullable: true, description: "Facts of the recorded father (người cha)." })
  father?: CivilParentInput | null;
}

@InputType({ description: "Change of the facts of a birth (thay đổi, cải chính, bổ sung khai sinh)." })
export class BirthCorrectionInput {
  @Field(() => ID, { description: "Id of the birth's entry (mã bản ghi)." })
  birth!: string;
  @Field(() => CorrectionKindEnum, { description: "Kind (loại)." })
  kind!: CorrectionKind;
  @Field(() => BirthChangesInput, { description: "New facts (nội dung mới)." })
  changes!: BirthChangesInput;
  @Field(() => String, { description: "Document on which it rests (căn cứ)." })
  ground!: string;
}

const ROLES: Described<ParentRole> = { MOTHER: "The mother (người mẹ).", FATHER: "The father (người cha)." };
export const ParentRoleEnum = describedEnum<ParentRole>("CivilParentRole", "Which parent (cha hoặc mẹ).", ROLES);

@InputType({ description: "Recognition of a parent whom the birth does not name (nhận cha, mẹ, con)." })
export class RecognitionInput {
  @Field(() => ID, { description: "Id of the birth's entry (mã bản ghi)." })
  birth!: string;
  @Field(() => ParentRoleEnum, { description: "Which parent (cha hoặc mẹ)." })
  role!: ParentRole;
  @Field(() => CivilParentInput, { description: "The parent (người nhận)." })
  parent!: CivilParentInput;
  @Field(() => String, { description: "Expertise, or an undertaking with witnesses (chứng cứ)." })
  evidence!: string;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Filter of births; all conditions hold together (bộ lọc khai sinh)." })
export class BirthFilter {
  @Field(() => String, {
    nullable: true,
    description: "Personal number, or words of the child's name with or without diacritics (từ khóa).",
  })
  search?: string | null;
  @Field(() => ID, { nullable: true, description: "Commune of the registering office (nơi đăng ký)." })
  office?: string | null;
  @Field(() => String, { nullable: true, description: "Number in the book, n/yyyy (số đăng ký)." })
  number?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "First day of registration (đăng ký từ ngày)." })
  registeredFrom?: LegalDay | null;
  @Field(() => DateScalar, { nullable: true, description: "Last day of registration (đăng ký đến ngày)." })
  registeredTo?: LegalDay | null;
}
