import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { EducationContext } from "./loaders.ts";
import { Citizen, Enrolment } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenEducationResolver {
  @FieldResolver(() => [Enrolment], { nullable: true })
  async enrolments(@Root() { personalId }: Citizen, @Ctx() ctx: EducationContext): Promise<Enrolment[] | null> {
    if (!personalId) return null;
    ctx.access.read(personalId);
    return ctx.loaders.enrolmentsByPerson.load(personalId);
  }
}

/** An enrolment that a dossier refers to; null if the caller may not see it. */
export async function resolveEnrolment({ id }: { id: string }, ctx: EducationContext): Promise<Enrolment | null> {
  const enrolment = await ctx.loaders.enrolmentById.load(id);
  if (enrolment) ctx.access.read(enrolment.personalId, enrolment.dossier);
  return enrolment;
}
