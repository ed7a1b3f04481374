import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { childCardEntitlement } from "./entitlement.ts";
import type { HealthInsuranceContext, HeldCard } from "./loaders.ts";
import { ChildCardEntitlement, Citizen, HealthInsuranceCard } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenHealthInsuranceResolver {
  @FieldResolver(() => HealthInsuranceCard, { nullable: true })
  async healthInsuranceCard(
    @Root() { personalId }: Citizen,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HeldCard | null> {
    if (!personalId) return null;
    return shown(await ctx.loaders.cardByHolder.load(personalId), ctx);
  }

  @FieldResolver(() => ChildCardEntitlement, { nullable: true })
  childCardEntitlement(
    @Root() { personalId, dateOfBirth }: Citizen,
    @Ctx() ctx: HealthInsuranceContext,
  ): ChildCardEntitlement | null {
    if (!personalId || !dateOfBirth) return null;
    ctx.access.read(personalId);
    return childCardEntitlement(dateOfBirth, ctx.now);
  }
}

/** A card that a dossier refers to; null if the caller may not see it. */
export async function resolveCard({ id }: { id: string }, ctx: HealthInsuranceContext): Promise<HeldCard | null> {
  return shown(await ctx.loaders.cardById.load(id), ctx);
}

/** Leaves a record that the holder's data were read. */
function shown(card: HeldCard | null, ctx: HealthInsuranceContext): HeldCard | null {
  if (card) ctx.access.read(card.holder, card.dossier);
  return card;
}
