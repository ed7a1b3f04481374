import { Field, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { Citizen } from "../types.ts";

@ObjectType({ description: "A page of citizens, the oldest first (danh sách công dân)." })
export class CitizenConnection {
  @Field(() => [Citizen], { description: "The citizens (các công dân)." })
  nodes!: Citizen[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}
