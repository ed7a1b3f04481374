import { Field, ID, InputType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { SexEnum } from "../../_shared/registers/code-list-enums.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { type CorrectionKind, CorrectionKindEnum } from "../corrections/correction-kinds.ts";
import { CivilAddressInput, CivilDeclarantInput, CivilPersonInput } from "../persons/input.ts";
import { RegistrationKindEnum } from "../persons/registration-kind-types.ts";
import type { RegistrationKind } from "../persons/registration-kinds.ts";

@InputType({ description: "Death notice (giấy báo tử), Decree 123/2015/NĐ-CP, art. 4." })
export class DeathNoticeInput {
  @Field(() => String, { description: "Number (số)." })
  number!: string;
  @Field(() => String, { description: "Day of issue, yyyy-MM-dd (ngày cấp)." })
  issuedOn!: string;
  @Field(() => String, { description: "Issuer (cơ quan cấp)." })
  issuer!: string;
}

@InputType({ description: "Facts of a death (nội dung khai tử)." })
export class DeathFactsInput {
  @Field(() => CivilPersonInput, { description: "The deceased, with the last residence (người chết)." })
  deceased!: CivilPersonInput;
  @Field(() => SexEnum, { description: "Sex of the deceased (giới tính)." })
  sex!: "MALE" | "FEMALE";
  @Field(() => String, { description: "Day of death: yyyy, yyyy-MM or yyyy-MM-dd (ngày chết)." })
  diedOn!: string;
  @Field(() => String, { nullable: true, description: "Time of death HH:mm, if known (giờ chết)." })
  diedAt?: string | null;
  @Field(() => CivilAddressInput, { description: "Place of death (nơi chết)." })
  place!: CivilAddressInput;
  @Field(() => String, { nullable: true, description: "Cause of death (nguyên nhân chết)." })
  cause?: string | null;
  @Field(() => DeathNoticeInput, { nullable: true, description: "The death notice (giấy báo tử)." })
  notice?: DeathNoticeInput | null;
  @Field(() => String, { nullable: true, description: "Document in place of the notice (giấy tờ thay thế)." })
  withoutNotice?: string | null;
  @Field(() => CivilDeclarantInput, { description: "Person who declares it (người yêu cầu)." })
  declarant!: CivilDeclarantInput;
}

@InputType({ description: "Registration of a death (đăng ký khai tử)." })
export class CivilDeathInput extends DeathFactsInput {
  @Field(() => RegistrationKindEnum, { description: "How it comes into the register (hình thức đăng ký)." })
  kind!: RegistrationKind;
  @Field(() => String, {
    nullable: true,
    description: "Number and office of the former registration, if it is repeated or noted (việc đăng ký trước đây).",
  })
  formerRegistration?: string | null;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Change of the facts of a death (thay đổi, cải chính, bổ sung khai tử)." })
export class DeathCorrectionInput {
  @Field(() => ID, { description: "Id of the death's entry (mã bản ghi)." })
  death!: string;
  @Field(() => CorrectionKindEnum, { description: "Kind (loại)." })
  kind!: CorrectionKind;
  @Field(() => DeathFactsInput, { description: "All facts, as they are from now on (toàn bộ nội dung mới)." })
  facts!: DeathFactsInput;
  @Field(() => String, { description: "Document on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Filter of deaths; all conditions hold together (bộ lọc khai tử)." })
export class DeathFilter {
  @Field(() => String, {
    nullable: true,
    description: "Personal number, or words of the name with or without diacritics (từ khóa).",
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
