import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { LoadedBusiness } from "../businesses/loaders.ts";
import type { BusinessContext } from "../loaders.ts";
import { Business } from "../types.ts";
import { BusinessAct } from "./types.ts";

@Resolver(() => BusinessAct)
export class BusinessActResolver {
  @FieldResolver(() => Business, { nullable: true, description: "The business that it concerns (cơ sở kinh doanh)." })
  async business(@Root() { id }: BusinessAct, @Ctx() ctx: BusinessContext): Promise<LoadedBusiness | null> {
    const business = await ctx.loaders.businessIdByAct.load(id);
    return business === null ? null : ctx.loaders.businessById.load(business);
  }
}
