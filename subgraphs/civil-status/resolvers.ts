import { type ClassType, Ctx, FieldResolver, type NonEmptyArray, Resolver, Root } from "type-graphql";
import { PersonalIdScalar } from "../_shared/serving/scalars.ts";
import type { Entity } from "../_shared/serving/subgraph.ts";
import { CivilStatusActResolver } from "./acts/resolvers.ts";
import { BirthActResolver } from "./birth-acts/resolvers.ts";
import { RegisterBookResolver } from "./books/resolvers.ts";
import { referencedConfirmation } from "./confirmations/references.ts";
import { MaritalConfirmationResolver } from "./confirmations/resolvers.ts";
import { MaritalStatusConfirmation } from "./confirmations/types.ts";
import { referencedDeath } from "./deaths/references.ts";
import { CitizenDeathResolver, DeathRegistrationResolver } from "./deaths/resolvers.ts";
import { DeathRegistration } from "./deaths/types.ts";
import { CivilStatusExtractResolver } from "./extracts/resolvers.ts";
import { CitizenFamilyResolver } from "./family/resolvers.ts";
import type { CivilStatusContext } from "./loaders.ts";
import { CitizenMarriageResolver } from "./marriages/citizen-resolvers.ts";
import { referencedMarriage } from "./marriages/references.ts";
import { MarriageRegistrationResolver } from "./marriages/resolvers.ts";
import { MarriageRegistration } from "./marriages/types.ts";
import { referencedBirth, referencedCitizen, shown } from "./references.ts";
import { searchedBirth } from "./rights.ts";
import { BirthDeclarant, BirthParent, BirthRegistration, Citizen } from "./types.ts";

@Resolver(() => Citizen)
class CitizenBirthResolver {
  @FieldResolver(() => PersonalIdScalar, { nullable: true })
  async personalId(@Root() { id, personalId }: Citizen, @Ctx() ctx: CivilStatusContext): Promise<string | null> {
    if (personalId !== undefined || !id) return personalId ?? null;
    const found = await ctx.loaders.personalIdByCitizen.load(id);
    if (found) ctx.access.read(found.personalId, found.dossier);
    return found?.personalId ?? null;
  }

  @FieldResolver(() => BirthRegistration, { nullable: true })
  async birth(@Root() { id, personalId }: Citizen, @Ctx() ctx: CivilStatusContext): Promise<BirthRegistration | null> {
    const { birthByCitizen, birthByPersonalId } = ctx.loaders;
    const birth = id ? await birthByCitizen.load(id) : personalId ? await birthByPersonalId.load(personalId) : null;
    return shown(searchedBirth(ctx.caller, personalId, birth), ctx);
  }
}

/** Persons named in a registration. The registration itself is checked and recorded where it is loaded. */
@Resolver(() => BirthRegistration)
class BirthRegistrationResolver {
  @FieldResolver(() => BirthParent, { nullable: true })
  mother(@Root() { mother, dossier }: BirthRegistration, @Ctx() ctx: CivilStatusContext): BirthParent | null {
    if (mother?.personalId) ctx.access.read(mother.personalId, dossier);
    return mother;
  }

  @FieldResolver(() => BirthParent, { nullable: true })
  father(@Root() { father, dossier }: BirthRegistration, @Ctx() ctx: CivilStatusContext): BirthParent | null {
    if (father?.personalId) ctx.access.read(father.personalId, dossier);
    return father;
  }

  @FieldResolver(() => BirthDeclarant, { nullable: true })
  declarant(@Root() { declarant, dossier }: BirthRegistration, @Ctx() ctx: CivilStatusContext): BirthDeclarant | null {
    if (declarant?.personalId) ctx.access.read(declarant.personalId, dossier);
    return declarant;
  }
}

@Resolver(() => BirthParent)
class BirthParentResolver {
  @FieldResolver(() => Citizen, { nullable: true })
  citizen(@Root() { personalId }: BirthParent): Citizen | null {
    return personalId ? { personalId } : null;
  }
}

/** Resolvers of the agency, and the entities that it defines or extends. */
export const resolvers: NonEmptyArray<ClassType> = [
  BirthActResolver,
  BirthRegistrationResolver,
  BirthParentResolver,
  CitizenBirthResolver,
  CitizenDeathResolver,
  CitizenFamilyResolver,
  CitizenMarriageResolver,
  CivilStatusActResolver,
  CivilStatusExtractResolver,
  DeathRegistrationResolver,
  MaritalConfirmationResolver,
  MarriageRegistrationResolver,
  RegisterBookResolver,
];
export const entities: readonly Entity[] = [
  { type: BirthRegistration, resolveReference: referencedBirth },
  { type: DeathRegistration, resolveReference: referencedDeath },
  { type: MaritalStatusConfirmation, resolveReference: referencedConfirmation },
  { type: MarriageRegistration, resolveReference: referencedMarriage },
  { type: Citizen, resolveReference: referencedCitizen },
];
