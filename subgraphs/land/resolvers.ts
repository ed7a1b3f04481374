import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { LandContext } from "./loaders.ts";
import { Citizen, LandCertificate } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenLandResolver {
  @FieldResolver(() => [LandCertificate], { nullable: true })
  async landCertificates(@Root() { personalId }: Citizen, @Ctx() ctx: LandContext): Promise<LandCertificate[] | null> {
    if (!personalId) return null;
    const certificates = await ctx.loaders.certificatesByHolder.load(personalId);
    if (certificates) ctx.access.read(personalId);
    return certificates;
  }
}
