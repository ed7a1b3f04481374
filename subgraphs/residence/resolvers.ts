import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { demand } from "../_shared/identity/caller.ts";
import { communeOf } from "../_shared/registers/commune-type.ts";
import { RequiresScopes } from "../_shared/rights/directive.ts";
import { notFound } from "../_shared/serving/errors.ts";
import { DateScalar, PartialDateScalar, PersonalIdScalar } from "../_shared/serving/scalars.ts";
import type { PersonSeen, ResidenceContext, ResidencySeen } from "./loaders.ts";
import { personExists } from "./persons.ts";
import { Citizen, Household, HouseholdMember, RelationToHeadEnum, Residency, SexEnum } from "./types.ts";

/** The person behind either key, if the caller may see one; the look is recorded. Keys of a person are looked up by it too. */
async function personOf({ id, personalId }: Citizen, ctx: ResidenceContext): Promise<PersonSeen | null> {
  demand(ctx.caller, "citizen:read");
  const { personsById, personsByPersonalId } = ctx.loaders;
  const person = id ? await personsById.load(id) : personalId ? await personsByPersonalId.load(personalId) : null;
  if (!person) return null;
  ctx.access.read(person.personalId, person.dossier);
  personsById.prime(person.id, person);
  return person;
}

async function residencyOf({ id }: Residency, ctx: ResidenceContext): Promise<ResidencySeen | null> {
  const residency = await ctx.loaders.residenciesById.load(id);
  if (residency) ctx.access.read(residency.personalId, residency.dossier);
  return residency;
}

@Resolver(() => Citizen)
export class CitizenResidenceResolver {
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
    return (await personOf(citizen, ctx))?.sex;
  }

  @FieldResolver(() => String, { nullable: true })
  async ethnicity(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<Citizen["ethnicity"]> {
    return (await personOf(citizen, ctx))?.ethnicity;
  }

  @FieldResolver(() => String, { nullable: true })
  async nationality(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<Citizen["nationality"]> {
    return (await personOf(citizen, ctx))?.nationality;
  }

  @FieldResolver(() => Residency, { nullable: true })
  async residency(@Root() citizen: Citizen, @Ctx() ctx: ResidenceContext): Promise<Residency | null> {
    const person = await personOf(citizen, ctx);
    const residency = person && (await ctx.loaders.residenciesByPerson.load(person.id));
    if (!residency) return null;
    ctx.loaders.residenciesById.prime(residency.id, residency);
    return { id: residency.id };
  }

  @Directive("@inaccessible")
  @RequiresScopes("citizen:exists")
  @Query(() => Boolean, {
    nullable: true,
    description: "Is there such a person in the population register? (kiểm tra công dân)",
  })
  citizenExists(
    @Arg("personalId", () => PersonalIdScalar, { description: "Personal number (số định danh cá nhân)." })
    personalId: string,
    @Ctx() ctx: ResidenceContext,
  ): Promise<boolean> {
    return personExists(ctx.db, personalId);
  }
}

@Resolver(() => Residency)
export class ResidencyResolver {
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
    if (!household) return null;
    const { id, code, headPersonId, addressLine, communeCode } = household;
    return { id, code, headPersonId, address: { line: addressLine, commune: communeOf(communeCode) } };
  }
}

@Resolver(() => Household)
export class HouseholdResolver {
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
