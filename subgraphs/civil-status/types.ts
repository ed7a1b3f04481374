import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Commune } from "../_shared/registers/commune-type.ts";
import { RequiresScopes } from "../_shared/rights/directive.ts";
import { DateScalar, PartialDateScalar, PersonalIdScalar } from "../_shared/serving/scalars.ts";
import type { births, birthVersions } from "./tables.ts";

type Head = typeof births.$inferSelect;
type Facts = typeof birthVersions.$inferSelect;

export enum Sex {
  MALE = "MALE",
  FEMALE = "FEMALE",
}
registerEnumType(Sex, {
  name: "Sex",
  description: "Sex as registered (giới tính).",
  valuesConfig: { MALE: { description: "Male (nam)." }, FEMALE: { description: "Female (nữ)." } },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "personalId")')
@ObjectType({ description: "A citizen as every agency knows one (công dân)." })
export class Citizen {
  // Only where a birth is the way in does this agency tell the id (@provides); of any citizen residence can.
  @Directive("@external")
  @Field(() => ID, { description: "Opaque id of the citizen, there before the personal number is (mã công dân)." })
  id?: string;
  @Field(() => PersonalIdScalar, {
    nullable: true,
    description: "Personal identification number (số định danh cá nhân).",
  })
  personalId?: string | null;
  @Directive("@external")
  @Field(() => String, { nullable: true, description: "Full name (họ, chữ đệm, tên)." })
  fullName?: Facts["fullName"] | null;
  @Directive("@external")
  @Field(() => PartialDateScalar, { nullable: true, description: "Date of birth (ngày, tháng, năm sinh)." })
  dateOfBirth?: Facts["dateOfBirth"] | null;
  @Field(() => BirthRegistration, {
    nullable: true,
    description:
      "The registration of the citizen's birth (đăng ký khai sinh), Law on Civil Status 60/2014, art. 13-16.",
  })
  birth?: BirthRegistration | null;
}

@ObjectType({ description: "A parent as recorded at the birth (cha, mẹ), Law on Civil Status 60/2014, art. 14." })
export class BirthParent {
  @Field(() => String, { nullable: true, description: "Full name as recorded (họ, chữ đệm, tên)." })
  fullName!: Facts["mother"]["fullName"];
  @Field(() => PartialDateScalar, { nullable: true, description: "Date or year of birth (ngày hoặc năm sinh)." })
  dateOfBirth!: Facts["mother"]["dateOfBirth"];
  @Field(() => PersonalIdScalar, { nullable: true, description: "Personal number, if any (số định danh cá nhân)." })
  personalId!: Facts["mother"]["personalId"];
  @Field(() => String, { nullable: true, description: "Ethnic group (dân tộc)." })
  ethnicity!: Facts["mother"]["ethnicity"];
  @Field(() => String, { nullable: true, description: "Nationality, three letters of ISO 3166-1 (quốc tịch)." })
  nationality!: Facts["mother"]["nationality"];
  @Field(() => Citizen, { nullable: true, description: "The parent today, if known by a personal number (công dân)." })
  citizen?: Citizen | null;
}

@ObjectType({ description: "Where a child was born (nơi sinh), Law on Civil Status 60/2014, art. 14." })
export class PlaceOfBirth {
  @Field(() => String, { nullable: true, description: "Name of the care facility, if any (cơ sở khám chữa bệnh)." })
  facilityName!: Facts["birthFacility"];
  @Field(() => Commune, { nullable: true, description: "Commune (đơn vị hành chính cấp xã)." })
  commune!: Commune | null;
}

@ObjectType({
  description: "Who declared the birth (người đi đăng ký khai sinh), Law on Civil Status 60/2014, art. 15.",
})
export class BirthDeclarant {
  @Field(() => String, { nullable: true, description: "Full name (họ, chữ đệm, tên)." })
  fullName!: Facts["declarant"]["fullName"];
  @Field(() => String, { nullable: true, description: "Relation to the child, such as MOTHER (quan hệ với trẻ)." })
  relation!: Facts["declarant"]["relation"];
  /** Not shown; the record of the reading names the declarant by it. */
  personalId!: Facts["declarant"]["personalId"];
}

@Directive('@key(fields: "id")')
@RequiresScopes("birth:read")
@ObjectType({
  description:
    "Registration of a birth (đăng ký khai sinh), result KQ.G15.000031; Law on Civil Status 60/2014, art. 14.",
})
export class BirthRegistration {
  @Field(() => ID, { nullable: true, description: "Opaque id of the registration (mã đăng ký)." })
  id!: Head["id"];
  /** Not shown; the record of the reading names the dossier that the entry came by. */
  dossier!: Head["dossier"];
  @Field(() => String, { nullable: true, description: "Number in the register, n/yyyy of its commune (số khai sinh)." })
  number!: string | null;
  @Field(() => DateScalar, { nullable: true, description: "Day of registration (ngày đăng ký)." })
  registeredOn!: Head["registeredOn"] | null;
  @Field(() => String, {
    nullable: true,
    description: "Code of the birth notice, if there was one (số giấy chứng sinh).",
  })
  birthNotice!: Head["birthNotice"];
  @Field(() => Int, {
    nullable: true,
    description: "Which of the mother's children of that day, from 1 (thứ tự sinh).",
  })
  birthOrder!: Head["birthOrder"] | null;
  // What is provided needs citizen:read, which only its owner, residence, can state of it.
  @Directive('@provides(fields: "id fullName dateOfBirth")')
  @RequiresScopes("citizen:read")
  @Field(() => Citizen, { nullable: true, description: "The child (người được khai sinh)." })
  child!: Citizen;
  @Field(() => Sex, { nullable: true, description: "Sex of the child (giới tính)." })
  sex!: `${Sex}` | null;
  @Field(() => String, { nullable: true, description: "Ethnic group of the child (dân tộc)." })
  ethnicity!: Facts["ethnicity"] | null;
  @Field(() => String, { nullable: true, description: "Nationality of the child, ISO 3166-1 (quốc tịch)." })
  nationality!: Facts["nationality"] | null;
  @Field(() => PlaceOfBirth, { nullable: true, description: "Place of birth (nơi sinh)." })
  placeOfBirth!: PlaceOfBirth | null;
  @Field(() => Commune, { nullable: true, description: "Home town (quê quán)." })
  homeCommune!: Commune | null;
  @Field(() => BirthParent, { nullable: true, description: "The mother as recorded (người mẹ)." })
  mother!: BirthParent | null;
  @Field(() => BirthParent, { nullable: true, description: "The father as recorded, once established (người cha)." })
  father!: BirthParent | null;
  @Field(() => BirthDeclarant, { nullable: true, description: "Who declared the birth (người đi khai sinh)." })
  declarant!: BirthDeclarant | null;
}
