import { Ctx, Query, Resolver } from "type-graphql";
import type { HealthInsuranceContext } from "../loaders.ts";
import { allGroups } from "./groups.ts";
import { InsuredGroup } from "./types.ts";

@Resolver()
export class InsuredGroupResolver {
  @Query(() => [InsuredGroup], {
    nullable: true,
    description: "Public list of the groups of the insured and their benefit levels (danh mục nhóm đối tượng).",
  })
  insuredGroups(@Ctx() { db }: HealthInsuranceContext): Promise<InsuredGroup[]> {
    return allGroups(db);
  }
}
