import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { demand } from "../_shared/caller.ts";
import type { LandContext } from "./loaders.ts";
import { Citizen, LandCertificate } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenLandResolver {
  @FieldResolver(() => [LandCertificate], { nullable: true })
  async landCertificates(@Root() { personalId }: Citizen, @Ctx() ctx: LandContext): Promise<LandCertificate[] | null> {
    demand(ctx.caller, "land:read");
    if (!personalId) return null;
    const certificates = await ctx.loaders.certificatesByHolder.load(personalId);
    if (certificates) ctx.access.read(personalId);
    return certificates;
  }
}
