import { Field, ID, InputType } from "type-graphql";
import type { Relation } from "../../../_shared/reference/relations.ts";
import { RelationToHeadEnum } from "../../../_shared/registers/code-list-enums.ts";
import { describedEnum } from "../../../_shared/serving/described-enum.ts";
import type { Channel } from "../../acceptance/application.ts";
import { AddressInput } from "../../applicants/input.ts";
import { ChannelField, FilledByField, HandoverField } from "../../application-fields/input.ts";
import type { FilledByInput } from "../../filled-by/input.ts";
import type { ResultHandoverInput } from "../../handover/input.ts";
import { ApplicantInput } from "../../single-procedures/input.ts";
import { NewHeadInput } from "../input.ts";
import type { DwellingRight } from "./move-request.ts";

const DwellingRightEnum = describedEnum<DwellingRight>(
  "DwellingRight",
  "Right by which a person lives at an address (loại chỗ ở hợp pháp), form CT01.",
  {
    OWNED: "Own dwelling (chỗ ở thuộc quyền sở hữu của mình).",
    RENTED: "Rented dwelling (chỗ ở do thuê).",
    BORROWED: "Borrowed dwelling (chỗ ở do mượn, ở nhờ).",
    JOINED: "With a head of household who, like the owner, consents (về ở với chủ hộ được đồng ý).",
  },
);

@InputType({ description: "The person who moves (người chuyển nơi ở)." })
export class MovingPersonInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { description: "Personal identification number (số định danh cá nhân)." })
  personalId!: string;
}

@InputType({ description: "A member who moves together with the person (thành viên cùng chuyển)." })
export class MovingMemberInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { description: "Personal identification number (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => RelationToHeadEnum, {
    nullable: true,
    description: "Relation to the head of the household; required for a permanent residence (quan hệ với chủ hộ).",
  })
  relationToHead?: Relation | null;
}

@InputType({ description: "Permanent residence at the new address (đăng ký thường trú), Law on Residence 68/2020." })
export class MovePermanentResidenceInput {
  @Field(() => AddressInput, { description: "New address (nơi đăng ký thường trú)." })
  address!: AddressInput;
  @Field(() => DwellingRightEnum, { description: "Right to the dwelling (loại chỗ ở hợp pháp)." })
  dwelling!: DwellingRight;
  @Field(() => String, {
    nullable: true,
    description:
      "Personal number of the head of the household to join; the person heads a new one if it is left out (số định danh của chủ hộ).",
  })
  headPersonalId?: string | null;
  @Field(() => String, { nullable: true, description: "Full name of that head (họ tên chủ hộ)." })
  headName?: string | null;
  @Field(() => RelationToHeadEnum, {
    nullable: true,
    description: "Relation of the person to that head (quan hệ với chủ hộ).",
  })
  relationToHead?: Relation | null;
  @Field(() => Boolean, {
    description: "True if the head and the owner of the dwelling consent (chủ hộ, chủ sở hữu chỗ ở đồng ý).",
  })
  hasConsent!: boolean;
  @Field(() => [NewHeadInput], {
    nullable: true,
    description: "New heads of the households that lose their head and keep other members (chủ hộ mới của hộ cũ).",
  })
  newHeads?: NewHeadInput[] | null;
}

@InputType({ description: "Temporary residence at the new address (đăng ký tạm trú), Law on Residence 68/2020." })
export class MoveTemporaryResidenceInput {
  @Field(() => AddressInput, { description: "New address (nơi đăng ký tạm trú)." })
  address!: AddressInput;
  @Field(() => DwellingRightEnum, { description: "Right to the dwelling (loại chỗ ở hợp pháp)." })
  dwelling!: DwellingRight;
  @Field(() => String, { description: "Last day, yyyy-MM-dd, at most 2 years from now (tạm trú đến ngày)." })
  until!: string;
}

@InputType({ description: "Another facility of first care (đổi nơi đăng ký khám chữa bệnh ban đầu)." })
export class MoveCareFacilityInput {
  @Field(() => String, { description: "Code of the facility (mã cơ sở khám chữa bệnh)." })
  facility!: string;
}

@InputType({ description: "New address of the person's household business (thay đổi địa chỉ hộ kinh doanh)." })
export class MoveBusinessInput {
  @Field(() => ID, { description: "Code of the household business (mã số hộ kinh doanh)." })
  code!: string;
  @Field(() => AddressInput, {
    nullable: true,
    description: "Its new address; that of the residence by default (địa chỉ trụ sở mới).",
  })
  address?: AddressInput | null;
}

@InputType({
  description:
    "One request of persons who move: residence at the new address, then facility of first care and address of a household business; at least one of them (chuyển nơi ở).",
})
export class MoveBundleInput {
  @Field(() => String, { description: "Commune code of the receiving office (nơi tiếp nhận)." })
  office!: string;
  @ChannelField()
  channel!: Channel;
  @Field(() => ApplicantInput, { description: "Person who submits it (người nộp)." })
  declarant!: ApplicantInput;
  @Field(() => MovingPersonInput, { description: "The person who moves (người chuyển nơi ở)." })
  person!: MovingPersonInput;
  @Field(() => [MovingMemberInput], {
    nullable: true,
    description: "Members who move together with the person (các thành viên cùng chuyển).",
  })
  members?: MovingMemberInput[] | null;
  @Field(() => MovePermanentResidenceInput, {
    nullable: true,
    description: "Permanent residence (đăng ký thường trú).",
  })
  permanentResidence?: MovePermanentResidenceInput | null;
  @Field(() => MoveTemporaryResidenceInput, {
    nullable: true,
    description: "Temporary residence, in place of the permanent one (đăng ký tạm trú).",
  })
  temporaryResidence?: MoveTemporaryResidenceInput | null;
  @Field(() => MoveCareFacilityInput, { nullable: true, description: "Facility of first care (nơi khám ban đầu)." })
  careFacility?: MoveCareFacilityInput | null;
  @Field(() => MoveBusinessInput, { nullable: true, description: "Household business (hộ kinh doanh)." })
  business?: MoveBusinessInput | null;
  @HandoverField()
  handover?: ResultHandoverInput | null;
  @FilledByField()
  filledBy?: FilledByInput | null;
}
