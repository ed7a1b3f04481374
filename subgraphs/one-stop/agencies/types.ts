import { Field, ID, ObjectType } from "type-graphql";
import { type AgencyCode, subgraphOf } from "../../agency-registry.ts";

@ObjectType({ description: "One of the institutions behind this graph (cơ quan giải quyết)." })
export class Agency {
  @Field(() => ID, { description: "Code such as CIVIL_STATUS (mã cơ quan)." })
  code!: AgencyCode;
  @Field(() => String, { description: "Name in Vietnamese (tên cơ quan)." })
  name!: string;
}

export function agencyOf(code: AgencyCode): Agency {
  return { code, name: subgraphOf(code).vi };
}
