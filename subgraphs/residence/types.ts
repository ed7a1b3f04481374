import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { RELATIONS, type Relation } from "../_shared/reference/relations.ts";
import { Commune } from "../_shared/registers/commune-type.ts";
import { RequiresScopes } from "../_shared/rights/directive.ts";
import { DateScalar, PartialDateScalar, PersonalIdScalar } from "../_shared/serving/scalars.ts";
import { MEANINGS } from "./relations.ts";
import type { households, householdVersions, personVersions, residencyVersions } from "./tables.ts";

type PersonRow = typeof personVersions.$inferSelect;
type HouseholdRow = typeof households.$inferSelect & typeof householdVersions.$inferSelect;

/** An enum type is built from an object of its names. */
const namesOf = <Name extends string>(values: Record<Name, unknown>) =>
  Object.fromEntries(Object.keys(values).map((name) => [name, name])) as { [N in Name]: N };

const SEXES = {
  MALE: { description: "Male (nam)." },
  FEMALE: { description: "Female (nữ)." },
};
export const SexEnum = namesOf(SEXES);
registerEnumType(SexEnum, {
  name: "Sex",
  description: "Sex as registered (giới tính).",
  valuesConfig: SEXES,
});

export const RelationToHeadEnum = namesOf(RELATIONS);
registerEnumType(RelationToHeadEnum, {
  name: "RelationToHead",
  description: "Relation to the head of the household (quan hệ với chủ hộ); form CT01, Circular 66/2023/TT-BCA.",
  valuesConfig: Object.fromEntries(
    Object.entries(MEANINGS).map(([name, meaning]) => [
      name,
      { description: `${meaning} (${RELATIONS[name as Relation].toLowerCase()}).` },
    ]),
  ),
});

@ObjectType({
  description: "The address of a lawful dwelling (địa chỉ chỗ ở hợp pháp); Law on Residence 68/2020, art. 2.",
})
export class Address {
  @Field(() => String, {
    description: "House number, street, hamlet or quarter (số nhà, đường, thôn, ấp, tổ dân phố).",
  })
  line!: HouseholdRow["addressLine"];
  @Field(() => Commune, { description: "Commune, ward or special zone (xã, phường, đặc khu)." })
  commune!: Commune;
}

@ObjectType({ description: "A household (hộ gia đình), Law on Residence 68/2020, art. 10." })
export class Household {
  id!: HouseholdRow["id"];
  headPersonId!: HouseholdRow["headPersonId"];
  @Field(() => ID, { description: "Code of the household in the residence database (mã hộ)." })
  code!: HouseholdRow["code"];
  @Field(() => Address, { nullable: true, description: "Where the household lives (nơi thường trú)." })
  address?: Address | null;
  @Field(() => Citizen, { nullable: true, description: "The head of the household (chủ hộ), art. 10." })
  head?: Citizen | null;
  @Field(() => [HouseholdMember], {
    nullable: true,
    description: "Who is registered in the household, as far as the caller may know, the head first (thành viên hộ).",
  })
  members?: HouseholdMember[] | null;
}

@ObjectType({ description: "A member of a household (thành viên hộ gia đình), Law on Residence 68/2020, art. 10." })
export class HouseholdMember {
  @Field(() => Citizen, { nullable: true, description: "Who it is (công dân)." })
  citizen!: Citizen | null;
  @Field(() => RelationToHeadEnum, { description: "Relation to the head of the household (quan hệ với chủ hộ)." })
  relationToHead!: Relation;
}

@Directive('@key(fields: "id")')
@RequiresScopes("citizen:read")
@ObjectType({
  description: "Registration of permanent residence (đăng ký thường trú), Law on Residence 68/2020, art. 20.",
})
export class Residency {
  @Field(() => ID, { nullable: true, description: "Id of the entry (mã đăng ký)." })
  id!: string;
  @Field(() => DateScalar, { nullable: true, description: "Day of registration (ngày đăng ký), art. 22." })
  registeredOn?: (typeof residencyVersions.$inferSelect)["registeredOn"] | null;
  @Field(() => RelationToHeadEnum, {
    nullable: true,
    description: "Relation to the head of the household (quan hệ với chủ hộ).",
  })
  relationToHead?: Relation | null;
  @Field(() => Household, { nullable: true, description: "The household the person belongs to (hộ gia đình)." })
  household?: Household | null;
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "personalId")')
@ObjectType({ description: "A citizen as every agency knows one (công dân)." })
export class Citizen {
  @Field(() => ID, { description: "Opaque id, also of a newborn without a number yet (mã nội bộ)." })
  id?: string | null;
  @Field(() => PersonalIdScalar, {
    nullable: true,
    description: "Personal identification number (số định danh cá nhân); Law on Identity 26/2023, art. 12.",
  })
  personalId?: string | null;
  // civil status @provides these two for the child of a birth, so both own them
  @RequiresScopes("citizen:read")
  @Directive("@shareable")
  @Field(() => String, { nullable: true, description: "Full name as on papers (họ, chữ đệm và tên khai sinh)." })
  fullName?: PersonRow["fullName"] | null;
  @RequiresScopes("citizen:read")
  @Directive("@shareable")
  @Field(() => PartialDateScalar, { nullable: true, description: "Date of birth, or what is known of it (ngày sinh)." })
  dateOfBirth?: PersonRow["dateOfBirth"] | null;
  @RequiresScopes("citizen:read")
  @Field(() => SexEnum, { nullable: true, description: "Sex (giới tính)." })
  sex?: PersonRow["sex"] | null;
  @RequiresScopes("citizen:read")
  @Field(() => String, { nullable: true, description: "Ethnicity (dân tộc)." })
  ethnicity?: PersonRow["ethnicity"] | null;
  @RequiresScopes("citizen:read")
  @Field(() => String, { nullable: true, description: "Nationality, ISO 3166 alpha-3 (quốc tịch)." })
  nationality?: PersonRow["nationality"] | null;
  @Field(() => Residency, { nullable: true, description: "Permanent residence in force (nơi thường trú)." })
  residency?: Residency | null;
}
