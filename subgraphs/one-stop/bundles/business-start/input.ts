import { Field, InputType, Int } from "type-graphql";
import { describedEnum } from "../../../_shared/serving/described-enum.ts";
import { VndScalar } from "../../../_shared/serving/scalars.ts";
import type { Channel } from "../../acceptance/application.ts";
import { AddressInput } from "../../applicants/input.ts";
import {
  ChannelField,
  EmailField,
  FilledByField,
  HandoverField,
  LetterAddressField,
  PhoneField,
} from "../../application-fields/input.ts";
import type { FilledByInput } from "../../filled-by/input.ts";
import type { ResultHandoverInput } from "../../handover/input.ts";
import type { FounderRole, NewBusinessForm } from "./business-start-request.ts";
import { TRADE_LICENCES, type TradeLicence, tradeLicences } from "./trade-licences.ts";

const NewBusinessFormEnum = describedEnum<NewBusinessForm>(
  "NewBusinessForm",
  "Form of a business that is registered (loại hình đăng ký).",
  {
    HOUSEHOLD: "Household business; procedure 1.001612 (hộ kinh doanh).",
    PRIVATE: "Private enterprise; procedure 2.001610 (doanh nghiệp tư nhân).",
    LLC_ONE_MEMBER: "Limited liability company with one member; procedure 2.001583 (công ty TNHH một thành viên).",
    LLC: "Limited liability company with two members or more; procedure 2.001199 (công ty TNHH hai thành viên trở lên).",
    JOINT_STOCK: "Joint-stock company; procedure 2.002043 (công ty cổ phần).",
  },
);

const FounderRoleEnum = describedEnum<FounderRole>(
  "FounderRole",
  "Role of a person in a new business (vai trò của người thành lập).",
  {
    OWNER: "Owner of the household business or the enterprise (chủ hộ, chủ sở hữu).",
    MEMBER: "Member of the household or the company (thành viên).",
    REPRESENTATIVE: "Legal representative of an enterprise (người đại diện theo pháp luật).",
  },
);

const TradeLicenceEnum = describedEnum<TradeLicence>(
  "TradeLicence",
  "Licence that a line of business may need (giấy phép theo ngành, nghề).",
  Object.fromEntries(
    tradeLicences.map((each) => [each, `${TRADE_LICENCES[each].en} (${TRADE_LICENCES[each].vi}).`]),
  ) as Record<TradeLicence, string>, // one entry for each licence
);

@InputType({ description: "Person who submits the request (người nộp hồ sơ)." })
export class BusinessStartDeclarantInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
  @PhoneField()
  phone?: string | null;
  @EmailField()
  email?: string | null;
  @LetterAddressField()
  address?: AddressInput | null;
}

@InputType({ description: "A person of the new business (người thành lập, thành viên, người đại diện)." })
export class FounderInput {
  @Field(() => FounderRoleEnum, { description: "Role (vai trò)." })
  role!: FounderRole;
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { description: "Personal identification number (số định danh cá nhân)." })
  personalId!: string;
}

@InputType({ description: "The business to register (cơ sở kinh doanh)." })
export class NewBusinessInput {
  @Field(() => NewBusinessFormEnum, { description: "Form (loại hình)." })
  form!: NewBusinessForm;
  @Field(() => String, {
    nullable: true,
    description:
      "Code of an enterprise as the tax office has issued it; a household has its owner's personal number (mã số doanh nghiệp).",
  })
  code?: string | null;
  @Field(() => String, { description: "Name (tên)." })
  name!: string;
  @Field(() => String, { nullable: true, description: "Name in a foreign language (tên bằng tiếng nước ngoài)." })
  foreignName?: string | null;
  @Field(() => String, { nullable: true, description: "Short name (tên viết tắt)." })
  shortName?: string | null;
  @Field(() => AddressInput, { description: "Seat (địa chỉ trụ sở)." })
  address!: AddressInput;
  @Field(() => [String], {
    description: "Lines of business, VSIC level 4 of the list in force, the main one first (ngành, nghề kinh doanh).",
  })
  lines!: string[];
  @Field(() => VndScalar, { nullable: true, description: "Business or charter capital (vốn kinh doanh, vốn điều lệ)." })
  capitalVnd?: number | null;
  @Field(() => [FounderInput], {
    description:
      "One owner of a household business; a legal representative of an enterprise; members (người liên quan).",
  })
  people!: FounderInput[];
}

@InputType({ description: "Registration as a unit of social insurance (đơn vị tham gia bảo hiểm xã hội)." })
export class SocialInsuranceUnitInput {
  @Field(() => Int, { description: "Number of employees (số lao động)." })
  employees!: number;
  @Field(() => String, { description: "First day of employment, yyyy-MM-dd (ngày bắt đầu sử dụng lao động)." })
  from!: string;
}

@InputType({
  description:
    "One request for the start of a business: registration, social insurance, licences (khởi sự kinh doanh); Decree 168/2025/NĐ-CP.",
})
export class BusinessStartBundleInput {
  @Field(() => String, { description: "Commune code of the receiving office (nơi tiếp nhận)." })
  office!: string;
  @ChannelField()
  channel!: Channel;
  @Field(() => BusinessStartDeclarantInput, { description: "Person who submits the request (người nộp hồ sơ)." })
  declarant!: BusinessStartDeclarantInput;
  @Field(() => NewBusinessInput, { description: "The business (cơ sở kinh doanh)." })
  business!: NewBusinessInput;
  @Field(() => SocialInsuranceUnitInput, {
    nullable: true,
    description: "Unit of social insurance; left out if nobody is employed (bảo hiểm xã hội).",
  })
  socialInsurance?: SocialInsuranceUnitInput | null;
  @Field(() => [TradeLicenceEnum], {
    nullable: true,
    description:
      "Licences to ask for; left out, all that the lines of business need and the catalogue has, as the check names them (giấy phép đề nghị cấp).",
  })
  licences?: TradeLicence[] | null;
  @HandoverField()
  handover?: ResultHandoverInput | null;
  @FilledByField()
  filledBy?: FilledByInput | null;
}
