import { Field, Int, ObjectType } from "type-graphql";
import { Agency } from "../../_shared/registers/agency-type.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";

@ObjectType({ description: "Steps of dossiers that wait to be delivered to an agency (việc chờ chuyển)." })
export class OutboxBacklog {
  @Field(() => Agency, { description: "The agency (cơ quan)." })
  agency!: Agency;
  @Field(() => Int, { description: "Steps that the agency has not acknowledged yet (số việc chờ chuyển)." })
  waiting!: number;
  @Field(() => Int, { description: "Those of them whose last delivery has failed (số việc chưa chuyển được)." })
  failing!: number;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Business time since which the oldest of them waits (việc chờ lâu nhất từ).",
  })
  oldestSince!: Date | null;
}
