import {
  Arg,
  type ClassType,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  type NonEmptyArray,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { demand } from "../_shared/identity/caller.ts";
import { Address } from "../_shared/registers/address-type.ts";
import { RelationToHeadEnum, SexEnum } from "../_shared/registers/code-list-enums.ts";
import { communeOf } from "../_shared/registers/commune-type.ts";
import { RequiresScopes } from "../_shared/rights/directive.ts";
import { notFound } from "../_shared/serving/errors.ts";
import { DateScalar, PartialDateScalar, PersonalIdScalar } from "../_shared/serving/scalars.ts";
import type { Entity } from "../_shared/serving/subgraph.ts";
import { ResidenceActResolver } from "./acts/resolvers.ts";
import { HouseholdActResolver } from "./households/act-resolvers.ts";
import { householdOf } from "./households/household-of.ts";
import { HouseholdSearchResolver } from "./households/resolvers.ts";
import type { LoadedPerson, LoadedResidency, ResidenceContext } from "./loaders.ts";
import { personalIdsOf, personExists } from "./persons/persons.ts";
import { CitizenSearchResolver } from "./persons/resolvers.ts";
import { ResidencyActResolver } from "./residencies/act-resolvers.ts";
import { searchedPerson, searchedResidency } from "./rights.ts";
import { TemporaryActResolver } from "./temporary/act-resolvers.ts";
import { CitizenTemporaryResolver } from "./temporary/resolvers.ts";
import { Citizen, Household, HouseholdMember, Residency } from "./types.ts";

/** Person of either key; the read is recorded. @throws NOT_FOUND if the caller may not see the person */
async function personOf({ id, personalId }: Citizen, ctx: ResidenceContext): Promise<LoadedPerson | null> {
  demand(ctx.caller, "citizen:read");
  const { personsById, personsByPersonalId } = ctx.loaders;
  const person = id ? await personsById.load(id) : personalId ? await personsByPersonalId.load(personalId) : null;
  if (!searchedPerson(ctx.caller, personalId, person) || !person) return null;
  ctx.access.read(person.personalId, person.dossier);
  personsById.prime(person.id, person);
  return person;
}

/** Person of whom the caller may read more than the name. @throws NOT_FOUND for one whose name alone the caller may read */
async function wholePersonOf(citizen: Citizen, ctx: ResidenceContext): Promise<LoadedPerson | null> {
  const person = await personOf(citizen, ctx);
  if (person && !person.isWhole) throw notFound("entry of the population register");
  return person;
}

/** @throws NOT_FOUND if the caller may not see it */
async function residencyOf({ id }: Residency, ctx: ResidenceContext): Promise<LoadedResidency | null> {
  const residency = searchedResidency(ctx.caller, null, await ctx.loaders.residenciesById.load(id));
  if (residency) ctx.access.read(residency.personalId, residency.dossier);
  return residency;
}

@Resolver(() => Citizen)
class CitizenResidenceResolver {
  @FieldResolver(() => ID)
  async id(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<string> {
    const id = citizen.id ?? (await personOf(citizen, ctx))?.id;
    if (!id) throw notFound("citizen");
    return id;
  }

  @FieldResolver(() => PersonalIdScalar, { nullable: true })
  async personalId(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<string | null> {
    return citizen.personalId ?? (await personOf(citizen, ctx))?.personalId ?? null;
  }

  @FieldResolver(() => String, { nullable: true })
  async fullName(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<Citizen["fullName"]> {
    return (await personOf(citizen, ctx))?.fullName;
  }

  @FieldResolver(() => PartialDateScalar, { nullable: true })
  async dateOfBirth(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<Citizen["dateOfBirth"]> {
    return (await personOf(citizen, ctx))?.dateOfBirth;
  }

  @FieldResolver(() => SexEnum, { nullable: true })
  async sex(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<Citizen["sex"]> {
    return (await wholePersonOf(citizen, ctx))?.sex;
  }

  @FieldResolver(() => String, { nullable: true })
  async ethnicity(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<Citizen["ethnicity"]> {
    return (await wholePersonOf(citizen, ctx))?.ethnicity;
  }

  @FieldResolver(() => String, { nullable: true })
  async nationality(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<Citizen["nationality"]> {
    return (await wholePersonOf(citizen, ctx))?.nationality;
  }

  @FieldResolver(() => Residency, { nullable: true })
  async residency(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<Residency | null> {
    const person = await personOf(citizen, ctx);
    if (!person) return null;
    const found = await ctx.loaders.residenciesByPerson.load(person.id);
    const residency = searchedResidency(ctx.caller, person.personalId, found);
    if (!residency) return null;
    ctx.loaders.residenciesById.prime(residency.id, residency);
    return { id: residency.id };
  }

  @FieldResolver(() => Address, { nullable: true })
  async permanentAddress(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<Address | null> {
    const person = await personOf(citizen, ctx);
    if (!person) return null;
    const found = await ctx.loaders.residenciesByPerson.load(person.id);
    const residency = searchedResidency(ctx.caller, person.personalId, found);
    if (!residency) return null;
    ctx.access.read(person.personalId, residency.dossier);
    return { line: residency.household.addressLine, commune: communeOf(residency.household.communeCode) };
  }

  @Directive("@inaccessible")
  @RequiresScopes("citizen:exists")
  @Query(() => Boolean, {
    nullable: true,
    description: "True if the population register has a person with this number (kiểm tra công dân).",
  })
  citizenExists(
    @Arg("personalId", () => PersonalIdScalar, { description: "Personal number (số định danh cá nhân)." })
    personalId: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<boolean> {
    return personExists(ctx.db, personalId);
  }

  @Directive("@inaccessible")
  @RequiresScopes("citizen:exists")
  @Query(() => [PersonalIdScalar], {
    nullable: "itemsAndList",
    description:
      "Personal numbers of citizens, in the order of their ids; null for an id that the population register does not know (số định danh theo mã công dân).",
  })
  personalIds(
    @Arg("citizens", () => [ID], { description: "Ids of citizens (các mã công dân)." }) citizens: string[],
    @Ctx() ctx: ResidenceContext,
  ): Promise<(string | null)[]> {
    return personalIdsOf(ctx.db, citizens);
  }
}

@Resolver(() => Residency)
class ResidencyResolver {
  @FieldResolver(() => DateScalar, { nullable: true })
  async registeredOn(@Root() root: Residency, @Ctx() ctx: ResidenceContext): Promise<Residency["registeredOn"]> {
    return (await residencyOf(root, ctx))?.registeredOn;
  }

  @FieldResolver(() => RelationToHeadEnum, { nullable: true })
  async relationToHead(@Root() root: Residency, @Ctx() ctx: ResidenceContext): Promise<Residency["relationToHead"]> {
    return (await residencyOf(root, ctx))?.relationToHead;
  }

  @FieldResolver(() => Household, { nullable: true })
  async household(@Root() root: Residency, @Ctx() ctx: ResidenceContext): Promise<Household | null> {
    const household = (await residencyOf(root, ctx))?.household;
    return household ? householdOf(household) : null;
  }

  @FieldResolver(() => Citizen, { nullable: true })
  async citizen(@Root() root: Residency, @Ctx() ctx: ResidenceContext): Promise<Citizen | null> {
    const residency = await residencyOf(root, ctx);
    return residency && personOf({ id: residency.personId }, ctx);
  }
}

@Resolver(() => Household)
class HouseholdResolver {
  @FieldResolver(() => Citizen, { nullable: true })
  async head(@Root() { headPersonId }: Household, @Ctx() ctx: ResidenceContext): Promise<Citizen | null> {
    return personOf({ id: headPersonId }, ctx);
  }

  @FieldResolver(() => [HouseholdMember], { nullable: true })
  async members(@Root() { id }: Household, @Ctx() ctx: ResidenceContext): Promise<HouseholdMember[]> {
    const members = await ctx.loaders.membersByHousehold.load(id);
    for (const { personalId, dossier } of members) ctx.access.read(personalId, dossier);
    return members.map(({ relationToHead, id, personalId }) => ({ relationToHead, citizen: { id, personalId } }));
  }
}

/** Resolvers of the agency, and the entities that it defines or extends. */
export const resolvers: NonEmptyArray<ClassType> = [
  CitizenResidenceResolver,
  ResidencyResolver,
  HouseholdResolver,
  ResidenceActResolver,
  ResidencyActResolver,
  HouseholdActResolver,
  HouseholdSearchResolver,
  CitizenSearchResolver,
  TemporaryActResolver,
  CitizenTemporaryResolver,
];
export const entities: readonly Entity[] = [{ type: Citizen }, { type: Residency }];
