import { Field, InputType, Int } from "type-graphql";
import type { Relation } from "../../../_shared/reference/relations.ts";
import {
  type DeclarantRelation,
  DeclarantRelationEnum,
  RelationToHeadEnum,
  SexEnum,
} from "../../../_shared/registers/code-list-enums.ts";
import { describedEnum } from "../../../_shared/serving/described-enum.ts";
import type { Channel, HandoverMethod } from "../../acceptance/application.ts";
import { AddressInput } from "../../applicants/input.ts";
import {
  ChannelField,
  EmailField,
  FilledByField,
  LetterAddressField,
  PhoneField,
} from "../../application-fields/input.ts";
import { HandoverMethodEnum } from "../../dossiers/enums.ts";
import type { FilledByInput } from "../../filled-by/input.ts";
import { DeliveryAddressInput } from "../../handover/input.ts";
import type { Sex, WithoutNoticeKind } from "./birth-request.ts";

const WithoutNoticeKindEnum = describedEnum<WithoutNoticeKind>(
  "WithoutNoticeKind",
  "Evidence in place of a birth notice (giấy tờ thay giấy chứng sinh), Law on Civil Status 60/2014, art. 16.",
  {
    WITNESS: "Statement of a witness (văn bản xác nhận của người làm chứng).",
    UNDERTAKING: "Undertaking of the declarant (giấy cam đoan về việc sinh).",
    FOUNDLING_RECORD: "Record of a foundling (biên bản về việc trẻ bị bỏ rơi).",
    FOREIGN_CERTIFICATE: "Certificate of a foreign authority (giấy tờ do nước ngoài cấp).",
  },
);

@InputType({ description: "Person who submits the request (người nộp hồ sơ)." })
export class DeclarantInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => DeclarantRelationEnum, { description: "Relation to the child (quan hệ với trẻ)." })
  relation!: DeclarantRelation;
  @PhoneField()
  phone?: string | null;
  @EmailField()
  email?: string | null;
  @LetterAddressField()
  address?: AddressInput | null;
}

@InputType({ description: "Place of birth (nơi sinh), Law on Civil Status 60/2014, art. 14." })
export class PlaceOfBirthInput {
  @Field(() => String, { nullable: true, description: "Name of the care facility (cơ sở khám bệnh, chữa bệnh)." })
  facilityName?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Commune code; absent for a birth abroad (mã đơn vị hành chính cấp xã).",
  })
  commune?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Country of a birth abroad, three letters of ISO 3166-1, in place of the commune (nước sinh).",
  })
  country?: string | null;
}

@InputType({
  description: "Evidence in place of a birth notice (thay giấy chứng sinh), Law on Civil Status 60/2014, art. 16.",
})
export class WithoutNoticeInput {
  @Field(() => WithoutNoticeKindEnum, { description: "Kind of the evidence (loại giấy tờ)." })
  kind!: WithoutNoticeKind;
  @Field(() => String, { description: "Text of the statement, at most 2,000 characters (nội dung)." })
  text!: string;
}

@InputType({ description: "Twins and more (sinh đôi, sinh ba): each child needs a separate request." })
export class MultipleBirthInput {
  @Field(() => Int, { description: "Order of birth of this child, from 1 (thứ tự sinh)." })
  order!: number;
  @Field(() => Int, { description: "Number of children born (số trẻ sinh ra)." })
  of!: number;
}

@InputType({ description: "The newborn (trẻ được đăng ký khai sinh)." })
export class ChildInput {
  @Field(() => String, { description: "Full name, 1 to 150 characters (họ, chữ đệm, tên); Civil Code 2015, art. 26." })
  fullName!: string;
  @Field(() => SexEnum, { description: "Sex (giới tính)." })
  sex!: Sex;
  @Field(() => String, { description: "Date of birth, yyyy-MM-dd (ngày, tháng, năm sinh)." })
  dateOfBirth!: string;
  @Field(() => PlaceOfBirthInput, { description: "Place of birth (nơi sinh)." })
  placeOfBirth!: PlaceOfBirthInput;
  @Field(() => String, { description: "Ethnic group (dân tộc)." })
  ethnicity!: string;
  @Field(() => String, { description: "Nationality, three letters of ISO 3166-1 (quốc tịch)." })
  nationality!: string;
  @Field(() => String, { nullable: true, description: "Commune code of the home town (quê quán)." })
  homeCommune?: string | null;
  @Field(() => String, { nullable: true, description: "Birth notice code nnnnn.GCS.fffff.yy (số giấy chứng sinh)." })
  birthNotice?: string | null;
  @Field(() => WithoutNoticeInput, {
    nullable: true,
    description: "Evidence if there is no birth notice (không có giấy chứng sinh).",
  })
  withoutNotice?: WithoutNoticeInput | null;
  @Field(() => MultipleBirthInput, { nullable: true, description: "Order in a multiple birth (sinh nhiều con)." })
  multipleBirth?: MultipleBirthInput | null;
}

@InputType({ description: "A parent as declared (cha hoặc mẹ)." })
export class ParentInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, {
    description: "Date of birth, yyyy, yyyy-MM or yyyy-MM-dd (ngày, tháng, năm sinh hoặc năm sinh).",
  })
  dateOfBirth!: string;
  @Field(() => String, {
    nullable: true,
    description: "Personal number; an officer verifies a parent without one (số định danh cá nhân).",
  })
  personalId?: string | null;
  @Field(() => String, { description: "Ethnic group (dân tộc)." })
  ethnicity!: string;
  @Field(() => String, { description: "Nationality, three letters of ISO 3166-1 (quốc tịch)." })
  nationality!: string;
}

@InputType({
  description: "Permanent residence in a household (đăng ký thường trú), Law on Residence 68/2020, art. 20.",
})
export class ResidenceInput {
  @Field(() => String, { description: "Personal number of the head of household (số định danh của chủ hộ)." })
  headPersonalId!: string;
  @Field(() => RelationToHeadEnum, { description: "Relation to the head (quan hệ với chủ hộ)." })
  relationToHead!: Relation;
  @Field(() => AddressInput, { description: "The household's address (địa chỉ thường trú)." })
  address!: AddressInput;
}

@InputType({ description: "Health-insurance card of a child under six (thẻ bảo hiểm y tế)." })
export class InsuranceInput {
  @Field(() => String, { description: "Code of the first-care facility (nơi đăng ký khám bệnh, chữa bệnh ban đầu)." })
  facility!: string;
}

@InputType({ description: "Handover of the results (trả kết quả)." })
export class HandoverInput {
  @Field(() => HandoverMethodEnum, { description: "How the results are received (hình thức nhận kết quả)." })
  method!: HandoverMethod;
  @Field(() => Int, { nullable: true, description: "Certified paper copies of the birth certificate (số bản sao)." })
  paperCopies?: number | null;
  @Field(() => DeliveryAddressInput, {
    nullable: true,
    description: "Address; required of results by post (địa chỉ nhận kết quả).",
  })
  address?: DeliveryAddressInput | null;
}

@InputType({
  description:
    "Identity card of the child, for dossiers that are received from 2026-09-01 (cấp thẻ căn cước); Decree 301/2026/NĐ-CP.",
})
export class IdentityCardInput {
  @Field(() => Boolean, { description: "True to request a card (có đề nghị cấp thẻ)." })
  wanted!: boolean;
  @Field(() => String, {
    nullable: true,
    description: "Commune code of the police who issue it; the receiving office by default (nơi cấp thẻ).",
  })
  issuingOffice?: string | null;
  @Field(() => AddressInput, {
    nullable: true,
    description: "Address to which it is sent; it is fetched where it is issued by default (địa chỉ nhận thẻ).",
  })
  deliveryAddress?: AddressInput | null;
}

@InputType({
  description:
    "One request for birth registration, permanent residence and health-insurance card (liên thông 3 trong 1); Decree 63/2024/NĐ-CP.",
})
export class BirthBundleInput {
  @Field(() => String, { description: "Commune code of the receiving office (nơi tiếp nhận)." })
  office!: string;
  @ChannelField()
  channel!: Channel;
  @Field(() => DeclarantInput, { description: "Person who submits it (người nộp)." })
  declarant!: DeclarantInput;
  @Field(() => ChildInput, { description: "The child (trẻ)." })
  child!: ChildInput;
  @Field(() => ParentInput, {
    nullable: true,
    description:
      "The mother; absent where she is unknown or not named: an officer then decides. Both parents are absent for a foundling alone, with a FOUNDLING_RECORD (mẹ).",
  })
  mother?: ParentInput | null;
  @Field(() => ParentInput, { nullable: true, description: "The father, once established (cha)." })
  father?: ParentInput | null;
  @Field(() => ResidenceInput, {
    nullable: true,
    description: "Permanent residence; omit it for birth and card only (đăng ký thường trú).",
  })
  residence?: ResidenceInput | null;
  @Field(() => InsuranceInput, {
    nullable: true,
    description: "Health-insurance card; omit it for birth and residence only (thẻ bảo hiểm y tế).",
  })
  insurance?: InsuranceInput | null;
  @Field(() => IdentityCardInput, { nullable: true, description: "Identity card of the child (thẻ căn cước)." })
  identityCard?: IdentityCardInput | null;
  @Field(() => HandoverInput, { description: "Handover of the results (trả kết quả)." })
  handover!: HandoverInput;
  @FilledByField()
  filledBy?: FilledByInput | null;
}
