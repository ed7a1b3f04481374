import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "An address as recorded (địa chỉ)." })
export class CivilAddressInput {
  @Field(() => String, { description: "Number, street, hamlet, and for a former address all of it (địa chỉ)." })
  line!: string;
  @Field(() => ID, { nullable: true, description: "Code of the commune; left out abroad (mã đơn vị hành chính)." })
  commune?: string | null;
}

@InputType({ description: "A person of a register entry (người có việc hộ tịch)." })
export class CivilPersonInput {
  @Field(() => String, { nullable: true, description: "Personal number, if there is one (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { description: "Date of birth: yyyy, yyyy-MM or yyyy-MM-dd (ngày, tháng, năm sinh)." })
  dateOfBirth!: string;
  @Field(() => String, { description: "Ethnic group (dân tộc)." })
  ethnicity!: string;
  @Field(() => String, { description: "Nationality, three letters of ISO 3166-1 (quốc tịch)." })
  nationality!: string;
  @Field(() => CivilAddressInput, { nullable: true, description: "Residence (nơi cư trú)." })
  residence?: CivilAddressInput | null;
}

@InputType({ description: "Person who declares an event (người yêu cầu đăng ký)." })
export class CivilDeclarantInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal number, if there is one (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => String, { description: "Relation to the person concerned, in words (quan hệ)." })
  relation!: string;
}
