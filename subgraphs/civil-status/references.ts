import type { CivilStatusContext } from "./loaders.ts";
import { searchedBirth } from "./rights.ts";
import type { BirthRegistration, Citizen } from "./types.ts";

/**
 * Birth referenced by another agency, such as a dossier's result.
 *
 * @throws NOT_FOUND if the caller may not see it
 */
export async function referencedBirth(
  { id }: Pick<BirthRegistration, "id">,
  ctx: CivilStatusContext,
): Promise<BirthRegistration | null> {
  return shown(searchedBirth(ctx.caller, null, await ctx.loaders.birthById.load(id)), ctx);
}

/** Citizen referenced by id or personal number, known here or not; each field loads the data that it needs. */
export function referencedCitizen({ id, personalId }: Citizen): Citizen {
  return { id, personalId };
}

/** Records in the access log that the child's data were read. */
export function shown(birth: BirthRegistration | null, ctx: CivilStatusContext): BirthRegistration | null {
  const child = birth?.child.personalId ?? birth?.child.id;
  if (child) ctx.access.read(child, birth?.dossier);
  return birth;
}
