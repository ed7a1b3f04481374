import { Field, InputType } from "type-graphql";
import { DossierChangeFilter } from "../changes/types.ts";

@InputType({ description: "A webhook: where changes are sent, and which (địa chỉ nhận thay đổi)." })
export class WebhookInput {
  @Field(() => String, { description: "Address of the receiver, https (địa chỉ nhận)." })
  url!: string;
  @Field(() => DossierChangeFilter, {
    nullable: true,
    description: "Which changes; all within the caller's reach by default (bộ lọc).",
  })
  filter?: DossierChangeFilter | null;
}
