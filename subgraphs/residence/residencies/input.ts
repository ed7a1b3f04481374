import { Field, ID, InputType } from "type-graphql";
import { HouseholdHeadInput, HouseholdRelationInput } from "../households/input.ts";
import { type StrikeOffReason, StrikeOffReasonEnum } from "./strike-off-reasons.ts";

@InputType({ description: "Strike-off of a permanent residence (xóa đăng ký thường trú)." })
export class ResidenceStrikeOffInput {
  @Field(() => String, { description: "Personal identification number (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => StrikeOffReasonEnum, { description: "Reason (lý do)." })
  reason!: StrikeOffReason;
  @Field(() => HouseholdHeadInput, {
    nullable: true,
    description: "New head, if the person heads a household in which others stay (chủ hộ mới).",
  })
  newHead?: HouseholdHeadInput | null;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Commune of before 1 July 2025, as on an older paper (đơn vị hành chính cũ)." })
export class FormerCommuneInput {
  @Field(() => String, { description: "Name, such as Phường 1 (tên xã, phường, thị trấn)." })
  name!: string;
  @Field(() => String, { nullable: true, description: "District, which may be left out (quận, huyện)." })
  district?: string | null;
  @Field(() => String, { description: "Province (tỉnh, thành phố)." })
  province!: string;
}

@InputType({ description: "Address of a lawful dwelling (địa chỉ chỗ ở hợp pháp)." })
export class ResidenceAddressInput {
  @Field(() => String, { description: "House number, street, hamlet or quarter (số nhà, đường, thôn, ấp)." })
  line!: string;
  @Field(() => ID, {
    nullable: true,
    description:
      "Code of the commune; a code of before 1 July 2025 is led to its successor (mã đơn vị hành chính cấp xã).",
  })
  commune?: string | null;
  @Field(() => FormerCommuneInput, {
    nullable: true,
    description: "Commune of before 1 July 2025 by its names, in place of the code (xã, phường cũ).",
  })
  formerCommune?: FormerCommuneInput | null;
}

@InputType({
  description: "Registration of the permanent residence of persons who move together (đăng ký thường trú).",
})
export class ResidenceRegistrationInput {
  @Field(() => [HouseholdRelationInput], {
    description:
      "Those who are registered, with their relation to the head; HEAD for the head of a new household (người đăng ký).",
  })
  persons!: HouseholdRelationInput[];
  @Field(() => ID, { nullable: true, description: "Code of the household that they join (mã hộ chuyển đến)." })
  household?: string | null;
  @Field(() => ResidenceAddressInput, {
    nullable: true,
    description: "Address of a new household, if they join none (địa chỉ hộ mới).",
  })
  newAddress?: ResidenceAddressInput | null;
  @Field(() => [HouseholdHeadInput], {
    nullable: true,
    description: "New heads of the households that lose their head and keep other members (chủ hộ mới của hộ cũ).",
  })
  newHeads?: HouseholdHeadInput[] | null;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}
