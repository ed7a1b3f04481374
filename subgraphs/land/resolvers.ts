import { type ClassType, Ctx, FieldResolver, type NonEmptyArray, Resolver, Root } from "type-graphql";
import type { Entity } from "../_shared/serving/subgraph.ts";
import type { LandContext } from "./loaders.ts";
import { searchedCertificates } from "./rights.ts";
import { Citizen, LandCertificate } from "./types.ts";

@Resolver(() => Citizen)
class CitizenLandResolver {
  @FieldResolver(() => [LandCertificate], { nullable: true })
  async landCertificates(@Root() { personalId }: Citizen, @Ctx() ctx: LandContext): Promise<LandCertificate[] | null> {
    if (!personalId) return null;
    const certificates = await ctx.loaders.certificatesByHolder.load(personalId);
    searchedCertificates(ctx.caller, personalId, certificates[0] ?? null);
    ctx.access.read(personalId);
    return certificates;
  }
}

/** Resolvers of the agency, and the entities that it defines or extends. */
export const resolvers: NonEmptyArray<ClassType> = [CitizenLandResolver];
export const entities: readonly Entity[] = [{ type: Citizen }];
