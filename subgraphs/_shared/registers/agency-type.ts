import { Directive, Field, ID, ObjectType } from "type-graphql";
import { type AgencyCode, subgraphOf } from "../../agency-registry.ts";
import { AlsoId } from "../serving/id-field.ts";

@Directive("@shareable")
@ObjectType({ description: "Agency that decides procedures and serves a part of this graph (cơ quan giải quyết)." })
export class Agency {
  @AlsoId()
  @Field(() => ID, { description: "Code such as CIVIL_STATUS (mã cơ quan)." })
  code!: AgencyCode;
  @Field(() => String, { description: "Name in Vietnamese (tên cơ quan)." })
  name!: string;
  @Field(() => String, { description: "Name in English (tên tiếng Anh)." })
  nameEn!: string;
}

export function agencyOf(code: AgencyCode): Agency {
  const { vi, en } = subgraphOf(code);
  return { code, name: vi, nameEn: en };
}
