import { Field, ID, Int, ObjectType } from "type-graphql";
import { SexEnum } from "../../_shared/registers/code-list-enums.ts";
import { Commune } from "../../_shared/registers/commune-type.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { DateScalar, PartialDateScalar, PersonalIdScalar } from "../../_shared/serving/scalars.ts";
import type { birthVersions } from "../tables.ts";
import { BirthParent, BirthRegistration, PlaceOfBirth } from "../types.ts";

type Version = typeof birthVersions.$inferSelect;

@ObjectType({ description: "Facts of a birth in one version of its entry (nội dung khai sinh)." })
export class BirthFacts {
  @Field(() => ID, { description: "Entry and version, for client caches (định danh)." })
  id!: string;
  @Field(() => Int, { nullable: true, description: "Number of the version, from 1 (phiên bản)." })
  version!: Version["version"];
  @Field(() => DateScalar, { nullable: true, description: "Day from which it holds (có giá trị từ ngày)." })
  validFrom!: Version["validFrom"];
  @Field(() => String, { nullable: true, description: "Full name of the child (họ, chữ đệm, tên)." })
  fullName!: Version["fullName"];
  @Field(() => SexEnum, { nullable: true, description: "Sex (giới tính)." })
  sex!: Version["sex"];
  @Field(() => PartialDateScalar, { nullable: true, description: "Date of birth (ngày, tháng, năm sinh)." })
  dateOfBirth!: Version["dateOfBirth"];
  @Field(() => String, { nullable: true, description: "Ethnic group (dân tộc)." })
  ethnicity!: Version["ethnicity"];
  @Field(() => String, { nullable: true, description: "Nationality, ISO 3166-1 (quốc tịch)." })
  nationality!: Version["nationality"];
  @Field(() => PersonalIdScalar, { nullable: true, description: "Personal number, once notified (số định danh)." })
  personalId!: Version["personalId"];
  @Field(() => PlaceOfBirth, { nullable: true, description: "Place of birth (nơi sinh)." })
  placeOfBirth!: PlaceOfBirth;
  @Field(() => Commune, { nullable: true, description: "Home town (quê quán)." })
  homeCommune!: Commune | null;
  @Field(() => BirthParent, { nullable: true, description: "The mother (người mẹ)." })
  mother!: BirthParent | null;
  @Field(() => BirthParent, { nullable: true, description: "The father (người cha)." })
  father!: BirthParent | null;
}

@ObjectType({ description: "A page of births, the last entered first (danh sách khai sinh)." })
export class BirthRegistrationConnection {
  @Field(() => [BirthRegistration], { description: "The births (các khai sinh)." })
  nodes!: BirthRegistration[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
