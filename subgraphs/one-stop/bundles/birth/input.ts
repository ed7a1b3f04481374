import { Field, InputType, Int } from "type-graphql";

@InputType({ description: "Who hands the request in (người nộp hồ sơ)." })
export class DeclarantInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => String, {
    description: "Relation to the child: MOTHER, FATHER, … as in the code list (quan hệ với trẻ).",
  })
  relation!: string;
  @Field(() => String, {
    nullable: true,
    description: "Phone; its last four digits open the tracking page (số điện thoại).",
  })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: "E-mail address (thư điện tử)." })
  email?: string | null;
}

@InputType({ description: "Where the child was born (nơi sinh), Law on Civil Status 60/2014, art. 14." })
export class PlaceOfBirthInput {
  @Field(() => String, { nullable: true, description: "Name of the care facility (cơ sở khám bệnh, chữa bệnh)." })
  facilityName?: string | null;
  @Field(() => String, { description: "Commune code (mã đơn vị hành chính cấp xã)." })
  commune!: string;
}

@InputType({ description: "In place of a birth notice (thay giấy chứng sinh), Law on Civil Status 60/2014, art. 16." })
export class WithoutNoticeInput {
  @Field(() => String, { description: "WITNESS statement or own UNDERTAKING (văn bản làm chứng hoặc giấy cam đoan)." })
  kind!: string;
  @Field(() => String, { description: "What it says, at most 2,000 characters (nội dung)." })
  text!: string;
}

@InputType({ description: "Twins and more (sinh đôi, sinh ba): each child is a request of its own." })
export class MultipleBirthInput {
  @Field(() => Int, { description: "Which of them this child is, from 1 (thứ tự sinh)." })
  order!: number;
  @Field(() => Int, { description: "How many were born (số trẻ sinh ra)." })
  of!: number;
}

@InputType({ description: "The newborn (trẻ được đăng ký khai sinh)." })
export class ChildInput {
  @Field(() => String, { description: "Full name, 1 to 150 characters (họ, chữ đệm, tên); Civil Code 2015, art. 26." })
  fullName!: string;
  @Field(() => String, { description: "MALE or FEMALE (giới tính)." })
  sex!: string;
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
    description: "When there is no birth notice (không có giấy chứng sinh).",
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
  @Field(() => String, { nullable: true, description: "Personal number; required of citizens (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => String, { description: "Ethnic group (dân tộc)." })
  ethnicity!: string;
  @Field(() => String, { description: "Nationality, three letters of ISO 3166-1 (quốc tịch)." })
  nationality!: string;
}

@InputType({ description: "An address: line and commune; there is no district since 2025-07-01 (địa chỉ)." })
export class AddressInput {
  @Field(() => String, { description: "House number, street, hamlet (số nhà, đường, thôn, ấp, tổ dân phố)." })
  line!: string;
  @Field(() => String, { description: "Commune code (mã đơn vị hành chính cấp xã)." })
  commune!: string;
}

@InputType({
  description: "Permanent residence in a household (đăng ký thường trú), Law on Residence 68/2020, art. 20.",
})
export class ResidenceInput {
  @Field(() => String, { description: "Personal number of the head of household (số định danh của chủ hộ)." })
  headPersonalId!: string;
  @Field(() => String, { description: "Relation to the head: CHILD, GRANDCHILD, … (quan hệ với chủ hộ)." })
  relationToHead!: string;
  @Field(() => AddressInput, { description: "The household's address (địa chỉ thường trú)." })
  address!: AddressInput;
}

@InputType({ description: "Health-insurance card of a child under six (thẻ bảo hiểm y tế)." })
export class InsuranceInput {
  @Field(() => String, { description: "Code of the first-care facility (nơi đăng ký khám bệnh, chữa bệnh ban đầu)." })
  facility!: string;
}

@InputType({ description: "How the results are handed over (trả kết quả)." })
export class HandoverInput {
  @Field(() => String, { description: "ELECTRONIC, DESK or POST (hình thức nhận kết quả)." })
  method!: string;
  @Field(() => Int, { nullable: true, description: "Certified paper copies of the birth certificate (số bản sao)." })
  paperCopies?: number | null;
}

@InputType({
  description: "Reserved: the ID-card branch of Decree 301/2026/NĐ-CP is not offered yet (cấp thẻ căn cước).",
})
export class IdentityCardInput {
  @Field(() => Boolean, { description: "Whether a card is wished for (có đề nghị cấp thẻ)." })
  wanted!: boolean;
}

@InputType({
  description:
    "One request for birth registration, permanent residence and health-insurance card (liên thông 3 trong 1); Decree 63/2024/NĐ-CP.",
})
export class BirthBundleInput {
  @Field(() => String, { description: "Commune code of the receiving office (nơi tiếp nhận)." })
  office!: string;
  @Field(() => String, { description: "DESK, ONLINE or POST (hình thức tiếp nhận)." })
  channel!: string;
  @Field(() => DeclarantInput, { description: "Who hands it in (người nộp)." })
  declarant!: DeclarantInput;
  @Field(() => ChildInput, { description: "The child (trẻ)." })
  child!: ChildInput;
  @Field(() => ParentInput, { description: "The mother (mẹ)." })
  mother!: ParentInput;
  @Field(() => ParentInput, { nullable: true, description: "The father, once established (cha)." })
  father?: ParentInput | null;
  @Field(() => ResidenceInput, {
    nullable: true,
    description: "Leave out for birth and card only (đăng ký thường trú).",
  })
  residence?: ResidenceInput | null;
  @Field(() => InsuranceInput, {
    nullable: true,
    description: "Leave out for birth and residence only (thẻ bảo hiểm y tế).",
  })
  insurance?: InsuranceInput | null;
  @Field(() => IdentityCardInput, { nullable: true, description: "Reserved, not offered yet (thẻ căn cước)." })
  identityCard?: IdentityCardInput | null;
  @Field(() => HandoverInput, { description: "Handover of the results (trả kết quả)." })
  handover!: HandoverInput;
}
