import { type ClassType, Ctx, FieldResolver, type NonEmptyArray, Resolver, Root } from "type-graphql";
import type { Entity } from "../_shared/serving/subgraph.ts";
import { BusinessActResolver } from "./acts/resolvers.ts";
import { BusinessRegistrationResolver } from "./businesses/act-resolvers.ts";
import type { LoadedBusiness } from "./businesses/loaders.ts";
import { BusinessResolver } from "./businesses/resolvers.ts";
import { LicenceResolver } from "./licences/resolvers.ts";
import type { BusinessContext } from "./loaders.ts";
import { searchedBusinesses } from "./rights.ts";
import { Business, Citizen } from "./types.ts";

@Resolver(() => Citizen)
class CitizenBusinessResolver {
  @FieldResolver(() => [Business], { nullable: true })
  async businesses(@Root() { personalId }: Citizen, @Ctx() ctx: BusinessContext): Promise<LoadedBusiness[] | null> {
    if (!personalId) return null;
    const businesses = await ctx.loaders.businessesByPerson.load(personalId);
    searchedBusinesses(ctx.caller, personalId, businesses[0] ?? null);
    ctx.access.read(personalId);
    return businesses;
  }
}

/** Resolvers of the agency, and the entities that it defines or extends. */
export const resolvers: NonEmptyArray<ClassType> = [
  CitizenBusinessResolver,
  BusinessActResolver,
  BusinessRegistrationResolver,
  BusinessResolver,
  LicenceResolver,
];
export const entities: readonly Entity[] = [{ type: Citizen }];
