import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { RequiresScopes } from "../../../subgraphs/_shared/rights/directive.ts";
import { PersonalIdScalar } from "../../../subgraphs/_shared/serving/scalars.ts";
import type { enrolments } from "./tables.ts";

type EnrolmentRow = typeof enrolments.$inferSelect;

@Directive('@key(fields: "id")')
@ObjectType({ description: "Enrolment at a school (nhập học), Law on Education 43/2019." })
export class Enrolment {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  id!: EnrolmentRow["id"];
  @RequiresScopes("education:read")
  @Field(() => String, { nullable: true, description: "Name of the school (tên trường)." })
  school!: EnrolmentRow["school"];
  @RequiresScopes("education:read")
  @Field(() => Int, { nullable: true, description: "Grade, 1 to 12 (lớp)." })
  grade!: EnrolmentRow["grade"];
}

@Directive('@key(fields: "personalId")')
@ObjectType({ description: "A citizen; each agency adds fields (công dân)." })
export class Citizen {
  @Field(() => PersonalIdScalar, {
    nullable: true,
    description: "Personal identification number (số định danh cá nhân).",
  })
  personalId!: string | null;
  @RequiresScopes("education:read")
  @Field(() => [Enrolment], { nullable: true, description: "Enrolments of the citizen (các lần nhập học)." })
  enrolments?: Enrolment[];
}
