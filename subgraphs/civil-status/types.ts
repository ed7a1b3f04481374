import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { type DeclarantRelation, DeclarantRelationEnum, SexEnum } from "../_shared/registers/code-list-enums.ts";
import { Commune } from "../_shared/registers/commune-type.ts";
import { RequiresScopes } from "../_shared/rights/directive.ts";
import { DateScalar, PartialDateScalar, PersonalIdScalar } from "../_shared/serving/scalars.ts";
import type { BirthPersons, RecordedParent } from "./contents.ts";
import { RegistrationKindEnum } from "./persons/registration-kind-types.ts";
import type { RegistrationKind } from "./persons/registration-kinds.ts";
import type { births, birthVersions } from "./tables.ts";

type Head = typeof births.$inferSelect;
type Facts = typeof birthVersions.$inferSelect;

@Directive('@key(fields: "id")')
@Directive('@key(fields: "personalId")')
@ObjectType({ description: "A citizen; each agency adds fields (công dân)." })
export class Citizen {
  // this agency resolves the id only of the child of a birth (@provides); residence resolves it for any citizen
  @Directive("@external")
  @Field(() => ID, { description: "Opaque id of the citizen; it exists before the personal number (mã công dân)." })
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
  @RequiresScopes("birth:read")
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
  fullName!: RecordedParent["fullName"];
  @Field(() => PartialDateScalar, { nullable: true, description: "Date or year of birth (ngày hoặc năm sinh)." })
  dateOfBirth!: RecordedParent["dateOfBirth"];
  @Field(() => PersonalIdScalar, { nullable: true, description: "Personal number, if any (số định danh cá nhân)." })
  personalId!: RecordedParent["personalId"];
  @Field(() => String, { nullable: true, description: "Ethnic group (dân tộc)." })
  ethnicity!: RecordedParent["ethnicity"];
  @Field(() => String, { nullable: true, description: "Nationality, three letters of ISO 3166-1 (quốc tịch)." })
  nationality!: RecordedParent["nationality"];
  @Field(() => Citizen, {
    nullable: true,
    description: "The parent as a citizen, if the personal number is known (công dân).",
  })
  citizen?: Citizen | null;
}

@ObjectType({ description: "Place of a birth (nơi sinh), Law on Civil Status 60/2014, art. 14." })
export class PlaceOfBirth {
  @Field(() => String, { nullable: true, description: "Name of the care facility, if any (cơ sở khám chữa bệnh)." })
  facilityName!: Facts["birthFacility"];
  @Field(() => Commune, { nullable: true, description: "Commune (đơn vị hành chính cấp xã)." })
  commune!: Commune | null;
  @Field(() => String, { nullable: true, description: "Country of a birth abroad, ISO 3166-1 (nước sinh)." })
  country!: Facts["birthCountry"];
}

@ObjectType({
  description: "Person who declared the birth (người đi đăng ký khai sinh), Law on Civil Status 60/2014, art. 15.",
})
export class BirthDeclarant {
  @Field(() => String, { nullable: true, description: "Full name (họ, chữ đệm, tên)." })
  fullName!: BirthPersons["declarant"]["fullName"];
  @Field(() => DeclarantRelationEnum, { nullable: true, description: "Relation to the child (quan hệ với trẻ)." })
  relation!: DeclarantRelation;
  /** Not shown; the record of the reading names the declarant by it. */
  personalId!: BirthPersons["declarant"]["personalId"];
}

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    "Registration of a birth (đăng ký khai sinh), result KQ.G15.000031; Law on Civil Status 60/2014, art. 14.",
})
export class BirthRegistration {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  id!: Head["id"];
  /** Not shown; the record of the reading names the dossier that the entry came by. */
  dossier!: Head["dossier"];
  @RequiresScopes("birth:read")
  @Field(() => String, { nullable: true, description: "Number in the register, n/yyyy of its commune (số khai sinh)." })
  number!: string | null;
  @RequiresScopes("birth:read")
  @Field(() => DateScalar, { nullable: true, description: "Day of registration (ngày đăng ký)." })
  registeredOn!: Head["registeredOn"] | null;
  @RequiresScopes("birth:read")
  @Field(() => String, {
    nullable: true,
    description: "Code of the birth notice, if there was one (số giấy chứng sinh).",
  })
  birthNotice!: Head["birthNotice"];
  @RequiresScopes("birth:read")
  @Field(() => Int, {
    nullable: true,
    description: "Order of birth among the mother's children born that day, from 1 (thứ tự sinh).",
  })
  birthOrder!: Head["birthOrder"] | null;
  // The provided fields need citizen:read, a rule that only their owner (residence) states in its schema.
  @Directive('@provides(fields: "id fullName dateOfBirth")')
  @RequiresScopes("birth:read", "citizen:read")
  @Field(() => Citizen, { nullable: true, description: "The child (người được khai sinh)." })
  child!: Citizen;
  @RequiresScopes("birth:read")
  @Field(() => SexEnum, { nullable: true, description: "Sex of the child (giới tính)." })
  sex!: Facts["sex"] | null;
  @RequiresScopes("birth:read")
  @Field(() => String, { nullable: true, description: "Ethnic group of the child (dân tộc)." })
  ethnicity!: Facts["ethnicity"] | null;
  @RequiresScopes("birth:read")
  @Field(() => String, { nullable: true, description: "Nationality of the child, ISO 3166-1 (quốc tịch)." })
  nationality!: Facts["nationality"] | null;
  @RequiresScopes("birth:read")
  @Field(() => PlaceOfBirth, { nullable: true, description: "Place of birth (nơi sinh)." })
  placeOfBirth!: PlaceOfBirth | null;
  @RequiresScopes("birth:read")
  @Field(() => Commune, { nullable: true, description: "Home town (quê quán)." })
  homeCommune!: Commune | null;
  @RequiresScopes("birth:read")
  @Field(() => BirthParent, { nullable: true, description: "The mother as recorded (người mẹ)." })
  mother!: BirthParent | null;
  @RequiresScopes("birth:read")
  @Field(() => BirthParent, { nullable: true, description: "The father as recorded, once established (người cha)." })
  father!: BirthParent | null;
  @RequiresScopes("birth:read")
  @Field(() => BirthDeclarant, { nullable: true, description: "Person who declared the birth (người đi khai sinh)." })
  declarant!: BirthDeclarant | null;
  @RequiresScopes("birth:read")
  @Field(() => RegistrationKindEnum, { nullable: true, description: "How it came into the register (hình thức)." })
  kind!: RegistrationKind | null;
  @RequiresScopes("birth:read")
  @Field(() => String, {
    nullable: true,
    description: "Number and office of the former registration, if it was repeated or noted (việc đăng ký trước đây).",
  })
  formerRegistration!: string | null;
}
