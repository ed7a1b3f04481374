import { Field, ObjectType } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { PersonalIdScalar } from "../../_shared/serving/scalars.ts";
import type { HelperCapacity, FilledBy as Stored } from "../acceptance/application.ts";

export const HelperCapacityEnum = describedEnum<HelperCapacity>(
  "HelperCapacity",
  "Capacity in which a person fills a form in for another (tư cách khai giúp).",
  {
    OFFICER: "Officer of the desk (cán bộ, công chức).",
    RELATIVE: "Relative of the applicant (người thân).",
    VOLUNTEER: "Volunteer, such as a member of a community digital team (tình nguyện viên, tổ công nghệ số cộng đồng).",
    OTHER: "Another person (người khác).",
  },
);

@ObjectType({ description: "Person who filled the form in for the applicant (người khai giúp)." })
export class FilledBy {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: Stored["fullName"];
  @RequiresScopes("citizen:read")
  @Field(() => PersonalIdScalar, {
    nullable: true,
    description: "Personal identification number, if it was given (số định danh cá nhân).",
  })
  personalId!: Stored["personalId"];
  @Field(() => HelperCapacityEnum, { description: "Capacity of the helper (tư cách khai giúp)." })
  capacity!: Stored["capacity"];
}
