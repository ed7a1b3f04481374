import { Field, ID, InputType } from "type-graphql";
import type { Relation } from "../../_shared/reference/relations.ts";
import { RelationToHeadEnum } from "../../_shared/registers/code-list-enums.ts";

@InputType({ description: "Relation of a member to the head of the household (quan hệ với chủ hộ)." })
export class HouseholdRelationInput {
  @Field(() => String, { description: "Personal identification number of the member (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => RelationToHeadEnum, { description: "Relation to the head (quan hệ với chủ hộ)." })
  relationToHead!: Relation;
}

@InputType({ description: "Head of a household, and the relation of each other member to that head (chủ hộ)." })
export class HouseholdHeadInput {
  @Field(() => String, { description: "Personal identification number of the head (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => [HouseholdRelationInput], { description: "Relations of all other members (quan hệ với chủ hộ)." })
  relations!: HouseholdRelationInput[];
}

@InputType({ description: "Change of the head of a household, or of relations in it (thay đổi chủ hộ)." })
export class HouseholdHeadChangeInput {
  @Field(() => ID, { description: "Code of the household (mã hộ)." })
  household!: string;
  @Field(() => HouseholdHeadInput, { description: "The head afterwards, with the relations of all others (chủ hộ)." })
  head!: HouseholdHeadInput;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Split of a household at the same address (tách hộ)." })
export class HouseholdSplitInput {
  @Field(() => ID, { description: "Code of the household (mã hộ)." })
  household!: string;
  @Field(() => HouseholdHeadInput, {
    description: "Head and other members of the new household, who leave the former one (hộ mới).",
  })
  newHousehold!: HouseholdHeadInput;
  @Field(() => HouseholdHeadInput, {
    nullable: true,
    description: "New head of the former household, if its head leaves (chủ hộ mới của hộ cũ).",
  })
  newHead?: HouseholdHeadInput | null;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Merge of a household into another one of the same dwelling (nhập hộ)." })
export class HouseholdMergeInput {
  @Field(() => ID, { description: "Code of the household that ends (mã hộ nhập)." })
  household!: string;
  @Field(() => ID, { description: "Code of the household that it becomes part of (mã hộ nhận)." })
  into!: string;
  @Field(() => [HouseholdRelationInput], {
    description: "Relations of all members of the former to the head of the latter (quan hệ với chủ hộ).",
  })
  relations!: HouseholdRelationInput[];
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}
