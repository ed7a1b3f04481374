import { Field, ID, InputType } from "type-graphql";
import type { Relation } from "../../../_shared/reference/relations.ts";
import { RelationToHeadEnum } from "../../../_shared/registers/code-list-enums.ts";
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
import type { SpouseRole, StatusBeforeMarriage } from "./marriage-request.ts";

const SpouseRoleEnum = describedEnum<SpouseRole>("SpouseRole", "One of the two spouses (bên nam hoặc bên nữ).", {
  HUSBAND: "The man (bên nam).",
  WIFE: "The woman (bên nữ).",
});

const StatusBeforeMarriageEnum = describedEnum<StatusBeforeMarriage>(
  "StatusBeforeMarriage",
  "Status of a person who may marry (tình trạng hôn nhân), Law on Marriage and Family 52/2014, art. 5.",
  {
    NEVER_MARRIED: "Was never married (chưa đăng ký kết hôn với ai).",
    DIVORCED: "Is divorced (đã ly hôn và chưa đăng ký kết hôn với ai).",
    WIDOWED: "The spouse has died (vợ hoặc chồng đã chết và chưa đăng ký kết hôn với ai).",
  },
);

@InputType({ description: "Spouse who submits the request, and how to reach him or her (người nộp hồ sơ)." })
export class MarriageDeclarantInput {
  @Field(() => SpouseRoleEnum, { description: "Which of the two (bên nộp hồ sơ)." })
  spouse!: SpouseRole;
  @PhoneField()
  phone?: string | null;
  @EmailField()
  email?: string | null;
  @LetterAddressField()
  address?: AddressInput | null;
}

@InputType({ description: "A person who marries (bên nam, bên nữ)." })
export class SpouseInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, {
    description: "Date of birth, yyyy, yyyy-MM or yyyy-MM-dd (ngày, tháng, năm sinh hoặc năm sinh).",
  })
  dateOfBirth!: string;
  @Field(() => String, { description: "Personal identification number (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => String, { description: "Ethnic group (dân tộc)." })
  ethnicity!: string;
  @Field(() => String, { description: "Nationality, three letters of ISO 3166-1 (quốc tịch)." })
  nationality!: string;
  @Field(() => AddressInput, {
    description: "Residence; the office of this commune confirms the marital status (nơi cư trú).",
  })
  residence!: AddressInput;
  @Field(() => StatusBeforeMarriageEnum, { description: "Status as declared (tình trạng hôn nhân)." })
  maritalStatus!: StatusBeforeMarriage;
}

@InputType({
  description: "One spouse joins the household of the other one (nhập hộ sau khi kết hôn), Law on Residence, art. 20.",
})
export class ChangeOfHouseholdInput {
  @Field(() => SpouseRoleEnum, { description: "Who moves (người chuyển đến)." })
  mover!: SpouseRole;
  @Field(() => ID, { description: "Code of the household in which the other spouse lives (mã hộ)." })
  code!: string;
  @Field(() => RelationToHeadEnum, { description: "Relation of the mover to its head (quan hệ với chủ hộ)." })
  relationToHead!: Relation;
  @Field(() => Boolean, {
    description: "True if the head of the household and the owner of the dwelling consent (chủ hộ, chủ sở hữu đồng ý).",
  })
  hasConsent!: boolean;
  @Field(() => NewHeadInput, {
    nullable: true,
    description: "New head of the household that the mover leaves, if the mover heads it and others stay (chủ hộ mới).",
  })
  newHead?: NewHeadInput | null;
}

@InputType({
  description:
    "One request for a marriage: marital status of both, registration, and the change of household if it is asked for (đăng ký kết hôn và nhập hộ).",
})
export class MarriageBundleInput {
  @Field(() => String, { description: "Commune code of the receiving office, which registers (nơi đăng ký)." })
  office!: string;
  @ChannelField()
  channel!: Channel;
  @Field(() => MarriageDeclarantInput, { description: "Spouse who submits the request (người nộp hồ sơ)." })
  declarant!: MarriageDeclarantInput;
  @Field(() => SpouseInput, { description: "The man (bên nam)." })
  husband!: SpouseInput;
  @Field(() => SpouseInput, { description: "The woman (bên nữ)." })
  wife!: SpouseInput;
  @Field(() => ChangeOfHouseholdInput, {
    nullable: true,
    description: "Change of household; left out, both stay where they are (nhập hộ).",
  })
  household?: ChangeOfHouseholdInput | null;
  @HandoverField()
  handover?: ResultHandoverInput | null;
  @FilledByField()
  filledBy?: FilledByInput | null;
}
