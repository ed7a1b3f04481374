import { type ClassType, Ctx, FieldResolver, type NonEmptyArray, Resolver, Root } from "type-graphql";
import { RecordedPerson } from "../_shared/registers/recorded-person-type.ts";
import type { Entity } from "../_shared/serving/subgraph.ts";
import { HealthInsuranceActResolver } from "./acts/resolvers.ts";
import { childCardEntitlement } from "./cards/entitlement.ts";
import type { HeldCard } from "./cards/loaders.ts";
import { HealthInsuranceCardResolver } from "./cards/resolvers.ts";
import { shown } from "./cards/shown.ts";
import { HealthInsuranceCoverageResolver } from "./coverage/resolvers.ts";
import { CareFacilityResolver } from "./facilities/resolvers.ts";
import { InsuredGroupResolver } from "./groups/resolvers.ts";
import type { HealthInsuranceContext } from "./loaders.ts";
import { ParticipantResolver } from "./participants/resolvers.ts";
import { searchedCard } from "./rights.ts";
import { ChildCardEntitlement, Citizen, HealthInsuranceCard } from "./types.ts";

@Resolver(() => Citizen)
class CitizenHealthInsuranceResolver {
  @FieldResolver(() => HealthInsuranceCard, { nullable: true })
  async healthInsuranceCard(
    @Root() { personalId }: Citizen,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HeldCard | null> {
    if (!personalId) return null;
    return shown(searchedCard(ctx.caller, personalId, await ctx.loaders.cardByHolder.load(personalId)), ctx);
  }

  @FieldResolver(() => RecordedPerson, { nullable: true })
  async recordedOnCard(
    @Root() { personalId }: Citizen,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<RecordedPerson | null> {
    if (!personalId) return null;
    const card = shown(searchedCard(ctx.caller, personalId, await ctx.loaders.cardByHolder.load(personalId)), ctx);
    return card?.recorded.fullName || card?.recorded.dateOfBirth ? card.recorded : null;
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

/** A card that a dossier refers to. @throws NOT_FOUND if the caller may not see it */
async function resolveCard({ id }: { id: string }, ctx: HealthInsuranceContext): Promise<HeldCard | null> {
  return shown(searchedCard(ctx.caller, null, await ctx.loaders.cardById.load(id)), ctx);
}

/** Resolvers of the agency, and the entities that it defines or extends. */
export const resolvers: NonEmptyArray<ClassType> = [
  CareFacilityResolver,
  CitizenHealthInsuranceResolver,
  HealthInsuranceActResolver,
  HealthInsuranceCardResolver,
  HealthInsuranceCoverageResolver,
  InsuredGroupResolver,
  ParticipantResolver,
];
export const entities: readonly Entity[] = [
  { type: Citizen },
  { type: HealthInsuranceCard, resolveReference: resolveCard },
];
