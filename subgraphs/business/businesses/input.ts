import { Field, ID, InputType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { DateScalar, VndScalar } from "../../_shared/serving/scalars.ts";
import type { BusinessKind, EnterpriseForm, PersonRole } from "../tables.ts";
import { BusinessKindEnum, BusinessPersonRoleEnum, EnterpriseFormEnum } from "../types.ts";

const ADDRESS = "House and neighbourhood (số nhà, đường, thôn, tổ dân phố).";
const COMMUNE = "Code of the commune (mã đơn vị hành chính cấp xã).";
const INDUSTRIES = "Lines of business, VSIC level 4, the main one first (ngành, nghề kinh doanh).";
const CAPITAL = "Business or charter capital (vốn kinh doanh, vốn điều lệ).";
const GROUND = "Document or dossier on which it rests (căn cứ).";

@InputType({ description: "A person in a business (người liên quan)." })
export class BusinessPersonInput {
  @Field(() => BusinessPersonRoleEnum, { description: "Role (vai trò)." })
  role!: PersonRole;
  @Field(() => String, { description: "Personal identification number (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => String, { description: "Full name (họ tên)." })
  fullName!: string;
}

@InputType({ description: "First registration of a household business (đăng ký hộ kinh doanh)." })
export class HouseholdBusinessInput {
  @Field(() => String, { description: "Name (tên hộ kinh doanh)." })
  name!: string;
  @Field(() => ID, { description: COMMUNE })
  commune!: string;
  @Field(() => String, { description: ADDRESS })
  addressLine!: string;
  @Field(() => [String], { description: INDUSTRIES })
  industries!: string[];
  @Field(() => VndScalar, { nullable: true, description: CAPITAL })
  capitalVnd?: number | null;
  @Field(() => [BusinessPersonInput], {
    description: "The owner, whose personal number becomes the code, and members (chủ hộ, thành viên).",
  })
  people!: BusinessPersonInput[];
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "First registration of an enterprise (đăng ký doanh nghiệp)." })
export class EnterpriseInput {
  @Field(() => String, { description: "Enterprise code, which is the tax code, as issued (mã số doanh nghiệp)." })
  code!: string;
  @Field(() => EnterpriseFormEnum, { description: "Form (loại hình doanh nghiệp)." })
  form!: EnterpriseForm;
  @Field(() => String, { description: "Name (tên doanh nghiệp)." })
  name!: string;
  @Field(() => String, { nullable: true, description: "Name in a foreign language (tên bằng tiếng nước ngoài)." })
  foreignName?: string | null;
  @Field(() => String, { nullable: true, description: "Short name (tên viết tắt)." })
  shortName?: string | null;
  @Field(() => ID, { description: COMMUNE })
  commune!: string;
  @Field(() => String, { description: ADDRESS })
  addressLine!: string;
  @Field(() => [String], { description: INDUSTRIES })
  industries!: string[];
  @Field(() => VndScalar, { nullable: true, description: CAPITAL })
  capitalVnd?: number | null;
  @Field(() => [BusinessPersonInput], { description: "Legal representatives, owner and members (người liên quan)." })
  people!: BusinessPersonInput[];
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "Registration of a branch (đăng ký hoạt động chi nhánh)." })
export class BusinessBranchInput {
  @Field(() => String, { description: "Code of the enterprise (mã số doanh nghiệp)." })
  enterprise!: string;
  @Field(() => String, { description: "Name (tên chi nhánh)." })
  name!: string;
  @Field(() => ID, { description: COMMUNE })
  commune!: string;
  @Field(() => String, { description: ADDRESS })
  addressLine!: string;
  @Field(() => [String], { description: INDUSTRIES })
  industries!: string[];
  @Field(() => [BusinessPersonInput], { description: "The head (người đứng đầu)." })
  people!: BusinessPersonInput[];
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "Change of registered facts; what is left out stays (đăng ký thay đổi)." })
export class BusinessChangeInput {
  @Field(() => String, { description: "Code of the business (mã số)." })
  business!: string;
  @Field(() => String, { nullable: true, description: "Name (tên)." })
  name?: string | null;
  @Field(() => EnterpriseFormEnum, { nullable: true, description: "Form of an enterprise (loại hình doanh nghiệp)." })
  form?: EnterpriseForm | null;
  @Field(() => String, { nullable: true, description: "Name in a foreign language (tên bằng tiếng nước ngoài)." })
  foreignName?: string | null;
  @Field(() => String, { nullable: true, description: "Short name (tên viết tắt)." })
  shortName?: string | null;
  @Field(() => ID, { nullable: true, description: COMMUNE })
  commune?: string | null;
  @Field(() => String, { nullable: true, description: ADDRESS })
  addressLine?: string | null;
  @Field(() => [String], { nullable: true, description: `All of them. ${INDUSTRIES}` })
  industries?: string[] | null;
  @Field(() => VndScalar, { nullable: true, description: CAPITAL })
  capitalVnd?: number | null;
  @Field(() => [BusinessPersonInput], { nullable: true, description: "All persons (những người liên quan)." })
  people?: BusinessPersonInput[] | null;
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "Suspension for a period (tạm ngừng kinh doanh)." })
export class BusinessSuspensionInput {
  @Field(() => String, { description: "Code of the business (mã số)." })
  business!: string;
  @Field(() => String, { description: "First day, yyyy-MM-dd, today or later (từ ngày)." })
  from!: string;
  @Field(() => String, {
    nullable: true,
    description: "Last day, yyyy-MM-dd; only a household may leave it out (đến ngày).",
  })
  to?: string | null;
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "The business that resumes or ends (hộ kinh doanh, doanh nghiệp)." })
export class BusinessStateInput {
  @Field(() => String, { description: "Code of the business (mã số)." })
  business!: string;
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "Filter of businesses in force; all conditions hold together (bộ lọc cơ sở kinh doanh)." })
export class BusinessFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "Code, number of a licence, personal number of a person, or words of the name of the business or of a person, with or without diacritics (từ khóa).",
  })
  search?: string | null;
  @Field(() => ID, { nullable: true, description: COMMUNE })
  commune?: string | null;
  @Field(() => BusinessKindEnum, { nullable: true, description: "Kind (loại hình)." })
  kind?: BusinessKind | null;
  @Field(() => String, { nullable: true, description: "A line of business, VSIC level 4 (ngành, nghề)." })
  industry?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "First day of registration (đăng ký từ ngày)." })
  registeredFrom?: LegalDay | null;
  @Field(() => DateScalar, { nullable: true, description: "Last day of registration (đăng ký đến ngày)." })
  registeredTo?: LegalDay | null;
}
