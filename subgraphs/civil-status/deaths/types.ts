import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { SexEnum } from "../../_shared/registers/code-list-enums.ts";
import { Commune } from "../../_shared/registers/commune-type.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar, PartialDateScalar } from "../../_shared/serving/scalars.ts";
import { RegistrationKindEnum } from "../persons/registration-kind-types.ts";
import { CivilAddress, CivilDeclarant, CivilPerson } from "../persons/types.ts";
import type { DeathDetails, DeathNotice as RecordedNotice } from "./read-death.ts";
import type { deaths, deathVersions } from "./tables.ts";

type Head = typeof deaths.$inferSelect;
type Version = typeof deathVersions.$inferSelect;

@ObjectType({ description: "Death notice (giấy báo tử), Decree 123/2015/NĐ-CP, art. 4." })
export class DeathNotice {
  @Field(() => String, { nullable: true, description: "Number (số)." })
  number!: RecordedNotice["number"];
  @Field(() => DateScalar, { nullable: true, description: "Day of issue (ngày cấp)." })
  issuedOn!: RecordedNotice["issuedOn"];
  @Field(() => String, { nullable: true, description: "Issuer (cơ quan cấp)." })
  issuer!: RecordedNotice["issuer"];
}

@ObjectType({ description: "Facts of a death in one version of its entry (nội dung khai tử)." })
export class DeathFacts {
  @Field(() => ID, { description: "Entry and version, for client caches (định danh)." })
  id!: string;
  @Field(() => Int, { nullable: true, description: "Number of the version, from 1 (phiên bản)." })
  version!: Version["version"];
  @Field(() => DateScalar, { nullable: true, description: "Day from which it holds (có giá trị từ ngày)." })
  validFrom!: Version["validFrom"];
  @Field(() => CivilPerson, { nullable: true, description: "The deceased, with the last residence (người chết)." })
  deceased!: CivilPerson;
  @Field(() => SexEnum, { nullable: true, description: "Sex (giới tính)." })
  sex!: Version["sex"];
  @Field(() => PartialDateScalar, { nullable: true, description: "Day, month or year of death (ngày chết)." })
  diedOn!: Version["diedOn"];
  @Field(() => String, { nullable: true, description: "Time of death HH:mm, if known (giờ chết)." })
  diedAt!: DeathDetails["diedAt"];
  @Field(() => CivilAddress, { nullable: true, description: "Place of death (nơi chết)." })
  place!: CivilAddress;
  @Field(() => String, { nullable: true, description: "Cause of death (nguyên nhân chết)." })
  cause!: DeathDetails["cause"];
  @Field(() => DeathNotice, { nullable: true, description: "The death notice (giấy báo tử)." })
  notice!: DeathNotice | null;
  @Field(() => String, { nullable: true, description: "Document in place of the notice (giấy tờ thay thế)." })
  withoutNotice!: DeathDetails["withoutNotice"];
  @Field(() => CivilDeclarant, { nullable: true, description: "Person who declared it (người yêu cầu)." })
  declarant!: CivilDeclarant;
  @Field(() => String, {
    nullable: true,
    description: "Number and office of the former registration, if it was repeated or noted (việc đăng ký trước đây).",
  })
  formerRegistration!: DeathDetails["formerRegistration"];
}

@Directive('@key(fields: "id")')
@ObjectType({ description: "Registration of a death (đăng ký khai tử); Law on Civil Status 60/2014, art. 32-34." })
export class DeathRegistration {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  id!: Head["id"];
  /** Not shown; the record of the reading names them. */
  dossier!: Head["dossier"];
  personalId!: Head["personalId"];
  @RequiresScopes("death:read")
  @Field(() => String, { nullable: true, description: "Number in the register, n/yyyy of its office (số khai tử)." })
  number!: string;
  @RequiresScopes("death:read")
  @Field(() => Commune, { nullable: true, description: "Commune of the office (nơi đăng ký)." })
  office!: Commune | null;
  @RequiresScopes("death:read")
  @Field(() => DateScalar, { nullable: true, description: "Day of registration (ngày đăng ký)." })
  registeredOn!: Head["registeredOn"];
  @RequiresScopes("death:read")
  @Field(() => RegistrationKindEnum, { nullable: true, description: "How it came into the register (hình thức)." })
  kind!: Head["kind"];
  @RequiresScopes("death:read")
  @Field(() => Boolean, {
    nullable: true,
    description: "True if it was registered more than 15 days after the death, art. 33 (đăng ký quá hạn).",
  })
  isLate!: boolean;
  @RequiresScopes("death:read")
  @Field(() => DeathFacts, { nullable: true, description: "Facts in force (nội dung đang có giá trị)." })
  facts!: DeathFacts;
}

@ObjectType({ description: "A page of deaths, the last registered first (danh sách khai tử)." })
export class DeathRegistrationConnection {
  @Field(() => [DeathRegistration], { description: "The deaths (các khai tử)." })
  nodes!: DeathRegistration[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
