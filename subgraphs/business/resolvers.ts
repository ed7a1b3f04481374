import { type ClassType, Ctx, FieldResolver, type NonEmptyArray, Resolver, Root } from "type-graphql";
import type { Entity } from "../_shared/serving/subgraph.ts";
import type { BusinessContext } from "./loaders.ts";
import { searchedBusinesses } from "./rights.ts";
import { Business, Citizen, Licence } from "./types.ts";

@Resolver(() => Citizen)
class CitizenBusinessResolver {
  @FieldResolver(() => [Business], { nullable: true })
  async businesses(@Root() { personalId }: Citizen, @Ctx() ctx: BusinessContext): Promise<Business[] | null> {
    if (!personalId) return null;
    const businesses = await ctx.loaders.businessesByOwner.load(personalId);
    searchedBusinesses(ctx.caller, personalId, businesses[0] ?? null);
    ctx.access.read(personalId);
    return businesses;
  }
}

@Resolver(() => Business)
class BusinessResolver {
  /** Licences of a loaded business, whose read is recorded already. */
  @FieldResolver(() => [Licence], { nullable: true })
  async licences(@Root() { id }: Business, @Ctx() ctx: BusinessContext): Promise<Licence[]> {
    return ctx.loaders.licencesByBusiness.load(id);
  }
}

/** Resolvers of the agency, and the entities that it defines or extends. */
export const resolvers: NonEmptyArray<ClassType> = [CitizenBusinessResolver, BusinessResolver];
export const entities: readonly Entity[] = [{ type: Citizen }];
