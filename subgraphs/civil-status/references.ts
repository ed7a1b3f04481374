import type { CivilStatusContext } from "./loaders.ts";
import type { BirthRegistration, Citizen } from "./types.ts";

/** A birth named by another agency, such as a dossier's result; null if the caller may not see it. */
export async function referencedBirth(
  { id }: Pick<BirthRegistration, "id">,
  ctx: CivilStatusContext,
): Promise<BirthRegistration | null> {
  return shown(await ctx.loaders.birthById.load(id), ctx);
}

/** A citizen named by id or by personal number: passed through, known here or not, and each field looks up what it needs. */
export function referencedCitizen({ id, personalId }: Citizen): Citizen {
  return { id, personalId };
}

/** Leaves a record that the child's data were read. */
export function shown(birth: BirthRegistration | null, ctx: CivilStatusContext): BirthRegistration | null {
  const child = birth?.child.personalId ?? birth?.child.id;
  if (child) ctx.access.read(child, birth?.dossier);
  return birth;
}
