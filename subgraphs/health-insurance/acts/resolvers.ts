import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { HeldCard } from "../cards/loaders.ts";
import { shown } from "../cards/shown.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { HealthInsuranceCard } from "../types.ts";
import { EnrollingEmployer, HealthInsuranceAct } from "./types.ts";

@Resolver(() => HealthInsuranceAct)
export class HealthInsuranceActResolver {
  @FieldResolver(() => [HealthInsuranceCard], {
    nullable: true,
    description: "Cards that it changed (các thẻ có liên quan).",
  })
  async cards(@Root() { id }: HealthInsuranceAct, @Ctx() ctx: HealthInsuranceContext): Promise<HeldCard[]> {
    const ids = await ctx.loaders.cardIdsByAct.load(id);
    const cards = await Promise.all(ids.map((card) => ctx.loaders.cardById.load(card)));
    return cards.flatMap((card) => shown(card, ctx) ?? []);
  }

  @FieldResolver(() => EnrollingEmployer, {
    nullable: true,
    description: "Employer of an enrolment; null for another act (đơn vị tham gia).",
  })
  employer(@Root() { id }: HealthInsuranceAct, @Ctx() ctx: HealthInsuranceContext): Promise<EnrollingEmployer | null> {
    return ctx.loaders.employerByAct.load(id);
  }
}
