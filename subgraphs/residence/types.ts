import { Directive, Field, ID, ObjectType } from "type-graphql";
import type { Relation } from "../_shared/reference/relations.ts";
import { Address } from "../_shared/registers/address-type.ts";
import { RelationToHeadEnum, SexEnum } from "../_shared/registers/code-list-enums.ts";
import { RequiresScopes } from "../_shared/rights/directive.ts";
import { DateScalar, PartialDateScalar, PersonalIdScalar } from "../_shared/serving/scalars.ts";
import type { households, householdVersions, personVersions, residencyVersions } from "./tables.ts";

type PersonRow = typeof personVersions.$inferSelect;
type HouseholdRow = typeof households.$inferSelect & typeof householdVersions.$inferSelect;

@ObjectType({ description: "A household (hộ gia đình), Law on Residence 68/2020, art. 10." })
export class Household {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  id!: HouseholdRow["id"];
  headPersonId!: HouseholdRow["headPersonId"];
  @Field(() => ID, { description: "Code of the household in the residence database (mã hộ)." })
  code!: HouseholdRow["code"];
  @Field(() => Address, { nullable: true, description: "Address of the household (nơi thường trú)." })
  address?: Address | null;
  @Field(() => Citizen, { nullable: true, description: "The head of the household (chủ hộ), art. 10." })
  head?: Citizen | null;
  @Field(() => [HouseholdMember], {
    nullable: true,
    description: "Members registered in the household that the caller may see, the head first (thành viên hộ).",
  })
  members?: HouseholdMember[] | null;
}

@ObjectType({ description: "A member of a household (thành viên hộ gia đình), Law on Residence 68/2020, art. 10." })
export class HouseholdMember {
  @Field(() => Citizen, { nullable: true, description: "The citizen (công dân)." })
  citizen!: Citizen | null;
  @Field(() => RelationToHeadEnum, { description: "Relation to the head of the household (quan hệ với chủ hộ)." })
  relationToHead!: Relation;
}

@Directive('@key(fields: "id")')
@ObjectType({
  description: "Registration of permanent residence (đăng ký thường trú), Law on Residence 68/2020, art. 20.",
})
export class Residency {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  id!: string;
  @RequiresScopes("citizen:read")
  @Field(() => DateScalar, { nullable: true, description: "Day of registration (ngày đăng ký), art. 22." })
  registeredOn?: (typeof residencyVersions.$inferSelect)["registeredOn"] | null;
  @RequiresScopes("citizen:read")
  @Field(() => RelationToHeadEnum, {
    nullable: true,
    description: "Relation to the head of the household (quan hệ với chủ hộ).",
  })
  relationToHead?: Relation | null;
  @RequiresScopes("citizen:read")
  @Field(() => Household, { nullable: true, description: "The household the person belongs to (hộ gia đình)." })
  household?: Household | null;
  @RequiresScopes("citizen:read")
  @Field(() => Citizen, { nullable: true, description: "The person registered (người đăng ký thường trú)." })
  citizen?: Citizen | null;
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "personalId")')
@ObjectType({ description: "A citizen; each agency adds fields (công dân)." })
export class Citizen {
  @Field(() => ID, { description: "Opaque id; a newborn without a personal number has one as well (mã nội bộ)." })
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
  @Field(() => PartialDateScalar, { nullable: true, description: "Date of birth, or its known part (ngày sinh)." })
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
  @RequiresScopes("citizen:read")
  @Field(() => Residency, { nullable: true, description: "Permanent residence in force (nơi thường trú)." })
  residency?: Residency | null;
  @RequiresScopes("citizen:read")
  @Field(() => Address, { nullable: true, description: "Address of the permanent residence (địa chỉ thường trú)." })
  permanentAddress?: Address | null;
}
