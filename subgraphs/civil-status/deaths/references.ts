import { and, desc, eq, lte } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { searchedDeath } from "../rights.ts";
import { deathFactsOf } from "./loaders.ts";
import { deathVersions } from "./tables.ts";
import type { DeathFacts, DeathRegistration } from "./types.ts";

/**
 * Death referenced by another agency, such as a dossier's result.
 *
 * @throws NOT_FOUND if the caller may not see it
 */
export async function referencedDeath(
  { id }: Pick<DeathRegistration, "id">,
  ctx: CivilStatusContext,
): Promise<DeathRegistration | null> {
  return shownDeath(searchedDeath(ctx.caller, null, await ctx.loaders.deathById.load(id)), ctx);
}

/** Records in the access log that the data of the deceased were read. */
export function shownDeath(death: DeathRegistration | null, ctx: CivilStatusContext): DeathRegistration | null {
  if (death) ctx.access.read(death.personalId ?? death.id, death.dossier);
  return death;
}

/** Facts of a death that held at the end of a day, as the register knows it now; null before its registration. */
export async function deathOnDay({ db }: CivilStatusContext, id: string, on: LegalDay): Promise<DeathFacts | null> {
  const [version] = await db
    .select()
    .from(deathVersions)
    .where(and(eq(deathVersions.deathId, id), lte(deathVersions.validFrom, on)))
    .orderBy(desc(deathVersions.version))
    .limit(1);
  return version ? deathFactsOf(version) : null;
}
