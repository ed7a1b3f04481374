import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { LandContext } from "../loaders.ts";
import { LandParcel } from "../types.ts";
import { LandAct } from "./types.ts";

@Resolver(() => LandAct)
export class LandActResolver {
  @FieldResolver(() => [LandParcel], { nullable: true, description: "Parcels that it concerns (các thửa đất)." })
  async parcels(@Root() { id }: LandAct, @Ctx() ctx: LandContext): Promise<LandParcel[]> {
    const codes = await ctx.loaders.parcelCodesByAct.load(id);
    const parcels = await Promise.all(codes.map((code) => ctx.loaders.parcelsByCode.load(code)));
    return parcels.flatMap((parcel) => parcel ?? []);
  }
}
