import { Field, ID, Int, ObjectType } from "type-graphql";
import { AlsoId } from "../../_shared/serving/id-field.ts";
import type { insuredGroups } from "./tables.ts";

type GroupRow = typeof insuredGroups.$inferSelect;

@ObjectType({
  description: "Group of the insured with its benefit level (nhóm đối tượng, mức hưởng); Decision 1351/QĐ-BHXH.",
})
export class InsuredGroup {
  @AlsoId()
  @Field(() => ID, { description: "Two letters, such as TE for a child under six (mã đối tượng)." })
  code!: GroupRow["code"];
  @Field(() => Int, { description: "Benefit level, the third character of a card number (mức hưởng)." })
  benefit!: GroupRow["benefit"];
  @Field(() => Int, { nullable: true, description: "Share of the cost that the fund pays, in percent (tỷ lệ hưởng)." })
  percent!: number | null;
}
