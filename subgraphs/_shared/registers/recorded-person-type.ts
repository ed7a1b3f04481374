import { Directive, Field, ObjectType } from "type-graphql";
import type { PartialDate } from "../reference/partial-dates.ts";
import { PartialDateScalar } from "../serving/scalars.ts";

@Directive("@shareable")
@ObjectType({ description: "A person as one register has recorded him or her (thông tin nhân thân đã ghi nhận)." })
export class RecordedPerson {
  @Field(() => String, { nullable: true, description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string | null;
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: "Date, month or year of birth (ngày, tháng, năm sinh).",
  })
  dateOfBirth!: PartialDate | null;
}
