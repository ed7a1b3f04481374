import { Field, ObjectType } from "type-graphql";
import { Commune } from "../../_shared/registers/commune-type.ts";
import { PartialDateScalar, PersonalIdScalar } from "../../_shared/serving/scalars.ts";
import { Citizen } from "../types.ts";
import type { RecordedAddress, RecordedPerson } from "./recorded.ts";

@ObjectType({ description: "An address as recorded (địa chỉ)." })
export class CivilAddress {
  @Field(() => String, { nullable: true, description: "Number, street, hamlet (địa chỉ)." })
  line!: RecordedAddress["line"];
  @Field(() => Commune, { nullable: true, description: "Commune; null abroad (đơn vị hành chính cấp xã)." })
  commune!: Commune | null;
}

@ObjectType({ description: "A person as recorded in an entry (người có việc hộ tịch)." })
export class CivilPerson {
  @Field(() => PersonalIdScalar, { nullable: true, description: "Personal number, if any (số định danh cá nhân)." })
  personalId!: RecordedPerson["personalId"];
  @Field(() => String, { nullable: true, description: "Full name as recorded (họ, chữ đệm, tên)." })
  fullName!: RecordedPerson["fullName"];
  @Field(() => PartialDateScalar, { nullable: true, description: "Date or year of birth (ngày hoặc năm sinh)." })
  dateOfBirth!: RecordedPerson["dateOfBirth"];
  @Field(() => String, { nullable: true, description: "Ethnic group (dân tộc)." })
  ethnicity!: RecordedPerson["ethnicity"];
  @Field(() => String, { nullable: true, description: "Nationality, ISO 3166-1 (quốc tịch)." })
  nationality!: RecordedPerson["nationality"];
  @Field(() => CivilAddress, { nullable: true, description: "Residence as recorded (nơi cư trú)." })
  residence!: CivilAddress | null;
  @Field(() => Citizen, { nullable: true, description: "The citizen, if the personal number is known (công dân)." })
  citizen!: Pick<Citizen, "personalId"> | null;
}

@ObjectType({ description: "Person who declared an event (người yêu cầu đăng ký)." })
export class CivilDeclarant {
  @Field(() => String, { nullable: true, description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => PersonalIdScalar, { nullable: true, description: "Personal number, if any (số định danh cá nhân)." })
  personalId!: string | null;
  @Field(() => String, { nullable: true, description: "Relation to the person concerned, in words (quan hệ)." })
  relation!: string;
}
