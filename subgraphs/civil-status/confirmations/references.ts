import type { CivilStatusContext } from "../loaders.ts";
import { searchedConfirmation } from "../rights.ts";
import type { MaritalStatusConfirmation } from "./types.ts";

/**
 * Confirmation referenced by another agency, such as a dossier's result.
 *
 * @throws NOT_FOUND if the caller may not see it
 */
export async function referencedConfirmation(
  { id }: Pick<MaritalStatusConfirmation, "id">,
  ctx: CivilStatusContext,
): Promise<MaritalStatusConfirmation | null> {
  const found = searchedConfirmation(ctx.caller, null, await ctx.loaders.confirmationById.load(id));
  if (found) ctx.access.read(found.person.personalId ?? found.id, found.dossier);
  return found;
}
