import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { PersonalIdScalar } from "../_shared/serving/scalars.ts";
import type { CivilStatusContext } from "./loaders.ts";
import { shown } from "./references.ts";
import { BirthDeclarant, BirthParent, BirthRegistration, Citizen } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenBirthResolver {
  @FieldResolver(() => PersonalIdScalar, { nullable: true })
  async personalId(@Root() { id, personalId }: Citizen, @Ctx() ctx: CivilStatusContext): Promise<string | null> {
    if (personalId !== undefined || !id) return personalId ?? null;
    const found = await ctx.loaders.personalIdByCitizen.load(id);
    if (found) ctx.access.read(found.personalId, found.dossier);
    return found?.personalId ?? null;
  }

  @FieldResolver(() => BirthRegistration, { nullable: true })
  async birth(@Root() { id, personalId }: Citizen, @Ctx() ctx: CivilStatusContext): Promise<BirthRegistration | null> {
    if (id) return shown(await ctx.loaders.birthByCitizen.load(id), ctx);
    return personalId ? shown(await ctx.loaders.birthByPersonalId.load(personalId), ctx) : null;
  }
}

/** The registration itself is checked and recorded where it is found; here it shows further persons. */
@Resolver(() => BirthRegistration)
export class BirthRegistrationResolver {
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
export class BirthParentResolver {
  @FieldResolver(() => Citizen, { nullable: true })
  citizen(@Root() { personalId }: BirthParent): Citizen | null {
    return personalId ? { personalId } : null;
  }
}
