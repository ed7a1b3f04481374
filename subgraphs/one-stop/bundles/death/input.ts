import { Field, InputType } from "type-graphql";
import { SexEnum } from "../../../_shared/registers/code-list-enums.ts";
import { describedEnum } from "../../../_shared/serving/described-enum.ts";
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
import { NewHeadInput } from "../input.ts";
import type { DeathDeclarant, FuneralGroup } from "./death-request.ts";

const DeathDeclarantEnum = describedEnum<DeathDeclarant>(
  "DeathDeclarantRelation",
  "Who declares a death (người đi khai tử), Law on Civil Status 60/2014, art. 33.",
  {
    SPOUSE: "Wife or husband (vợ, chồng).",
    CHILD: "Child (con).",
    PARENT: "Parent (cha, mẹ).",
    OTHER_RELATIVE: "Another relative (người thân thích khác).",
    REPRESENTATIVE:
      "Representative of an agency, organisation or person concerned, where there is no relative (đại diện cơ quan, tổ chức, cá nhân liên quan).",
  },
);

const FuneralGroupEnum = describedEnum<FuneralGroup>(
  "FuneralGroup",
  "Group of the deceased by which the State supports the funeral (nhóm đối tượng hỗ trợ chi phí mai táng).",
  {
    SOCIAL_PROTECTION: "Received social protection; procedure 1.001731 (đối tượng bảo trợ xã hội).",
    SOCIAL_PENSION: "Received the social pension; procedure 1.014028 (hưởng trợ cấp hưu trí xã hội).",
  },
);

@InputType({ description: "Person who declares a death and submits the request (người đi khai tử)." })
export class DeathDeclarantInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => DeathDeclarantEnum, { description: "Relation to the deceased (quan hệ với người chết)." })
  relation!: DeathDeclarant;
  @PhoneField()
  phone?: string | null;
  @EmailField()
  email?: string | null;
  @LetterAddressField()
  address?: AddressInput | null;
}

@InputType({ description: "The deceased (người chết)." })
export class DeceasedInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => SexEnum, { description: "Sex (giới tính)." })
  sex!: "MALE" | "FEMALE";
  @Field(() => String, {
    description: "Date of birth, yyyy, yyyy-MM or yyyy-MM-dd (ngày, tháng, năm sinh hoặc năm sinh).",
  })
  dateOfBirth!: string;
  @Field(() => String, {
    nullable: true,
    description: "Personal number; needed to strike off the residence and to close the card (số định danh cá nhân).",
  })
  personalId?: string | null;
  @Field(() => String, { description: "Ethnic group (dân tộc)." })
  ethnicity!: string;
  @Field(() => String, { description: "Nationality, three letters of ISO 3166-1 (quốc tịch)." })
  nationality!: string;
  @Field(() => AddressInput, { description: "Last residence (nơi cư trú cuối cùng)." })
  lastResidence!: AddressInput;
}

@InputType({ description: "Death notice (giấy báo tử), Decree 123/2015/NĐ-CP, art. 4." })
export class NoticeOfDeathInput {
  @Field(() => String, { description: "Number (số)." })
  number!: string;
  @Field(() => String, { description: "Day of issue, yyyy-MM-dd (ngày cấp)." })
  issuedOn!: string;
  @Field(() => String, { description: "Issuer (cơ quan cấp)." })
  issuer!: string;
}

@InputType({ description: "The death: when, where and why (việc chết)." })
export class DeathInput {
  @Field(() => String, { description: "Day of death, yyyy, yyyy-MM or yyyy-MM-dd (ngày chết)." })
  diedOn!: string;
  @Field(() => String, { nullable: true, description: "Time of death HH:mm, if it is known (giờ chết)." })
  diedAt?: string | null;
  @Field(() => AddressInput, { description: "Place of death (nơi chết)." })
  place!: AddressInput;
  @Field(() => String, { nullable: true, description: "Cause of death (nguyên nhân chết)." })
  cause?: string | null;
  @Field(() => NoticeOfDeathInput, { nullable: true, description: "The death notice (giấy báo tử)." })
  notice?: NoticeOfDeathInput | null;
  @Field(() => String, {
    nullable: true,
    description: "Document in place of the notice, at most 2,000 characters (giấy tờ thay giấy báo tử).",
  })
  withoutNotice?: string | null;
}

@InputType({ description: "Person who receives the funeral allowance (người nhận trợ cấp mai táng)." })
export class AllowanceRecipientInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
}

@InputType({ description: "Support of the costs of the funeral (hỗ trợ chi phí mai táng)." })
export class FuneralAllowanceInput {
  @Field(() => FuneralGroupEnum, { description: "Group of the deceased (nhóm đối tượng)." })
  group!: FuneralGroup;
  @Field(() => AllowanceRecipientInput, {
    nullable: true,
    description: "Who receives it; the declarant by default (người nhận).",
  })
  recipient?: AllowanceRecipientInput | null;
}

@InputType({
  description:
    "One request for the registration of a death and what follows from it: strike-off of the residence, closing of the card, funeral allowance; at least one of them (liên thông khai tử); Decree 63/2024/NĐ-CP.",
})
export class DeathBundleInput {
  @Field(() => String, { description: "Commune code of the receiving office (nơi tiếp nhận)." })
  office!: string;
  @ChannelField()
  channel!: Channel;
  @Field(() => DeathDeclarantInput, { description: "Person who declares the death (người đi khai tử)." })
  declarant!: DeathDeclarantInput;
  @Field(() => DeceasedInput, { description: "The deceased (người chết)." })
  deceased!: DeceasedInput;
  @Field(() => DeathInput, { description: "The death (việc chết)." })
  death!: DeathInput;
  @Field(() => Boolean, {
    nullable: true,
    description: "True to strike off the permanent residence (xóa đăng ký thường trú).",
  })
  strikeOffResidence?: boolean | null;
  @Field(() => NewHeadInput, {
    nullable: true,
    description: "New head of the household, if the deceased was its head and others stay (chủ hộ mới).",
  })
  newHead?: NewHeadInput | null;
  @Field(() => Boolean, { nullable: true, description: "True to close the health-insurance card (khóa thẻ BHYT)." })
  closeCard?: boolean | null;
  @Field(() => FuneralAllowanceInput, { nullable: true, description: "The funeral allowance (trợ cấp mai táng)." })
  funeralAllowance?: FuneralAllowanceInput | null;
  @HandoverField()
  handover?: ResultHandoverInput | null;
  @FilledByField()
  filledBy?: FilledByInput | null;
}
