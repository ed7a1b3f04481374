import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Commune } from "../_shared/registers/commune-type.ts";
import { RequiresScopes } from "../_shared/rights/directive.ts";
import { describedEnum } from "../_shared/serving/described-enum.ts";
import { AlsoId } from "../_shared/serving/id-field.ts";
import { DateScalar, PersonalIdScalar, VndScalar } from "../_shared/serving/scalars.ts";
import { LICENCE_KINDS, type LicenceKind, licenceKinds } from "./licences/licence-kinds.ts";
import type { licences, licenceVersions } from "./licences/tables.ts";
import type {
  BusinessKind,
  businesses,
  businessLines,
  businessPeople,
  businessVersions,
  EnterpriseForm,
  PersonRole,
} from "./tables.ts";

type BusinessRow = typeof businesses.$inferSelect & typeof businessVersions.$inferSelect;
type LicenceRow = typeof licences.$inferSelect & typeof licenceVersions.$inferSelect;

export const BusinessKindEnum = describedEnum<BusinessKind>(
  "BusinessKind",
  "Form of a business (loại hình kinh doanh).",
  {
    HOUSEHOLD: "Household business (hộ kinh doanh).",
    ENTERPRISE: "Enterprise (doanh nghiệp), Law on Enterprises 59/2020.",
    BRANCH: "Branch of an enterprise (chi nhánh).",
  },
);

export const EnterpriseFormEnum = describedEnum<EnterpriseForm>(
  "EnterpriseForm",
  "Form of an enterprise (loại hình doanh nghiệp), Law on Enterprises 59/2020/QH14.",
  {
    PRIVATE: "Private enterprise (doanh nghiệp tư nhân).",
    LLC_ONE_MEMBER: "Limited liability company with one member (công ty TNHH một thành viên).",
    LLC: "Limited liability company with two members or more (công ty TNHH hai thành viên trở lên).",
    JOINT_STOCK: "Joint-stock company (công ty cổ phần).",
    PARTNERSHIP: "Partnership (công ty hợp danh).",
  },
);

export type BusinessState = "ACTIVE" | "SUSPENDED" | "ENDED";
export const BusinessStateEnum = describedEnum<BusinessState>(
  "BusinessState",
  "State of a business on a day (tình trạng hoạt động).",
  {
    ACTIVE: "Active (đang hoạt động).",
    SUSPENDED: "Suspended for a period (tạm ngừng kinh doanh).",
    ENDED: "Ended (đã chấm dứt hoạt động).",
  },
);

export const BusinessPersonRoleEnum = describedEnum<PersonRole>(
  "BusinessPersonRole",
  "Role of a person in a business (vai trò).",
  {
    OWNER: "Owner of a household business or an enterprise (chủ hộ, chủ sở hữu).",
    MEMBER: "Member of the household or the company (thành viên).",
    REPRESENTATIVE: "Legal representative of an enterprise (người đại diện theo pháp luật).",
    HEAD: "Head of a branch (người đứng đầu chi nhánh).",
  },
);

// one value for each kind, under its own name; described by the kind's Vietnamese name and its article
export const LicenceKindEnum = Object.fromEntries(licenceKinds.map((kind) => [kind, kind])) as Record<
  LicenceKind,
  LicenceKind
>;
registerEnumType(LicenceKindEnum, {
  name: "LicenceKind",
  description: "Kind of a licence to trade (loại giấy phép, giấy chứng nhận đủ điều kiện kinh doanh).",
  valuesConfig: Object.fromEntries(
    licenceKinds.map((kind) => {
      const { vi, en, basis } = LICENCE_KINDS[kind];
      return [kind, { description: `${en} (${vi}), ${basis}.` }];
    }),
  ),
});

export type LicenceState = "VALID" | "EXPIRED" | "REVOKED";
export const LicenceStateEnum = describedEnum<LicenceState>(
  "LicenceState",
  "State of a licence on a day (tình trạng giấy phép).",
  {
    VALID: "In force (còn hiệu lực).",
    EXPIRED: "Its term is over, or its business has ended (hết hiệu lực).",
    REVOKED: "Revoked (đã thu hồi).",
  },
);

@ObjectType({ description: "Licence to trade (giấy phép, giấy chứng nhận đủ điều kiện kinh doanh)." })
export class Licence {
  @AlsoId()
  @Field(() => ID, { description: "Number of the licence (số giấy phép)." })
  number!: LicenceRow["number"];
  @Field(() => LicenceKindEnum, { description: "Kind of licence (loại giấy phép)." })
  kind!: LicenceRow["kind"];
  @Field(() => String, { description: "Vietnamese name of that kind (tên giấy phép)." })
  kindName!: string;
  @Field(() => String, { nullable: true, description: "Authority that issued it (cơ quan cấp)." })
  issuer!: LicenceRow["issuer"];
  @Field(() => DateScalar, { description: "Day of issue (ngày cấp)." })
  issuedOn!: LicenceRow["issuedOn"];
  @Field(() => DateScalar, {
    nullable: true,
    description: "Last day of the term (ngày hết hạn); null if the licence has no term.",
  })
  expiresOn!: LicenceRow["expiresOn"];
  @Field(() => DateScalar, {
    nullable: true,
    description:
      "Last day on which its renewal is requested in time (hạn nộp hồ sơ gia hạn); null if the licence has no term.",
  })
  renewBy!: LicenceRow["renewBy"];
}

@ObjectType({ description: "Period in which a business is suspended (thời gian tạm ngừng kinh doanh)." })
export class BusinessSuspension {
  @Field(() => DateScalar, { description: "First day (từ ngày)." })
  from!: NonNullable<BusinessRow["suspendedFrom"]>;
  @Field(() => DateScalar, {
    nullable: true,
    description: "Last day (đến ngày); null for a household that stated none.",
  })
  to!: BusinessRow["suspendedTo"];
}

@ObjectType({ description: "Line of business (ngành, nghề kinh doanh)." })
export class BusinessLine {
  @Field(() => String, { description: "Code, VSIC level 4 (mã ngành)." })
  code!: (typeof businessLines.$inferSelect)["code"];
  @Field(() => String, {
    description:
      "List of the code (phiên bản danh mục): 2018 is Decision 27/2018/QĐ-TTg, 2025 is Decision 36/2025/QĐ-TTg.",
  })
  list!: (typeof businessLines.$inferSelect)["list"];
}

@ObjectType({ description: "Person in a business (người liên quan)." })
export class BusinessPerson {
  @Field(() => BusinessPersonRoleEnum, { nullable: true, description: "Role (vai trò)." })
  role!: PersonRole;
  @Field(() => Citizen, { nullable: true, description: "The citizen (công dân)." })
  citizen!: Pick<Citizen, "personalId">;
  @Field(() => String, { nullable: true, description: "Full name as registered (họ tên)." })
  fullName!: (typeof businessPeople.$inferSelect)["fullName"];
}

@ObjectType({ description: "Household business, enterprise or branch (hộ kinh doanh, doanh nghiệp, chi nhánh)." })
export class Business {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  id!: BusinessRow["id"];
  @Field(() => ID, {
    description: "Tax code, or the code of a household business (mã số doanh nghiệp, mã số hộ kinh doanh).",
  })
  code!: BusinessRow["code"];
  @Field(() => String, { description: "Name (tên)." })
  name!: BusinessRow["name"];
  @Field(() => String, { nullable: true, description: "Name in a foreign language (tên bằng tiếng nước ngoài)." })
  foreignName!: BusinessRow["foreignName"];
  @Field(() => String, { nullable: true, description: "Short name (tên viết tắt)." })
  shortName!: BusinessRow["shortName"];
  @Field(() => BusinessKindEnum, { description: "Form of the business (loại hình)." })
  kind!: BusinessRow["kind"];
  @Field(() => EnterpriseFormEnum, { nullable: true, description: "Form of an enterprise (loại hình doanh nghiệp)." })
  form!: BusinessRow["form"];
  @Field(() => VndScalar, {
    nullable: true,
    description: "Business or charter capital (vốn kinh doanh, vốn điều lệ); null if none was declared.",
  })
  capitalVnd!: BusinessRow["capital"];
  @Field(() => DateScalar, { description: "Day of first registration (ngày đăng ký lần đầu)." })
  registeredOn!: BusinessRow["registeredOn"];
  @Field(() => Int, { description: "Number of changes registered so far (đăng ký thay đổi lần thứ)." })
  changeNumber!: BusinessRow["changeNumber"];
  @Field(() => Commune, { description: "Commune of the registration (đơn vị hành chính)." })
  commune!: Commune;
  @Field(() => String, { description: "House and neighbourhood (địa chỉ)." })
  addressLine!: BusinessRow["addressLine"];
  @Field(() => BusinessSuspension, {
    nullable: true,
    description: "The last suspension that was registered and not ended by an act (thời gian tạm ngừng).",
  })
  suspension!: BusinessSuspension | null;
  @Field(() => [Licence], { nullable: true, description: "Licences of the business (giấy phép)." })
  licences?: Licence[];
}

@Directive('@key(fields: "personalId")')
@ObjectType({ description: "A citizen; each agency adds fields (công dân)." })
export class Citizen {
  @Field(() => PersonalIdScalar, {
    nullable: true,
    description: "Personal identification number (số định danh cá nhân).",
  })
  personalId!: string | null;
  @RequiresScopes("business:read")
  @Field(() => [Business], {
    nullable: true,
    description: "Businesses the citizen owns or represents (hộ kinh doanh, doanh nghiệp).",
  })
  businesses?: Business[];
}
