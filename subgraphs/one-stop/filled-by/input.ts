import { Field, InputType } from "type-graphql";
import type { HelperCapacity } from "../acceptance/application.ts";
import { HelperCapacityEnum } from "./types.ts";

@InputType({
  description:
    'Person who fills the form in for the applicant, such as {fullName: "Trần Văn Giúp", capacity: VOLUNTEER} (người khai giúp).',
})
export class FilledByInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => HelperCapacityEnum, {
    nullable: true,
    description: "Capacity of the helper; OTHER by default (tư cách khai giúp).",
  })
  capacity?: HelperCapacity | null;
}
