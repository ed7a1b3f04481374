import { Directive, Field, ObjectType } from "type-graphql";
import { PersonalIdScalar } from "../../_shared/serving/scalars.ts";

@Directive('@key(fields: "personalId")')
@ObjectType({ description: "A citizen; each agency adds fields (công dân)." })
export class Citizen {
  @Field(() => PersonalIdScalar, {
    nullable: true,
    description: "Personal identification number (số định danh cá nhân).",
  })
  personalId!: string | null;
}
