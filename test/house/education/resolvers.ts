import { type ClassType, Ctx, FieldResolver, type NonEmptyArray, Resolver, Root } from "type-graphql";
import type { Entity } from "../../../subgraphs/_shared/serving/subgraph.ts";
import type { EducationContext } from "./loaders.ts";
import { Citizen, Enrolment } from "./types.ts";

@Resolver(() => Citizen)
class CitizenEducationResolver {
  @FieldResolver(() => [Enrolment], { nullable: true })
  async enrolments(@Root() { personalId }: Citizen, @Ctx() ctx: EducationContext): Promise<Enrolment[] | null> {
    if (!personalId) return null;
    ctx.access.read(personalId);
    return ctx.loaders.enrolmentsByPerson.load(personalId);
  }
}

/** An enrolment that a dossier refers to; null if the caller may not see it. */
async function resolveEnrolment({ id }: { id: string }, ctx: EducationContext): Promise<Enrolment | null> {
  const enrolment = await ctx.loaders.enrolmentById.load(id);
  if (enrolment) ctx.access.read(enrolment.personalId, enrolment.dossier);
  return enrolment;
}

/** Resolvers of the agency, and the entities that it defines or extends. */
export const resolvers: NonEmptyArray<ClassType> = [CitizenEducationResolver];
export const entities: readonly Entity[] = [{ type: Citizen }, { type: Enrolment, resolveReference: resolveEnrolment }];
