import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { householdOf } from "../households/household-of.ts";
import type { ResidenceContext } from "../loaders.ts";
import { Citizen, Household } from "../types.ts";
import { ResidenceAct } from "./types.ts";

@Resolver(() => ResidenceAct)
export class ResidenceActResolver {
  @FieldResolver(() => [Citizen], {
    nullable: true,
    description: "Persons whom it concerns (những người có liên quan).",
  })
  async persons(@Root() { id }: ResidenceAct, @Ctx() ctx: ResidenceContext): Promise<Citizen[]> {
    const persons = await ctx.loaders.personsByAct.load(id);
    for (const { personalId } of persons) ctx.access.read(personalId);
    return persons;
  }

  @FieldResolver(() => [Household], {
    nullable: true,
    description: "Households that it concerns (các hộ có liên quan).",
  })
  async households(@Root() { id }: ResidenceAct, @Ctx() ctx: ResidenceContext): Promise<Household[]> {
    const ids = await ctx.loaders.householdIdsByAct.load(id);
    const households = await Promise.all(ids.map((household) => ctx.loaders.householdsById.load(household)));
    return households.flatMap((household) => (household ? householdOf(household) : []));
  }
}
