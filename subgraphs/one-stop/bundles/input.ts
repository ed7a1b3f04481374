import { Field, InputType } from "type-graphql";
import type { Relation } from "../../_shared/reference/relations.ts";
import { RelationToHeadEnum } from "../../_shared/registers/code-list-enums.ts";

@InputType({ description: "Relation of a member who stays to the new head (quan hệ với chủ hộ mới)." })
class RelationToNewHeadInput {
  @Field(() => String, { description: "Personal number of the member (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => RelationToHeadEnum, { description: "Relation to the new head (quan hệ với chủ hộ)." })
  relationToHead!: Relation;
}

@InputType({ description: "New head of a household that its head has left (chủ hộ mới)." })
export class NewHeadInput {
  @Field(() => String, { description: "Personal number of the new head (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => [RelationToNewHeadInput], {
    nullable: true,
    description: "Relations of all other members who stay (quan hệ với chủ hộ mới).",
  })
  relations?: RelationToNewHeadInput[] | null;
}
