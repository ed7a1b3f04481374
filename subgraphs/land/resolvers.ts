import { type ClassType, Ctx, FieldResolver, type NonEmptyArray, Resolver, Root } from "type-graphql";
import type { Entity } from "../_shared/serving/subgraph.ts";
import { LandActResolver } from "./acts/resolvers.ts";
import type { LoadedCertificate } from "./certificates/loaders.ts";
import { LandCertificateResolver } from "./certificates/resolvers.ts";
import { LandEncumbranceResolver } from "./encumbrances/resolvers.ts";
import type { LandContext } from "./loaders.ts";
import { LandObligationResolver } from "./obligations/resolvers.ts";
import { LandParcelActResolver } from "./parcels/act-resolvers.ts";
import { LandParcelResolver } from "./parcels/resolvers.ts";
import { searchedCertificates } from "./rights.ts";
import { Citizen, LandCertificate } from "./types.ts";

@Resolver(() => Citizen)
class CitizenLandResolver {
  @FieldResolver(() => [LandCertificate], { nullable: true })
  async landCertificates(
    @Root() { personalId }: Citizen,
    @Ctx() ctx: LandContext,
  ): Promise<LoadedCertificate[] | null> {
    if (!personalId) return null;
    const certificates = await ctx.loaders.certificatesByHolder.load(personalId);
    searchedCertificates(ctx.caller, personalId, certificates[0] ?? null);
    ctx.access.read(personalId);
    return certificates;
  }
}

/** Resolvers of the agency, and the entities that it defines or extends. */
export const resolvers: NonEmptyArray<ClassType> = [
  CitizenLandResolver,
  LandActResolver,
  LandCertificateResolver,
  LandEncumbranceResolver,
  LandObligationResolver,
  LandParcelActResolver,
  LandParcelResolver,
];
export const entities: readonly Entity[] = [{ type: Citizen }];
