import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { BusinessContext } from "./loaders.ts";
import { Business, Citizen, Licence } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenBusinessResolver {
  @FieldResolver(() => [Business], { nullable: true })
  async businesses(@Root() { personalId }: Citizen, @Ctx() ctx: BusinessContext): Promise<Business[] | null> {
    if (!personalId) return null;
    const businesses = await ctx.loaders.businessesByOwner.load(personalId);
    if (businesses) ctx.access.read(personalId);
    return businesses;
  }
}

@Resolver(() => Business)
export class BusinessResolver {
  /** Of a business that is shown already: the read was recorded there. */
  @FieldResolver(() => [Licence], { nullable: true })
  async licences(@Root() { id }: Business, @Ctx() ctx: BusinessContext): Promise<Licence[]> {
    return ctx.loaders.licencesByBusiness.load(id);
  }
}
